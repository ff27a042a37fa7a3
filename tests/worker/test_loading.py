"""How applications are found and loaded."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from fake_front_end import *  # noqa: E402, F403
from served import PYTHON, Written  # noqa: E402


class Loading(Written):
    def reason(self, *args, **kwargs):
        server = self.write(*args, **kwargs)
        kind, payload = server.message()
        self.assertEqual(kind, FAILED)
        self.assertEqual(server.process.wait(5), 1)
        return payload[4:].decode()

    HELLO = "def application(e, s):\n    s('200 OK', [])\n    return [__name__.encode()]\n"

    def test_ways_to_name_an_application(self):
        for kwargs, body in (
            ({"text": self.HELLO}, b"__wsgi__"),
            ({"text": self.HELLO, "name": "site.any"}, b"__wsgi__"),
            ({"text": self.HELLO, "name": "site_x.py", "kind": "module", "entry": "site_x"}, b"site_x"),
            ({"text": self.HELLO + "def make(): return application\n", "callable": "make()"}, b"__wsgi__"),
            ({"text": self.HELLO + "class C: app = staticmethod(application)\n", "callable": "C.app"}, b"__wsgi__"),
        ):
            with self.subTest(kwargs):
                self.assertEqual(self.write(**kwargs).start().slots[0].get().body, body)

    def test_the_welcome_page(self):
        server = self.write("", kind="welcome", entry="").start()
        response = server.slots[0].get()
        self.assertEqual(response.status, 200)
        self.assertIn(b"Addergate", response.body)
        self.assertEqual(server.slots[0].get(path="/x").status, 404)
        self.assertEqual(server.slots[0].get(method="POST").status, 405)

    def test_reasons_for_people(self):
        for kwargs, texts in (
            ({"text": "x = 1\n"}, ("has no application", "--callable-object")),
            ({"text": "def app(e, s): pass\n"}, ("has no application", "It has app")),
            ({"text": "application = 5\n"}, ("not callable", "5 (int)")),
            ({"text": "def f(: pass\n"}, ("SyntaxError", "app.wsgi")),
            ({"text": "import os\n1/0\n"}, ("ZeroDivisionError", "app.wsgi", "line 2")),
            ({"text": "import nowhere_to_be\n"}, ("No module named 'nowhere_to_be'", "app.wsgi")),
            ({"text": "import sys\nsys.exit('done')\n"}, ("sys.exit('done')",)),
            ({"text": "", "entry": "/nowhere/app.wsgi"}, ("/nowhere/app.wsgi", "No such file")),
            ({"text": "", "entry": "/"}, ("Is a directory",)),
            ({"text": "", "kind": "module", "entry": "nowhere"}, ("The module nowhere was not found", "--python-path")),
            ({"text": "", "kind": "module", "entry": "os.nowhere"}, ("os.nowhere",)),
            ({"text": "def f(): raise KeyError('k')\n", "callable": "f()"}, ("KeyError", "calling")),
            ({"text": self.HELLO + "import threading\nthreading._allocate_lock = None\n"}, ("real ones", "gevent")),
            ({"text": "def f(): return 1\n", "callable": "f()"}, ("not callable",)),
        ):
            with self.subTest(kwargs):
                reason = self.reason(**kwargs)
                for part in texts:
                    self.assertIn(part, reason)
                self.assertNotIn("_loader.py", reason)

    def test_under_wsgirefs_validator(self):
        text = (
            "from wsgiref.validate import validator\n"
            "@validator\n"
            "def application(e, s):\n"
            "    body = e['wsgi.input'].read(100000)\n"
            "    e['wsgi.errors'].write('noted\\n')\n"
            "    s('200 OK', [('Content-Type', 'text/plain')])\n"
            "    return [b'valid ', body]\n"
        )
        server = self.write(text).start()
        slot = server.slots[0]
        self.assertEqual(slot.get().body, b"valid ")
        self.assertEqual(slot.get(method="POST", body=b"inline").body, b"valid inline")
        self.assertEqual(slot.get(upload=b"u" * 200000).body, b"valid " + b"u" * 100000)
        self.assertEqual({record[2] for record in server.records()}, {"noted"})

    def test_python_path(self):
        with tempfile.TemporaryDirectory() as extra:
            with open(os.path.join(extra, "extra_module.py"), "w") as file:
                file.write("name = b'extra'\n")
            os.mkdir(os.path.join(extra, "nested"))
            with open(os.path.join(extra, "x.pth"), "w") as file:
                file.write("nested\n")
            text = (
                "import extra_module, sys\n"
                "def application(e, s):\n    s('200 OK', [])\n    return [repr(sys.path[:3]).encode()]\n"
            )
            server = self.write(text, path=[extra]).start()
            path = eval(server.slots[0].get().body)
            self.assertEqual(path[1:], [extra, os.path.join(extra, "nested")])

    def test_exit_handlers_run(self):
        text = self.HELLO + (
            "import atexit, threading, time\n"
            "atexit.register(print, 'exit handler ran')\n"
            "threading.Thread(target=lambda: (time.sleep(0.3), print('thread joined'))).start()\n"
        )
        server = self.write(text).start()
        self.assertEqual(server.stop(), 0)
        self.assertEqual(server.text(), "thread joined\nexit handler ran\n")

    def test_signal_handlers_of_the_application_run(self):
        text = self.HELLO + "import signal\nsignal.signal(signal.SIGUSR1, lambda *a: print('handled', flush=True))\n"
        server = self.write(text).start()
        server.process.send_signal(signal.SIGUSR1)
        deadline = time.time() + 5
        while "handled" not in server.text() and time.time() < deadline:
            time.sleep(0.02)
        self.assertIn("handled", server.text())

    def test_a_program_run_by_hand_says_so(self):
        result = subprocess.run(
            [PYTHON, os.path.join(LAYOUT, "python", "addergate", "bootstrap.py")],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=10,
        )
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"started by the addergate server", result.stderr)


if __name__ == "__main__":
    unittest.main()
