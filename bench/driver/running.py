"""One running server: started in a session of its own, asked until it answers, and ended by process id."""

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import time

from . import trees
from .load import WrongAnswers
from .servers import Place, Server

_START_SECONDS = 30
_STOP_SECONDS = 15


def free_port() -> int:
    """A port that nobody listens on now. Below the range that outgoing connections take theirs from."""
    while True:
        port = random.randrange(18000, 28000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class RunningServer:
    """A context manager. On leaving, the whole tree is asked to end with SIGTERM to its root, and what is left of it
    after 15 s is killed."""

    def __init__(self, server: Server, place: Place):
        self.server = server
        self.place = place
        self.seconds_to_first_answer = 0.0
        self._log_path = place.path("server.log")

    def __enter__(self) -> "RunningServer":
        command = self.server.command(self.place)
        environment = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "VIRTUAL_ENV", "ADDERGATE_", "DOTNET_", "GUNICORN_")) and name != "PORT"
        }
        environment.update(self.server.environment(), PYTHONDONTWRITEBYTECODE="1")
        with open(self._log_path, "wb") as log:
            started = time.monotonic()
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                cwd=self.place.application_directory, env=environment)
        try:
            self._await_answer(started)
        except BaseException:
            self.__exit__()
            raise
        return self

    @property
    def root(self) -> int:
        return self._process.pid

    def _await_answer(self, started: float) -> None:
        application = self.place.application
        while True:
            try:
                body = self.ask(application.method, "/", application.request_body)
            except (OSError, WrongAnswers) as error:
                if self._process.poll() is not None:
                    raise WrongAnswers(f"{self.server.title} ended with {self._process.returncode}: {self._log()}")
                if time.monotonic() - started > _START_SECONDS:
                    raise WrongAnswers(f"{self.server.title} did not answer: {error}: {self._log()}")
                time.sleep(0.002)
                continue
            self.seconds_to_first_answer = time.monotonic() - started
            if body != application.response_body:
                raise WrongAnswers(f"{self.server.title} answered {body[:200]!r}: {self._log()}")
            return

    def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        """One request on a connection of its own. OSError unless the answer is a 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.place.port, timeout=10)
        try:
            headers = {"Content-Type": "application/octet-stream"} if body else {}
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            content = response.read()
            if response.status != 200:
                raise WrongAnswers(f"{self.server.title} answered {response.status}: {self._log()}")
            return content
        except http.client.HTTPException as error:
            raise OSError(f"no whole answer: {error!r}") from error
        finally:
            connection.close()

    def workers(self) -> "list[int]":
        """The processes that run the application: it tells its pid. Asked often enough to meet each of them."""
        found = set()
        for _ in range(200 * self.place.processes):
            found.add(int(self.ask("GET", "/pid")))
            if len(found) == self.place.processes:
                break
        return sorted(found)

    def _log(self) -> str:
        with open(self._log_path, encoding="utf-8", errors="replace") as file:
            return file.read()[-2000:]

    def __exit__(self, *_) -> None:
        members = trees.tree(self.root)
        if self._process.poll() is None:
            os.kill(self.root, signal.SIGTERM)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        for process in members:
            if trees.still_runs(process):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
        if self._process.returncode is None:
            self._process.wait()
