"""The command line of the benchmark."""

import argparse
import os

from .applications import APPLICATIONS
from .servers import PEERS

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _names(kind: str, known: "list[str]"):
    def parse(text: str) -> "list[str]":
        names = [name for name in text.split(",") if name]
        unknown = [name for name in names if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"no such {kind}: {', '.join(unknown)}; there are {', '.join(known)}")
        return names

    return parse


def parse(arguments: "list[str] | None" = None) -> argparse.Namespace:
    servers = ["addergate", *PEERS]
    parser = argparse.ArgumentParser(
        prog="bench/run.sh",
        description="Compares this server with its peers on this machine, over the loopback interface.")
    parser.add_argument("--apps", type=_names("application", list(APPLICATIONS)), default=list(APPLICATIONS),
                        help="comma-separated, of: " + ", ".join(APPLICATIONS))
    parser.add_argument("--servers", type=_names("server", servers), default=None,
                        help="comma-separated, of: " + ", ".join(servers)
                        + " (default: all; with two layouts: addergate)")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds of each server (default: 3)")
    parser.add_argument("--seconds", type=int, default=8, help="measured seconds of a round (default: 8)")
    parser.add_argument("--warm-up", type=int, default=5, help="seconds of load before, checked answer by answer "
                        "(default: 5; below that the .NET JIT is still at work)")
    parser.add_argument("--connections", type=int, default=32, help="client connections (default: 32)")
    parser.add_argument("--generator-threads", type=int, default=max(1, len(os.sched_getaffinity(0)) // 2),
                        help="wrk's threads (default: half of the cores)")
    parser.add_argument("--processes", type=int, default=1, help="worker processes of each server (default: 1)")
    parser.add_argument("--threads", type=int, default=4, help="request threads of each worker (default: 4)")
    parser.add_argument("--startup-runs", type=int, default=10, help="starts to time, 0 = none (default: 10)")
    parser.add_argument("--startup-all", action="store_true", help="time the peers' starts too")
    parser.add_argument("--layout", action="append", metavar="DIR",
                        help="a published layout (default: artifacts/addergate); given twice, both are run as a pair")
    parser.add_argument("--quick", action="store_true",
                        help="one round of 2 s after 2 s, 3 starts: shows that it works, measures nothing")
    parser.add_argument("--output", metavar="DIR", default=None,
                        help="where the page and the JSON go (default: bench/results; with --quick: artifacts/bench)")
    parser.add_argument("--label", default="", help="added to the names of the files")
    options = parser.parse_args(arguments)
    if options.quick:
        options.rounds, options.seconds, options.warm_up = 1, 2, 2
        options.startup_runs = min(options.startup_runs, 3)
    options.layout = options.layout or [os.path.join(REPOSITORY, "artifacts", "addergate")]
    if len(options.layout) > 2:
        parser.error("at most two layouts make a pair")
    if options.servers is None:
        options.servers = ["addergate"] if len(options.layout) == 2 else servers
    if options.output is None:
        options.output = os.path.join(REPOSITORY, *(["artifacts", "bench"] if options.quick else ["bench", "results"]))
    for name in ("rounds", "seconds", "warm_up", "connections", "processes", "threads", "generator_threads"):
        if getattr(options, name) < 1:
            parser.error(f"--{name.replace('_', '-')} must be at least 1")
    return options
