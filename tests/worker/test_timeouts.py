"""INTERRUPT and RequestTimeout: in the request that is meant, and nowhere else."""

import os
import random
import select
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from fake_front_end import *  # noqa: E402, F403
from served import HERE, PYTHON, Served  # noqa: E402


class Interrupts(Served):
    def setUp(self):
        super().setUp()
        self.get("events")

    def begin(self, path, query="", **kwargs):
        """Sends a request and waits until its application is where it will stay."""
        number = self.slot.request(path="/" + path, QUERY_STRING=query, **kwargs)
        self.assertEqual(self.log()[2], "begun")
        if path == "blocks_in_c":
            # It has returned, and is being sent.
            self.assertTrue(select.select([self.slot.connection], [], [], 10)[0])
        return number

    def events(self):
        names = self.get("events").body.decode()
        return names.split(",") if names else []

    def interrupt(self, *args, **kwargs):
        self.server.interrupt(self.slot, *args, **kwargs)
        self.server.settle()

    def assert_overdue(self, *parts):
        level, identity, text = self.log()
        self.assertEqual((level, identity), (3, "id-{}".format(self.slot.number)))
        for part in ("GET /it has run for longer than --request-timeout",) + parts:
            self.assertIn(part, text)
        for part in ("threading.py", "in log_overdue", "in _stack"):
            self.assertNotIn(part, text)

    def assert_ended(self, doing="calling the application"):
        level, identity, text = self.log()
        self.assertEqual((level, identity), (1, "id-{}".format(self.slot.number)))
        self.assertIn("RequestTimeout ended the request while " + doing, text)

    def test_a_loop_is_ended(self):
        number = self.begin("spin")
        self.interrupt()
        response = self.slot.answer()
        self.assertEqual((response.status, response.aborted, response.timed_out), (None, True, True))
        self.assert_overdue("in do_spin\n", "_spin(environ)\n", "in _spin\n")
        self.assert_ended()
        self.assertEqual(self.events(), ["spin:id-%d" % number, "unwound:id-%d" % number])
        self.assertEqual(self.server.records(), [])

    def test_an_application_may_catch_it_and_answer(self):
        number = self.begin("spin_caught")
        self.interrupt()
        self.assertEqual(self.slot.answer().body, b"caught")
        self.assert_overdue()
        self.assertEqual(self.events(), ["caught:id-%d" % number])
        self.assertEqual(self.server.records(), [])

    def test_except_exception_does_not_catch_it(self):
        self.begin("spin_exception")
        self.interrupt()
        self.assertTrue(self.slot.answer().timed_out)
        self.assertEqual(self.events(), [])

    def test_a_generator_is_ended_after_its_first_block(self):
        number = self.begin("spin_midway")
        self.assertEqual(self.slot.frame()[0], RESPONSE)
        self.interrupt()
        response = self.slot.answer()
        self.assertTrue(response.timed_out)
        self.assert_overdue("in blocks")
        self.assert_ended("iterating over its response")
        self.assertEqual(self.events(), ["generator:id-%d" % number])

    def test_never_once_close_has_begun(self):
        number = self.begin("spin_close", "0.6")
        self.interrupt()
        self.assertEqual(self.slot.answer().body, b"out")
        self.assert_overdue("in close")
        self.assertIn("not interrupted", self.log()[2])
        self.assertEqual(self.events(), ["close:id-%d" % number, "closed:id-%d" % number])

    def test_close_runs_whole_after_an_interrupt(self):
        number = self.begin("spin_length")
        self.interrupt()
        self.assertTrue(self.slot.answer().timed_out)
        self.assertEqual(self.events(), ["close:id-%d" % number, "closed:id-%d" % number])

    def test_a_wait_in_c_is_ended_when_it_returns(self):
        self.begin("begun_sleep", "0.5")
        self.interrupt()
        self.assertTrue(self.slot.answer().timed_out)

    def test_a_wait_for_the_client_is_ended_when_it_returns(self):
        number = self.begin("wait_for_body", on_demand=100, method="POST")
        self.assertEqual([self.slot.frame()[0], self.slot.frame()[0]], [RESPONSE, READ])
        self.interrupt()
        self.assert_overdue("in do_wait_for_body", "input")
        self.slot.send(BODY, b"b" * 100, END)
        self.assertTrue(self.slot.answer().timed_out)
        self.assertEqual(self.events(), ["read:id-%d" % number])

    def test_what_was_not_raised_by_the_end_is_taken_back(self):
        for _ in range(3):
            self.begin("blocks_in_c")
            self.interrupt()
            self.assert_overdue("a block of its response is sent")
            response = self.slot.answer()
            self.assertEqual((response.aborted, len(response.body)), (False, 5000003))
            self.assertEqual(self.get("lines", "readlines", method="POST", body=b"a\nb").status, 200)
            self.assert_served()
        self.assertEqual(self.server.records(), [])

    def test_an_idle_thread_is_left_alone(self):
        self.get("tuple")
        for _ in range(3):
            self.interrupt()
            self.assertIn("had ended", self.log()[2])
            self.assert_served()
        self.assertEqual(self.server.records(), [])

    def test_another_request_is_left_alone(self):
        number = self.begin("begun_sleep", "1")
        for arguments in (
            {"number": number - 1},
            {"number": number + 1},
            {"number": number | 1 << 61},
            {"number": number, "identity": "id-of-another-front-end"},
            {"index": 1},
            {"index": 65535},
        ):
            self.interrupt(**arguments)
            self.assertIn("had ended", self.log()[2])
        self.assertEqual(self.slot.answer().body, b"slept")
        self.assert_served()

    def test_a_second_interrupt_raises_nothing(self):
        number = self.begin("spin_caught")
        self.interrupt()
        self.interrupt()
        self.assertEqual(self.slot.answer().body, b"caught")
        self.assertEqual(self.events(), ["caught:id-%d" % number])

    def test_an_application_may_raise_it_too(self):
        response = self.get("raise_timeout")
        self.assertTrue(response.timed_out)
        self.assert_ended()
        self.assertEqual(self.server.records(), [])

    def test_references_balance(self):
        def interrupted():
            for path, records in (("spin", 2), ("spin_caught", 1), ("blocks_in_c", 1)):
                self.begin(path)
                self.interrupt()
                self.slot.answer()
                for _ in range(records):
                    self.log()
            self.get("raise_timeout")
            self.log()
            self.interrupt()
            self.log()

        interrupted()
        before = self.get("references").body
        for _ in range(10):
            interrupted()
        self.assertEqual(self.get("references").body, before)


class Races(unittest.TestCase):
    """Interrupts at any moment of short requests, right ones and late ones."""

    SLOTS = 3
    SECONDS = 3

    def test_it_lands_in_its_own_request_or_nowhere(self):
        server = FakeServer(PYTHON, "behaviours", kind="module", directory=HERE, slots=self.SLOTS, log_level="critical")
        self.addCleanup(server.__exit__)
        server.start()
        ended = threading.Event()
        meant = [set() for _ in server.slots]
        failures = []
        counts = {"served": 0, "ended": 0, "caught": 0, "interrupts": 0}

        def drain():
            while not ended.is_set():
                if select.select([server.log], [], [], 0.1)[0]:
                    server.log.recv(1 << 17)

        def interrupt():
            source = random.Random(1)
            while not ended.is_set():
                index = source.randrange(self.SLOTS)
                slot = server.slots[index]
                number = slot.number
                meant[index].add(number)
                server.interrupt(slot, number)
                counts["interrupts"] += 1
                time.sleep(source.random() * 0.003)
                if counts["interrupts"] % 50 == 0:
                    server.settle()

        def ask(index):
            source = random.Random(index)
            slot = server.slots[index]
            try:
                while not ended.is_set():
                    number = slot.number + 1
                    response = slot.get(path="/race", QUERY_STRING=str(source.randrange(3000)))
                    lines = response.body.decode().split()
                    touched = response.timed_out or any(line != "-" for line in lines)
                    counts["ended" if response.timed_out else "caught" if touched else "served"] += 1
                    if touched and number not in meant[index]:
                        failures.append("request {} of slot {} was hit: {}".format(number, index, lines))
                    if response.aborted and not response.timed_out:
                        failures.append("request {} of slot {} failed".format(number, index))
            except BaseException as error:
                failures.append(repr(error))

        threads = [threading.Thread(target=target) for target in (drain, interrupt)]
        threads += [threading.Thread(target=ask, args=(index,)) for index in range(self.SLOTS)]
        for thread in threads:
            thread.start()
        time.sleep(self.SECONDS)
        ended.set()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        self.assertEqual(server.slots[0].get(path="/events").body, b"")
        self.assertEqual(server.stop(), 0)
        self.assertNotIn("RequestTimeout", server.text())
        print("{interrupts} interrupts: {served} untouched, {caught} caught it, {ended} ended".format(**counts))
        self.assertGreater(counts["caught"] + counts["ended"], 50)
        self.assertGreater(counts["served"], 50)


if __name__ == "__main__":
    unittest.main()
