"""wrk, and what must hold for its figures to count."""

import json
import os
import resource
import subprocess
from dataclasses import dataclass

from .applications import Application

_SCRIPTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "wrk")


class WrongAnswers(Exception):
    """The server answered something else than the application did, or not at all."""


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float
    p50_ms: float
    p90_ms: float
    p99_ms: float
    generator_cpu_seconds: float


class Generator:
    """wrk with fixed connections and threads against one application's URL."""

    def __init__(self, directory: str, application: Application, connections: int, threads: int):
        self._application = application
        self._connections = connections
        self._threads = threads
        self._request_file = "-"
        if application.request_body:
            self._request_file = os.path.join(directory, f"{application.name}.request")
            self._write(self._request_file, application.request_body)
        self._response_file = os.path.join(directory, f"{application.name}.response")
        self._write(self._response_file, application.response_body)

    @staticmethod
    def _write(path: str, content: bytes) -> None:
        with open(path, "wb") as file:
            file.write(content)

    def warm_up(self, port: int, seconds: int) -> None:
        """Loads the server and checks the status and the body of every answer."""
        self._check(self._wrk("verify.lua", port, seconds, self._response_file)[0])

    def measure(self, port: int, seconds: int) -> Load:
        result, cpu = self._wrk("measure.lua", port, seconds)
        self._check(result)
        return Load(
            result["requests"],
            result["microseconds"] / 1e6,
            result["p50"] / 1e3,
            result["p90"] / 1e3,
            result["p99"] / 1e3,
            cpu,
        )

    def _wrk(self, script: str, port: int, seconds: int, *arguments: str) -> "tuple[dict, float]":
        command = [
            "wrk", f"-t{self._threads}", f"-c{self._connections}", f"-d{seconds}s", "--timeout", "10s",
            "-s", os.path.join(_SCRIPTS, script), f"http://127.0.0.1:{port}/",
            "--", self._application.method, self._request_file, *arguments,
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds + 30, env={**os.environ, "BENCH_WRK": _SCRIPTS})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        for line in done.stdout.splitlines():
            if line.startswith("RESULT "):
                return json.loads(line[len("RESULT "):]), cpu
        raise WrongAnswers(f"wrk printed no result: {done.stdout}{done.stderr}")

    def _check(self, result: dict) -> None:
        requests = result["requests"]
        faults = {
            name: result[name]
            for name in ("connect_errors", "read_errors", "write_errors", "status_errors", "timeouts", "wrong_answers")
            if result[name]
        }
        if faults or not requests:
            raise WrongAnswers(f"{requests} answers, {faults}")
        # Each answer is the body and a head of 50 to 1,000 bytes; the last ones may be cut by the end of the run.
        smallest = (requests - self._connections) * (len(self._application.response_body) + 50)
        largest = (requests + self._connections) * (len(self._application.response_body) + 1000)
        if not smallest <= result["bytes"] <= largest:
            raise WrongAnswers(f"{requests} answers came as {result['bytes']} bytes")
