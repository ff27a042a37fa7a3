"""The targets, each a ratio or a difference within one run, and whether it was met."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Verdict:
    target: str
    met: bool
    found: str

    def __str__(self) -> str:
        return f"{'met' if self.met else 'MISSED'}: {self.target} ({self.found})"


def _value(results: dict, server: str, field: str) -> "float | None":
    rounds = results.get("hello", {}).get(server)
    return median(entry[field] for entry in rounds) if rounds else None


def verdicts(
        results: dict, startup: "dict[str, list[float]]", ours: str, keep_alive: "dict[str, bool]") -> "list[Verdict]":
    """Those that this run has figures for. `results` is application → server → rounds."""
    found = []
    own_rate, own_cpu = _value(results, ours, "requests_per_second"), _value(results, ours, "cpu_us_per_request")
    daemon_rate = _value(results, "mod_wsgi-daemon", "requests_per_second")
    if own_rate and daemon_rate:
        daemon_cpu = _value(results, "mod_wsgi-daemon", "cpu_us_per_request")
        found.append(Verdict(
            "hello: at least 5 times mod_wsgi daemon mode's requests/s",
            own_rate >= 5 * daemon_rate,
            f"{own_rate:,.0f} / {daemon_rate:,.0f} = {own_rate / daemon_rate:.2f}"))
        found.append(Verdict(
            "hello: at most a fifth of mod_wsgi daemon mode's CPU per request",
            own_cpu <= daemon_cpu / 5,
            f"{own_cpu:.1f} µs / {daemon_cpu:.1f} µs = 1/{daemon_cpu / own_cpu:.2f}"))
    peers = {
        server: _value(results, server, "requests_per_second")
        for server in results.get("hello", {})
        if keep_alive.get(server) and server != ours
    }
    if own_rate and peers:
        best = max(peers, key=peers.get)
        found.append(Verdict(
            "hello: no peer with threads and keep-alive ahead",
            own_rate >= peers[best],
            f"the next is {best} with {peers[best]:,.0f} requests/s"))
    worker, bare = _value(results, ours, "worker_pss_mib"), _value(results, ours, "bare_pss_mib")
    if worker:
        found.append(Verdict(
            "hello: a worker's PSS at most 20 MiB over the same application in bare Python",
            worker - bare <= 20,
            f"{worker:.1f} MiB - {bare:.1f} MiB = {worker - bare:.1f} MiB"))
    if startup.get(ours):
        found.append(Verdict(
            "hello: first answer within 0.8 s of starting the program",
            median(startup[ours]) <= 0.8,
            f"median {median(startup[ours]):.3f} s, fastest {min(startup[ours]):.3f} s, "
            f"slowest {max(startup[ours]):.3f} s of {len(startup[ours])}"))
    return found
