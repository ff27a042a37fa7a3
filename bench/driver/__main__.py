"""Composes a run: which servers, which applications, rounds of them all in turn, and then the page."""

import json
import os
import shlex
import shutil
import sys
import tempfile
import time
from dataclasses import asdict

from . import machine, report, targets
from .applications import APPLICATIONS
from .load import WrongAnswers
from .measuring import Shape, first_answer_seconds, measure
from .options import REPOSITORY, parse
from .servers import PEERS, Addergate, Server


def _servers(options) -> "list[Server]":
    servers: "list[Server]" = []
    if "addergate" in options.servers:
        if len(options.layout) == 2:
            servers += [
                Addergate(layout, f"addergate-{letter}", f"Addergate {letter.upper()} ({layout})")
                for letter, layout in zip("ab", options.layout)
            ]
        else:
            servers.append(Addergate(options.layout[0]))
    for server in servers:
        if not os.access(server.program, os.X_OK):
            sys.exit(f"bench: {server.program} is not there; `make build` makes it")
    servers += [PEERS[name] for name in options.servers if name != "addergate"]
    for server in [server for server in servers if not server.fits(options.processes)]:
        print(f"{server.title} is left out: it does not run {options.processes} processes", flush=True)
        servers.remove(server)
    return servers


class Run:
    """What has been measured so far."""

    def __init__(self, servers: "list[Server]", shape: Shape, directory: str):
        self._servers = servers
        self._shape = shape
        self._directory = directory
        self.results: "dict[str, dict[str, list[dict]]]" = {}
        self.startup: "dict[str, list[float]]" = {}
        self.failures: "list[str]" = []

    def measure(self, names: "list[str]", rounds: int) -> None:
        for name in names:
            self.results[name] = {server.name: [] for server in self._servers}
            for number in range(rounds):
                for server in self._in_turn(number):
                    self._round(name, server, number)

    def _in_turn(self, number: int) -> "list[Server]":
        """Each round begins with another server, so that none is always the first after a pause."""
        start = number % len(self._servers)
        return self._servers[start:] + self._servers[:start]

    def _round(self, name: str, server: Server, number: int) -> None:
        try:
            result = measure(server, APPLICATIONS[name], self._directory, self._shape)
        except WrongAnswers as error:
            self.failures.append(f"{name}, {server.title}, round {number + 1}: {error}")
            print(f"{name:9} {server.name:19} round {number + 1}: FAILED: {error}", flush=True)
            return
        self.results[name][server.name].append(result.as_json())
        print(
            f"{name:9} {server.name:19} round {number + 1}: {result.requests_per_second:9,.0f} requests/s "
            f"p99 {result.p99_ms:7.2f} ms  CPU {result.cpu_us_per_request:8,.1f} µs/request  "
            f"PSS {result.tree_pss_mib:6.1f} MiB  other cores {result.other_cores:.2f}", flush=True)

    def time_starts(self, servers: "list[Server]", runs: int) -> None:
        for _ in range(runs):
            for server in servers:
                try:
                    seconds = first_answer_seconds(server, APPLICATIONS["hello"], self._directory, self._shape)
                except WrongAnswers as error:
                    self.failures.append(f"start of {server.title}: {error}")
                    continue
                self.startup.setdefault(server.name, []).append(seconds)


def main() -> int:
    options = parse()
    servers = _servers(options)
    shape = Shape(
        options.processes, options.threads, options.connections, options.generator_threads, options.warm_up,
        options.seconds)
    about = machine.describe(REPOSITORY)
    for key, value in about.items():
        print(f"{key}: {value}")
    load_average = " ".join(f"{value:.2f}" for value in os.getloadavg())
    started = time.localtime()

    directory = tempfile.mkdtemp(prefix="addergate-bench-")
    os.chmod(directory, 0o755)
    try:
        # A copy, because Apache's workers are another user, who may not see the checkout.
        shutil.copytree(os.path.join(REPOSITORY, "bench", "apps"), os.path.join(directory, "apps"),
                        ignore=shutil.ignore_patterns("__pycache__"))
        run = Run(servers, shape, directory)
        run.measure(options.apps, options.rounds)
        timed = [server for server in servers if options.startup_all or isinstance(server, Addergate)]
        run.time_starts(timed, options.startup_runs)
    finally:
        shutil.rmtree(directory, ignore_errors=True)

    pair = len(options.layout) == 2
    record = {
        "time": time.strftime("%Y-%m-%d %H:%M", started),
        "machine": about,
        "command": shlex.join(["bench/run.sh", *sys.argv[1:]]),
        "shape": asdict(shape),
        "rounds": options.rounds,
        "load_average": load_average,
        "reference": "addergate-a" if pair else "mod_wsgi-daemon",
        "titles": {server.name: server.title for server in servers},
        "results": run.results,
        "startup": run.startup,
        "failures": run.failures,
        "noisy": sum(entry["other_cores"] > 0.1 for by in run.results.values() for all in by.values() for entry in all),
    }
    keep_alive = {server.name: server.keep_alive for server in servers}
    verdicts = targets.verdicts(run.results, run.startup, "addergate-b" if pair else "addergate", keep_alive)
    record["targets"] = [asdict(verdict) for verdict in verdicts]
    text = report.page(record, verdicts)
    print("\n" + text)
    os.makedirs(options.output, exist_ok=True)
    stem = os.path.join(
        options.output, time.strftime("%Y-%m-%d-%H%M", started) + (f"-{options.label}" if options.label else ""))
    with open(stem + ".json", "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1, ensure_ascii=False)
        file.write("\n")
    with open(stem + ".md", "w", encoding="utf-8") as file:
        file.write(text)
    print(f"Written: {os.path.relpath(stem)}.md and .json")
    return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
