"""What a service script is answered when it asks how the server is: addergate._control.ask_status() and its socket."""

import json
import os
import socket
import struct
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = os.path.join(HERE, "..", "..", "python")

ASK_STATUS = 45
STATUS = 14
HEADER = struct.Struct("<IB3x")

# One question a line that it is given, each with the patience that the line says.
ASKING = """
import json, sys
from addergate import _control
for line in sys.stdin:
    print(json.dumps(_control.ask_status(float(line))), flush=True)
"""


class Questions(unittest.TestCase):
    def setUp(self):
        self.supervisor, theirs = socket.socketpair()
        self.addCleanup(self.supervisor.close)
        control = theirs.fileno()
        # The shell puts the socket on the descriptor that the bootstrap has it on.
        self.service = subprocess.Popen(
            ["/bin/sh", "-c", 'exec "$0" -c "$1" 3<&{}'.format(control), sys.executable, ASKING],
            env={**os.environ, "PYTHONPATH": PYTHON},
            pass_fds=[control],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        theirs.close()
        self.addCleanup(self.end)

    def end(self):
        self.service.communicate()
        self.assertEqual(self.service.returncode, 0)

    def ask(self, patience=60):
        self.service.stdin.write("{}\n".format(patience))
        self.service.stdin.flush()

    def told(self):
        return json.loads(self.service.stdout.readline())

    def take_question(self):
        self.assertEqual(HEADER.unpack(self.supervisor.recv(HEADER.size, socket.MSG_WAITALL)), (0, ASK_STATUS))

    def answer(self, text):
        data = text.encode()
        self.supervisor.sendall(HEADER.pack(len(data) + 4, STATUS) + struct.pack("<I", len(data)) + data)

    def test_an_answer_that_comes_too_late_is_not_that_of_the_next_question(self):
        self.ask(0)
        self.assertIsNone(self.told())
        self.take_question()
        self.answer("late")
        self.ask()
        self.take_question()
        self.answer("in time")
        self.assertEqual(self.told(), "in time")

    def test_when_the_supervisor_is_gone_there_is_none(self):
        self.ask()
        self.take_question()
        self.supervisor.close()
        self.assertIsNone(self.told())
        self.ask()
        self.assertIsNone(self.told())


if __name__ == "__main__":
    unittest.main()
