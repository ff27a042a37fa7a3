#!/usr/bin/python3
"""Runs the marked commands of the guides and of the operations pages against the built program: one that lies fails the
tests.

A comment on the line before a fenced block says what to do with it:

    <!-- run -->           run its `$ ` lines one after the other; each must succeed, and print what stands below it
    <!-- run: fails N -->  the same, but each must end with status N
    <!-- run: server -->   start its one `$ ` line, and wait until it listens; it is stopped at the next one or the end
    <!-- file: NAME -->    write the block to this file

`needs TOOL` at the end of a `run` leaves the block out where there is no such program.

In expected output … stands for anything, also for any number of lines. Each page is one session in a directory of its
own, in which `addergate` and `examples` are the repository's. Ports 8000, 8443 and 8888 become free ones, /opt/addergate the
published layout, and /srv/mysite the directory.

    tests/docs/run.py             all pages
    tests/docs/run.py django      docs/guide/django.md
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted(page for part in ("guide", "operations") for page in (REPOSITORY / "docs" / part).glob("*.md"))
LAYOUT = REPOSITORY / "artifacts" / "addergate"
_BLOCK = re.compile(r"^<!-- (run|file)(?:: ([^\n]*?))? -->\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Failed(Exception):
    """A command did something else than the guide says."""


class Session:
    """One guide. Use as a context manager: leaving it ends the server and removes the directory."""

    def __init__(self, guide: Path):
        self._guide = guide
        self._ports = {port: _free_port() for port in ("8000", "8443", "8888")}
        self._server = None

    def __enter__(self):
        self._directory = Path(tempfile.mkdtemp(prefix="addergate-docs-"))
        for name in ("addergate", "examples"):
            (self._directory / name).symlink_to(REPOSITORY / name)
        return self

    def __exit__(self, failure, *_):
        try:
            self._stop_server()
        except Failed:
            # What went wrong first is what counts.
            if failure is None:
                raise
        finally:
            # A page that was left in the middle may have started one in the background.
            for control in self._directory.glob("*/addergatectl"):
                subprocess.run([control, "stop"], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
            shutil.rmtree(self._directory)

    def run(self) -> int:
        """The number of commands that were run. Raises Failed at the first that does something else."""
        count = 0
        for kind, argument, text in _BLOCK.findall(self._guide.read_text(encoding="utf-8")):
            argument, _, tool = argument.partition("needs ")
            argument = argument.strip()
            if tool and shutil.which(tool) is None:
                print(f"left out in {self._guide.name}: {tool} is not installed")
                continue
            text = self._here(text)
            if kind == "file":
                (self._directory / argument).write_text(text, encoding="utf-8")
                continue
            for command, expected in _commands(text):
                count += 1
                if argument == "server":
                    self._start_server(command)
                else:
                    status = int(argument.removeprefix("fails ")) if argument.startswith("fails ") else 0
                    self._check(command, expected, status)
        return count

    def _here(self, text: str) -> str:
        """With the places and ports of this session."""
        for port, free in self._ports.items():
            text = re.sub(rf"\b{port}\b", str(free), text)
        return text.replace("/opt/addergate", str(LAYOUT)).replace("/srv/mysite", str(self._directory))

    def _environment(self) -> dict:
        kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "WEB_CONCURRENCY")}
        return {**kept, "ADDERGATE_PORT": str(self._ports["8000"]), "PYTHONDONTWRITEBYTECODE": "1"}

    def _check(self, command: str, expected: str, status: int) -> None:
        done = subprocess.run(
            ["bash", "-c", command], cwd=self._directory, env=self._environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
        # curl's progress is no part of what a guide shows.
        printed = re.sub(r"^\s*(% Total.*|Dload.*|[\d-].*--:--:--.*)\n?", "", done.stdout, flags=re.MULTILINE)
        if done.returncode != status:
            raise Failed(f"$ {command}\nended with {done.returncode} instead of {status} and printed:\n{printed}")
        pattern = ".*".join(re.escape(part) for part in expected.strip().split("…"))
        if expected.strip() and not re.fullmatch(pattern, printed.strip(), re.DOTALL):
            raise Failed(f"$ {command}\nshould print:\n{expected}\nbut printed:\n{printed}")

    def _start_server(self, command: str) -> None:
        self._stop_server()
        self._log = self._directory / "server.log"
        with open(self._log, "wb") as log:
            self._server = subprocess.Popen(
                ["bash", "-c", "exec " + command], cwd=self._directory, env=self._environment(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + 30
        while True:
            # The port is bound before anybody can answer: only an answer shows that it serves.
            asked = subprocess.run(
                ["curl", "-s", "-o", "/dev/null", "--max-time", "20", f"http://127.0.0.1:{self._ports['8000']}/"],
                check=False)
            if asked.returncode == 0:
                return
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"$ {command}\ndid not serve and printed:\n{self._log.read_text(errors='replace')}")
            time.sleep(0.05)

    def _stop_server(self) -> None:
        if self._server is None:
            return
        self._server.send_signal(signal.SIGTERM)
        try:
            status = self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
            status = "a kill, because it did not stop"
        # A page that was left in the middle may leave the server behind that an upgrade started.
        left = _session(self._server.pid)
        for process in left:
            os.kill(process, signal.SIGTERM)
        self._server = None
        if left and status == 0:
            status = f"processes left behind: {left}"
        if status != 0:
            raise Failed(f"the server ended with {status} and printed:\n{self._log.read_text(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _session(leader: int) -> "list[int]":
    """The processes of a session, zombies left out."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                fields = Path("/proc", name, "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z" and int(fields[3]) == leader:
                found.append(int(name))
    return found


def _commands(text: str):
    """Pairs of a command and the output that the guide shows for it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def main(names: "list[str]") -> int:
    unknown = set(names) - {page.stem for page in PAGES}
    if unknown:
        sys.exit("no such page: " + ", ".join(sorted(unknown)))
    guides = [page for page in PAGES if page.stem in names or not names]
    failed = succeeded = 0
    for guide in guides:
        try:
            with Session(guide) as session:
                count = session.run()
        except (Failed, subprocess.TimeoutExpired) as error:
            failed += 1
            print(f"failed {guide.name}\n{error}\n")
            continue
        if count:
            succeeded += 1
            print(f"passed {guide.name}: {count} command(s)")
    # As the .NET test runner prints it, so that eng/test.sh adds it to the rest.
    print(f"Test run summary:\n  total: {failed + succeeded}\n  failed: {failed}\n  succeeded: {succeeded}\n  skipped: 0")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main([argument for argument in sys.argv[1:] if not argument.startswith("--")]))
