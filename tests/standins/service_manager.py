#!/usr/bin/python3
"""A service manager in small: what systemd does for a service with Type=notify and FileDescriptorStoreMax=.

    service_manager.py [--listen HOST:PORT] PROGRAM ARGS

Starts the program with a NOTIFY_SOCKET and the sockets that it keeps for it. SIGUSR2 restarts the program as `systemctl
restart` does: it ends first, then it is started anew with the sockets that it had the manager keep. SIGTERM ends it, and
this with its status. With --listen there is a socket from the beginning, as from a socket unit.
"""

import array
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading


class Manager:
    def __init__(self, command, listen):
        self._command = command
        self._kept = {}
        if listen:
            host, port = listen.rsplit(":", 1)
            self._kept["site.socket"] = socket.create_server((host, int(port)), backlog=100)
        self._directory = tempfile.TemporaryDirectory(prefix="ag-m-")
        self._path = os.path.join(self._directory.name, "notify")
        self._notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._notify.bind(self._path)
        threading.Thread(target=self._receive, daemon=True).start()

    def start(self):
        names, sockets = list(self._kept), [kept.fileno() for kept in self._kept.values()]
        # Descriptors 3, 4, ... and the pid of the program itself, which only the child knows.
        shell = ["import os, signal, sys", "signal.pthread_sigmask(signal.SIG_SETMASK, [])"]
        for index, descriptor in enumerate(sockets):
            shell.append(f"os.dup2({descriptor}, {100 + index})")
        for index in range(len(sockets)):
            shell.append(f"os.dup2({100 + index}, {3 + index}); os.close({100 + index})")
        shell.append("os.environ['LISTEN_PID'] = str(os.getpid())")
        shell.append("os.execv(sys.argv[1], sys.argv[1:])")
        environment = {**os.environ, "NOTIFY_SOCKET": self._path, "FDSTORE": "8"}
        if names:
            environment.update(LISTEN_FDS=str(len(names)), LISTEN_FDNAMES=":".join(names))
        self._process = subprocess.Popen(
            [sys.executable, "-c", "\n".join(shell), *self._command], env=environment, pass_fds=sockets)

    def restart(self):
        self._process.terminate()
        self._process.wait()
        say(f"ended with {self._process.returncode}, kept {sorted(self._kept)}")
        self.start()

    def stop(self):
        self._process.terminate()
        return self._process.wait()

    def has_ended(self):
        return self._process.poll() is not None

    def _receive(self):
        while True:
            data, ancillary, _, _ = self._notify.recvmsg(4096, socket.CMSG_SPACE(64 * 4))
            text = data.decode()
            say("notified " + text.replace("\n", " "))
            fields = dict(line.split("=", 1) for line in text.splitlines())
            for _, _, rights in ancillary:
                for descriptor in array.array("i", rights[: len(rights) // 4 * 4]):
                    kept = socket.socket(fileno=descriptor)
                    if fields.get("FDSTORE") == "1" and fields["FDNAME"] not in self._kept:
                        self._kept[fields["FDNAME"]] = kept


def say(text):
    print(f"manager: {text}", file=sys.stderr, flush=True)


def main(arguments):
    listen = None
    if arguments[0] == "--listen":
        listen, arguments = arguments[1], arguments[2:]
    signals = {signal.SIGUSR2, signal.SIGTERM, signal.SIGCHLD}
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    # Before there is a thread that could get them.
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    manager = Manager(arguments, listen)
    manager.start()
    while True:
        number = signal.sigwait(signals)
        if number == signal.SIGUSR2:
            manager.restart()
        elif number == signal.SIGTERM or manager.has_ended():
            return manager.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
