"""Slots, and how the worker ends, against fake_front_end.py."""

import os
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from fake_front_end import *  # noqa: E402, F403
from served import HERE, PYTHON  # noqa: E402


class Slots(unittest.TestCase):
    def serve(self, **kwargs):
        server = FakeServer(PYTHON, "behaviours", kind="module", directory=HERE, **kwargs)
        self.addCleanup(server.__exit__)
        return server.start()

    def test_a_cancelled_request_is_dropped(self):
        server = self.serve()
        slot = server.slots[0]
        slot.request(path="/tuple", claim=False)
        self.assertTrue(slot.answer().dropped)
        self.assertEqual(slot.get(path="/tuple").body, b"onetwo")
        self.assertEqual(slot.word(0), slot.number << 2 | 2)

    def test_hello(self):
        server = self.serve(slots=3)
        self.assertEqual(
            sorted((s.slot, s.slots, s.worker, s.generation, s.high, s.low, s.version) for s in server.slots),
            [(index, 3, 7, 3, 1 << 63, 2, 1) for index in range(3)],
        )

    def test_a_lost_front_end_is_found_again(self):
        server = self.serve()
        server.slots[0].get(path="/tuple")
        server.slots[0].connection.close()
        self.assertEqual(server.accept().get(path="/tuple").body, b"onetwo")
        server.slots[1].request(path="/sleep", QUERY_STRING="0.2")
        server.slots[1].connection.close()
        self.assertEqual(server.accept().get(path="/tuple").body, b"onetwo")

    def test_garbage_closes_the_slot_and_no_more(self):
        for garbage in (b"\xff" * 64, HEADER.pack(5, BODY, 0, 0) + b"12345", HEADER.pack(3, REQUEST, 0, 0) + b"123",
                        HEADER.pack(0, HELLO, 0, 0), HEADER.pack(1 << 28, REQUEST, 0, 0)):
            with self.subTest(garbage[:8]):
                server = self.serve()
                server.slots[0].connection.sendall(garbage)
                slot = server.accept()
                self.assertEqual(slot.get(path="/tuple").body, b"onetwo")
                self.assertIn("malformed", server.record()[2])

    def test_goodbye_ends_the_slot_for_good(self):
        server = self.serve(slots=2)
        server.slots[0].send(GOODBYE)
        self.assertEqual(server.slots[0].connection.recv(10), b"")
        server.listener.settimeout(0.3)
        with self.assertRaises(OSError):
            server.accept()
        self.assertEqual(server.slots[1].get(path="/tuple").body, b"onetwo")

    def test_stop_finishes_what_runs(self):
        server = self.serve(slots=2)
        server.slots[0].request(path="/sleep", QUERY_STRING="0.5")
        time.sleep(0.2)
        server.send_stop()
        self.assertEqual(server.slots[0].answer().body, b"slept")
        self.assertEqual(server.process.wait(5), 0)

    def test_stop_is_cut_short_in_the_end(self):
        server = self.serve(shutdown_timeout=0.5)
        server.slots[0].request(path="/sleep", QUERY_STRING="30")
        time.sleep(0.2)
        begin = time.time()
        self.assertEqual(server.stop(), 1)
        self.assertLess(time.time() - begin, 3)
        self.assertIn("do_sleep", server.text())

    def test_sigterm_stops(self):
        server = self.serve(slots=2)
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(5), 0)

    def test_ping_is_answered(self):
        server = self.serve()
        server.send(PING)
        self.assertEqual(server.message(), (PONG, b""))

    def test_the_worker_ends_with_its_supervisor(self):
        server = self.serve()
        server.control.shutdown(2)
        self.assertEqual(server.process.wait(5), 1)


if __name__ == "__main__":
    unittest.main()
