"""What the tests of the worker program share."""

import os
import sys
import tempfile
import unittest

from fake_front_end import FakeServer

PYTHON = os.environ.get("ADDERGATE_PYTHON") or sys.executable
HERE = os.path.dirname(os.path.abspath(__file__))


class Served(unittest.TestCase):
    """Each class has one worker; each test finds its log empty."""

    slots = 1

    @classmethod
    def setUpClass(cls):
        cls.server = FakeServer(PYTHON, "behaviours", kind="module", slots=cls.slots, directory=HERE)
        cls.server.start()
        cls.slot = cls.server.slots[0]

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def setUp(self):
        self.server.records()

    def get(self, path, query="", **kwargs):
        return self.slot.get(path="/" + path, QUERY_STRING=query, **kwargs)

    def closed(self):
        return self.get("closed").body.decode()

    def log(self):
        record = self.server.record()
        self.assertIsNotNone(record, self.server.text())
        return record

    def assert_served(self):
        self.assertEqual(self.get("tuple").body, b"onetwo")


class Written(unittest.TestCase):
    """Each test writes an application of its own."""

    def write(self, text, name="app.wsgi", **kwargs):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        path = os.path.join(directory.name, name)
        with open(path, "w") as file:
            file.write(text)
        kwargs.setdefault("entry", path)
        server = FakeServer(PYTHON, directory=directory.name, **kwargs)
        self.addCleanup(server.__exit__)
        return server
