"""What the worker's process does around requests: its end, its stacks, its threads, what is left in wsgi.errors."""

import os
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from fake_front_end import *  # noqa: E402, F403
from served import HERE, PYTHON, Served, Written  # noqa: E402

STACKS = 63

HOOKS = """
import mod_wsgi

@mod_wsgi.subscribe_events
def on_event(name, **event):
    print("event", name, sorted(event.items()), flush=True)
    return {"noted": True}

@mod_wsgi.subscribe_shutdown
def failing(name, **event):
    raise SystemExit("from the hook")

@mod_wsgi.subscribe_shutdown
def on_shutdown(name, **event):
    print("shutdown", name, sorted(event.items()), flush=True)

import atexit
atexit.register(print, "exit handler")

def application(environ, start_response):
    start_response("200 OK", [])
    return [b"ok"]
"""


class Errors(Served):
    def test_text_without_a_newline_is_sent_at_the_end_of_the_request(self):
        for path, text in (("errors_partial", "no newline"), ("errors_partial_in_close", "from close")):
            self.get(path)
            self.assertEqual(self.server.records(), [(3, "id-{}".format(self.slot.number), text)])
            self.assert_served()
        self.assertEqual(self.server.records(), [])

    def test_it_stays_with_its_own_request(self):
        self.get("errors_partial")
        self.get("errors_partial")
        numbers = (self.slot.number - 1, self.slot.number)
        self.assertEqual(self.server.records(), [(3, "id-{}".format(n), "no newline") for n in numbers])


class Hooks(Written):
    def test_the_reason_reaches_the_hooks(self):
        server = self.write(HOOKS).start()
        self.assertEqual(server.stop("maximum_requests"), 0)
        self.assertEqual(
            server.text().splitlines(),
            [
                "event process_stopping [('shutdown_reason', 'maximum_requests')]",
                "shutdown process_stopping [('noted', True), ('shutdown_reason', 'maximum_requests')]",
                "exit handler",
            ],
        )
        self.assertIn("Exception in a callback for process_stopping", server.record()[2])

    def test_a_signal_is_a_reason_too(self):
        server = self.write(HOOKS).start()
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(10), 0)
        self.assertIn("('shutdown_reason', 'shutdown_signal')", server.text())

    def test_a_hook_that_hangs_is_cut_short(self):
        server = self.write(
            "import mod_wsgi, time\n"
            "@mod_wsgi.subscribe_shutdown\n"
            "def hang(name, **event): time.sleep(1000)\n"
            "def application(e, s): pass\n",
            shutdown_timeout=0.5,
        ).start()
        self.assertEqual(server.stop(), 1)
        self.assertIn("in hang", server.text())


class Stacks(Written):
    HOLDER = (
        "import ctypes\n"
        "def hold(): ctypes.PyDLL(None).sleep(60)\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [])\n"
        "    environ['wsgi.errors'].write('holding\\n')\n"
        "    hold()\n"
        "    return []\n"
    )

    def test_stacks_come_without_the_gil(self):
        server = self.write(self.HOLDER, slots=2).start()
        # The control thread starts after READY: without this the request may take the GIL before it is there.
        server.settle()
        server.slots[0].request()
        self.assertEqual(server.record()[2], "holding")
        self.wait_until_stuck(server)
        server.process.send_signal(STACKS)
        text = self.printed(server, "in main")
        for part in ("in hold", "in application"):
            self.assertIn(part, text)
        self.assertGreaterEqual(text.count("hread 0x"), 4)

    def test_the_worker_goes_on_after_it(self):
        server = self.write(HOOKS).start()
        server.settle()
        server.process.send_signal(STACKS)
        self.printed(server, "in main")
        self.assertEqual(server.slots[0].get().body, b"ok")
        self.assertEqual(server.stop(), 0, server.text())

    def wait_until_stuck(self, server):
        """Until a PING is not answered any more."""
        server.control.settimeout(0.3)
        with self.assertRaises(OSError):
            while True:
                server.send(PING)
                server.message()

    def printed(self, server, what):
        deadline = time.time() + 10
        while what not in server.text() and time.time() < deadline:
            time.sleep(0.01)
        return server.text()


class Threads(Written):
    TEXT = (
        "import ctypes, threading\n"
        "libc = ctypes.CDLL(None)\n"
        "libc.pthread_self.restype = ctypes.c_ulong\n"
        "libc.pthread_getattr_np.argtypes = [ctypes.c_ulong, ctypes.c_void_p]\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [])\n"
        "    attributes, size = ctypes.create_string_buffer(256), ctypes.c_size_t()\n"
        "    libc.pthread_getattr_np(libc.pthread_self(), attributes)\n"
        "    libc.pthread_attr_getstacksize(attributes, ctypes.byref(size))\n"
        "    return [repr((size.value, threading.stack_size())).encode()]\n"
    )

    def test_request_threads_have_the_stack_that_is_asked_for(self):
        server = self.write(self.TEXT, stack_size=3 << 20).start()
        size, usual = eval(server.slots[0].get().body)
        # Rounded to pages.
        self.assertTrue(3 << 20 <= size < (3 << 20) + (1 << 16), size)
        self.assertEqual(usual, 0)


if __name__ == "__main__":
    unittest.main()
