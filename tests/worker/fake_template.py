"""The supervisor's side of --preload: a template, and the workers that are forked from it."""

import ctypes
import os
import signal
import socket
import struct
import subprocess
import time

from fake_front_end import FORKED, READY, FakeServer

_PR_SET_CHILD_SUBREAPER = 36


class Adopted:
    """A process that is a child of this one without having been started by it; as subprocess.Popen."""

    def __init__(self, pid):
        self.pid = pid
        self.returncode = None

    def poll(self):
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
        return self.returncode

    def wait(self, timeout=30):
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.005)
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)


class FakeTemplate(FakeServer):
    """A process that has loaded the application."""

    def __init__(self, *args, **kwargs):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.forks, self.extra = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.arguments = args, dict(kwargs)
        super().__init__(*args, template=True, **kwargs)
        self.extra.close()
        self.workers = []

    def start(self):
        kind, payload = self.message()
        if kind != READY:
            raise AssertionError(payload[4:].decode())
        return self

    def fork(self, worker=7):
        """Another worker, as far as READY."""
        args, kwargs = self.arguments
        server = ForkedServer(self, args, kwargs, worker)
        self.workers.append(server)
        return server.start()

    def __exit__(self, *exception):
        for worker in self.workers:
            worker.__exit__()
        super().__exit__(*exception)
        self.forks.close()


class ForkedServer(FakeServer):
    """A worker from a template."""

    def __init__(self, template, args, kwargs, worker):
        self.template = template
        super().__init__(*args, **dict(kwargs, worker=worker))

    def launch(self, spawn, control, log):
        descriptors = [self.output.fileno(), self.output.fileno(), control.fileno(), log.fileno()]
        socket.send_fds(self.template.forks, [b"f"], descriptors)
        kind, payload = self.message()
        assert kind == FORKED, kind
        return Adopted(struct.unpack("<i", payload)[0])
