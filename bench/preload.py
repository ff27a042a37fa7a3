#!/usr/bin/python3
"""What --preload is worth: how long a worker that was killed is missed, and what memory the workers cost together, with
and without it. The application sleeps while it is imported, as one that reads its configuration from afar does, and keeps
data that its requests do not touch.

    bench/preload.py                          3 s of import, 64 MiB of data, 4 workers
    bench/preload.py --import-seconds 0.5 --mebibytes 200 --output page.md
"""

import argparse
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time

from driver import machine, memory, trees
from driver.running import free_port

REPOSITORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

APPLICATION = """import os, time
time.sleep({seconds})
data = [bytes(1024) for _ in range({mebibytes} * 1024)]

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d" % os.getpid()]
"""


class Served:
    """The server with that application. A context manager: leaving it ends the server."""

    def __init__(self, options, directory: str, processes: int, extra: "list[str]"):
        self._port = free_port()
        self._processes = processes
        self._deadline = 30 + options.import_seconds
        self._command = [
            os.path.join(options.layout, "addergate"), "start-server", os.path.join(directory, "app.py"),
            "--host", "127.0.0.1", "--port", str(self._port), "--processes", str(processes), "--threads", "2",
            "--python", "/usr/bin/python3", "--startup-timeout", "0", "--log-level", "info",
            "--server-root", os.path.join(directory, f"root-{self._port}"), *extra]
        self._log = os.path.join(directory, f"log-{self._port}")

    def __enter__(self) -> "Served":
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                self._command, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True)
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        self._process.wait(30)

    def ask(self) -> int:
        """The pid of the worker that answers; waits in the server's queue when there is none."""
        with socket.create_connection(("127.0.0.1", self._port), timeout=self._deadline) as client:
            client.sendall(b"GET / HTTP/1.0\r\nHost: bench\r\n\r\n")
            answer = b"".join(iter(lambda: client.recv(4096), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        if b" 200 " not in head.splitlines()[0]:
            raise OSError(f"answered {head!r}")
        return int(body)

    def await_answer(self) -> int:
        deadline = time.monotonic() + self._deadline
        while True:
            try:
                return self.ask()
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def await_workers(self) -> None:
        """Until every worker serves."""
        deadline = time.monotonic() + self._deadline
        while self._ready() < self._processes:
            if self._process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"bench: the workers do not serve; see {self._log}")
            time.sleep(0.01)

    def _ready(self) -> int:
        with open(self._log, encoding="utf-8") as file:
            return sum(line.rstrip().endswith(" is ready") for line in file)

    def pythons(self) -> "list[int]":
        """Workers, and the template where there is one."""
        return [process.pid for process in trees.tree(self._process.pid) if _is_python(process.pid)]


def _is_python(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return b"bootstrap.py" in file.read()
    except OSError:
        return False


def _missed(options, directory: str, extra: "list[str]") -> "list[float]":
    """Seconds from the kill of the only worker to the next answer."""
    times = []
    with Served(options, directory, 1, extra) as server:
        server.await_answer()
        for _ in range(options.rounds):
            # One that dies within a second of its first answer is made to wait.
            time.sleep(1.5)
            worker = server.ask()
            began = time.monotonic()
            os.kill(worker, signal.SIGKILL)
            # A request that was handed to the one that died gets 502 and is none of these.
            while server.await_answer() == worker:
                pass
            times.append(time.monotonic() - began)
    return times


def _memory(options, directory: str, extra: "list[str]") -> "list[float]":
    """MiB of each process, with its share of what is shared."""
    with Served(options, directory, options.processes, extra) as server:
        server.await_workers()
        return [found["pss"] for pid in server.pythons() if (found := memory.pss(pid))]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/preload.py", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--import-seconds", type=float, default=3, help="how long the import sleeps (default: 3)")
    parser.add_argument("--mebibytes", type=int, default=64, help="what the import leaves in memory (default: 64)")
    parser.add_argument("--processes", type=int, default=4, help="workers, for the memory (default: 4)")
    parser.add_argument("--rounds", type=int, default=10, help="workers to kill (default: 10)")
    parser.add_argument("--layout", default=os.path.join(REPOSITORY, "artifacts", "addergate"))
    parser.add_argument("--output", help="a file for the page, which is printed in any case")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="ag-b-") as directory:
        with open(os.path.join(directory, "app.py"), "w", encoding="ascii") as file:
            file.write(APPLICATION.format(seconds=options.import_seconds, mebibytes=options.mebibytes))
        for name, extra in (("without", []), ("`--preload`", ["--preload"])):
            times = sorted(_missed(options, directory, extra))
            used = _memory(options, directory, extra)
            rows.append(
                f"| {name} | {times[len(times) // 2]:.2f} s ({times[0]:.2f} to {times[-1]:.2f}) "
                f"| {sum(used):.0f} MiB | {max(used):.0f} MiB |")
    lines = [
        "# What `--preload` is worth",
        "",
        f"An application whose import takes {options.import_seconds:g} s and leaves {options.mebibytes} MiB. "
        f"{options.rounds} times the only worker is",
        f"killed, and a client asks at once. Memory is that of {options.processes} workers and the template.",
        "",
        "| | from `kill -9` to the next answer, median | together (PSS) | the largest |",
        "|---|---|---|---|",
        *rows,
        "",
        f"`{shlex.join(['bench/preload.py', *sys.argv[1:]])}`, {time.strftime('%Y-%m-%d %H:%M')}, load average "
        + " ".join(f"{value:.2f}" for value in os.getloadavg()),
        "",
        *(f"- {key}: {value}" for key, value in machine.describe(REPOSITORY).items() if key != "versions"),
    ]
    page = "\n".join(lines) + "\n"
    print(page, end="")
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
