"""--preload: workers that are forked from a template which has imported the application."""

import os
import signal
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from fake_front_end import *  # noqa: E402, F403
from fake_template import FakeTemplate  # noqa: E402
from served import HERE, PYTHON  # noqa: E402

TEXT = """
import atexit, gc, os, random, signal, sys, threading, time
import mod_wsgi

imported = os.getpid()
forks = []
os.register_at_fork(after_in_child=lambda: forks.append(os.getpid()))
environment = sorted(name for name in os.environ if name.startswith(("DOTNET_", "NOTIFY_", "LISTEN_")))
data = [[n] for n in range(20000)]
sys.stdout.write("imported once, no newline")
atexit.register(lambda: print("exit handler"))

@mod_wsgi.subscribe_shutdown
def stopping(name, **event):
    print("hook", event["shutdown_reason"])

signal.signal(signal.SIGUSR2, lambda *_: print("SIGUSR2 handled", flush=True))

def application(environ, start_response):
    start_response("200 OK", [])
    path = environ["PATH_INFO"]
    if path == "/facts":
        main = threading.main_thread()
        return [repr({
            "imported": imported, "pid": os.getpid(), "parent": os.getppid(), "group": os.getpgid(0), "forks": forks,
            "random": random.random(), "environment": environment, "frozen": gc.get_freeze_count() > 10000,
            "collects": gc.isenabled(), "native": main.native_id == os.getpid(),
            "leaked": sorted(set(os.environ) & {"DOTNET_gcServer", "DOTNET_EnableDiagnostics"}),
            "sockets": sorted(int(n) for n in os.listdir("/proc/self/fd") if is_socket(n)),
        }).encode()]
    if path == "/errors":
        environ["wsgi.errors"].write("partial")
    if path == "/spin":
        environ["wsgi.errors"].write("begun\\n")
        while True:
            pass
    if path == "/fork":
        child = os.fork()
        if child == 0:
            os._exit(5)
        return [str(os.waitpid(child, 0)[1] >> 8).encode()]
    return [b"ok"]

def is_socket(number):
    try:
        return os.readlink("/proc/self/fd/" + number).startswith("socket:")
    except OSError:
        return False
"""


class Preload(unittest.TestCase):
    def template(self, text, **kwargs):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        path = os.path.join(directory.name, "app.wsgi")
        with open(path, "w") as file:
            file.write(text)
        template = FakeTemplate(PYTHON, path, directory=directory.name, **kwargs)
        self.addCleanup(template.__exit__)
        return template

    def facts(self, server):
        return eval(server.slots[0].get(path="/facts").body)

    def test_workers_are_processes_as_any_other(self):
        template = self.template(TEXT).start()
        workers = [template.fork(number) for number in (7, 8)]
        facts = [self.facts(worker) for worker in workers]
        for worker, fact in zip(workers, facts):
            self.assertEqual(fact["imported"], template.process.pid)
            self.assertEqual((fact["pid"], fact["group"]), (worker.process.pid, worker.process.pid))
            self.assertEqual(fact["parent"], os.getpid())
            # Once, and in the worker itself.
            self.assertEqual((fact["forks"], fact["native"]), ([fact["pid"]], True))
            self.assertEqual((fact["environment"], fact["leaked"]), ([], []))
            self.assertTrue(fact["frozen"] and fact["collects"])
            # Control, log, the slot.
            self.assertEqual(len(fact["sockets"]), 3, fact["sockets"])
        self.assertNotEqual(facts[0]["random"], facts[1]["random"])
        self.assertEqual(workers[1].slots[0].worker, 8)

    def test_hooks_signals_and_the_end(self):
        template = self.template(TEXT).start()
        server = template.fork()
        server.process.send_signal(signal.SIGUSR2)
        deadline = time.time() + 5
        while "SIGUSR2" not in server.text() and time.time() < deadline:
            time.sleep(0.01)
        self.assertEqual(server.stop("maximum_requests"), 0)
        self.assertEqual(server.text(), "SIGUSR2 handled\nhook maximum_requests\nexit handler\n")
        self.assertEqual(template.text(), "imported once, no newline")
        server = template.fork()
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(10), 0)

    def test_requests_are_as_without(self):
        server = self.template(TEXT).start().fork()
        slot = server.slots[0]
        slot.get(path="/errors")
        self.assertEqual(server.record(), (3, "id-{}".format(slot.number), "partial"))
        self.assertEqual(slot.get(path="/fork").body, b"5")
        slot.request(path="/spin")
        self.assertEqual(server.record()[2], "begun")
        server.interrupt(slot)
        self.assertTrue(slot.answer().timed_out)
        self.assertEqual(slot.get().body, b"ok")

    def test_workers_outlive_the_template_and_it_them(self):
        template = self.template(TEXT).start()
        first = template.fork()
        first.process.kill()
        self.assertEqual(first.process.wait(), -signal.SIGKILL)
        second = template.fork()
        template.process.kill()
        template.process.wait()
        self.assertEqual(second.slots[0].get().body, b"ok")
        self.assertEqual(second.stop(), 0)

    def test_the_template_ends_when_its_socket_does(self):
        template = self.template(TEXT).start()
        worker = template.fork()
        template.forks.close()
        self.assertEqual(template.process.wait(10), 0)
        self.assertEqual(worker.slots[0].get().body, b"ok")

    def test_the_import_is_done_once_however_many_workers_there_are(self):
        template = self.template("open(__file__ + '.imported', 'a').write('once\\n')\n" + TEXT).start()
        for number in range(5):
            server = template.fork(number)
            self.assertEqual(server.slots[0].get().body, b"ok")
            server.process.kill()
            server.process.wait()
        with open(template.arguments[0][1] + ".imported") as file:
            self.assertEqual(file.read(), "once\n")

    def test_a_failing_import_says_why(self):
        template = self.template("1/0\n")
        kind, payload = template.message()
        self.assertEqual(kind, FAILED)
        self.assertIn(b"ZeroDivisionError", payload)
        self.assertEqual(template.process.wait(10), 1)

    def test_threads_of_the_import_are_warned_of(self):
        template = self.template(
            "import threading, time\n"
            "threading.Thread(target=time.sleep, args=(1000,), name='cache-filler', daemon=True).start()\n" + TEXT
        ).start()
        level, _, text = template.record()
        self.assertEqual(level, 2)
        self.assertIn("cache-filler", text)
        self.assertEqual(template.fork().slots[0].get().body, b"ok")

    def test_threads_that_a_fork_hook_starts_run_in_the_worker(self):
        template = self.template(
            "import os, queue, threading\n"
            "asked, answered = queue.Queue(), queue.Queue()\n"
            "def run():\n"
            "    while True:\n"
            "        answered.put(asked.get() + b' and answered')\n"
            "os.register_at_fork(after_in_child=lambda: threading.Thread(target=run, daemon=True).start())\n"
            "def application(environ, start_response):\n"
            "    start_response('200 OK', [])\n"
            "    asked.put(b'asked')\n"
            "    return [answered.get(timeout=20)]\n"
        ).start()
        for number in range(3):
            self.assertEqual(template.fork(number).slots[0].get().body, b"asked and answered")

    def test_replaced_threads_are_refused_in_the_worker(self):
        template = self.template(TEXT + "import threading\nthreading._allocate_lock = None\n").start()
        with self.assertRaisesRegex(AssertionError, "real ones"):
            template.fork()


if __name__ == "__main__":
    unittest.main()
