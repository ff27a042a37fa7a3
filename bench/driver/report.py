"""The run as Markdown: the same text goes to the terminal and to the results page."""

from statistics import median

from .applications import APPLICATIONS
from .targets import Verdict

_COLUMNS = (
    ("requests/s", "requests_per_second", "{:,.0f}"),
    ("p50 ms", "p50_ms", "{:.2f}"),
    ("p99 ms", "p99_ms", "{:.2f}"),
    ("CPU µs/request", "cpu_us_per_request", "{:,.1f}"),
    ("tree PSS MiB", "tree_pss_mib", "{:.1f}"),
    ("worker PSS MiB", "worker_pss_mib", "{:.1f}"),
    ("bare Python PSS MiB", "bare_pss_mib", "{:.1f}"),
    ("server cores", "server_cores", "{:.2f}"),
    ("wrk cores", "generator_cores", "{:.2f}"),
    ("other cores", "other_cores", "{:.2f}"),
)


def _row(cells: "list[str]") -> str:
    return "| " + " | ".join(cells) + " |"


def application_table(
        name: str, servers: "dict[str, list[dict]]", titles: "dict[str, str]", reference: str) -> "list[str]":
    lines = [f"### {APPLICATIONS[name].title}", ""]
    lines.append(_row(["server", *(column[0] for column in _COLUMNS), "requests/s of each round", f"× {reference}"]))
    lines.append(_row(["---"] + ["---:"] * (len(_COLUMNS) + 2)))
    base = median(entry["requests_per_second"] for entry in servers[reference]) if servers.get(reference) else None
    for server, rounds in servers.items():
        if not rounds:
            lines.append(_row([titles[server], *("–" for _ in _COLUMNS), "failed, see below", "–"]))
            continue
        values = {field: median(entry[field] for entry in rounds) for _, field, _ in _COLUMNS}
        each = ", ".join(f"{entry['requests_per_second']:,.0f}" for entry in rounds)
        ratio = f"{values['requests_per_second'] / base:.2f}" if base else "–"
        lines.append(_row([titles[server], *(form.format(values[field]) for _, field, form in _COLUMNS), each, ratio]))
    return [*lines, ""]


def startup_table(startup: "dict[str, list[float]]", titles: "dict[str, str]") -> "list[str]":
    lines = ["### From starting the program to its first answer (hello)", ""]
    lines.append(_row(["server", "fastest s", "median s", "slowest s", "runs"]))
    lines.append(_row(["---", "---:", "---:", "---:", "---:"]))
    for server, seconds in startup.items():
        figures = (f"{min(seconds):.3f}", f"{median(seconds):.3f}", f"{max(seconds):.3f}", str(len(seconds)))
        lines.append(_row([titles[server], *figures]))
    return [*lines, ""]


def page(run: dict, verdicts: "list[Verdict]") -> str:
    """The whole results page. `run` is what the JSON file holds."""
    titles, shape = run["titles"], run["shape"]
    lines = [f"# Benchmark of {run['time']}", ""]
    lines += [f"- {name}: {value}" for name, value in run["machine"].items()]
    lines += [
        f"- command: `{run['command']}`",
        f"- load: wrk with {shape['connections']} connections and {shape['generator_threads']} thread(s) on the same "
        f"machine; {shape['processes']} process(es) × {shape['threads']} threads; {run['rounds']} round(s) of "
        f"{shape['seconds']} s, each in a fresh server after {shape['warm_up_seconds']} s of warm-up",
        f"- load average at the start: {run['load_average']}",
        "",
        "Medians over the rounds. What the columns mean, and how the comparison is kept fair: "
        "[bench/README.md](../README.md).",
        "",
    ]
    if verdicts:
        lines += ["### Targets", "", *(f"- {verdict}" for verdict in verdicts), ""]
    if run["noisy"]:
        lines += [
            f"**Somebody else used the machine**: in {run['noisy']} round(s) more than a tenth of a core went to other "
            "processes. Take the figures as an indication.",
            "",
        ]
    for name, servers in run["results"].items():
        lines += application_table(name, servers, titles, run["reference"])
    if run["startup"]:
        lines += startup_table(run["startup"], titles)
    if run["failures"]:
        lines += ["### Failures", "", *(f"- {failure}" for failure in run["failures"]), ""]
    return "\n".join(lines)
