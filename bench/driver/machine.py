"""What the figures were taken on."""

import os
import platform
import subprocess

_PACKAGES = {
    "mod_wsgi": "libapache2-mod-wsgi-py3",
    "Apache": "apache2-bin",
    "uWSGI": "uwsgi-core",
    "gunicorn": "gunicorn",
    "waitress": "python3-waitress",
    "Django": "python3-django",
    "wrk": "wrk",
    "Python": "python3.11",
}


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _distribution() -> str:
    with open("/etc/os-release", encoding="utf-8") as file:
        for line in file:
            if line.startswith("PRETTY_NAME="):
                return line.partition("=")[2].strip().strip('"')
    return "unknown"


def describe(repository: str) -> "dict[str, str]":
    with open("/proc/meminfo", encoding="ascii") as file:
        memory = int(file.readline().split()[1]) // 1024
    commit = _output("git", "-C", repository, "rev-parse", "--short=12", "HEAD") or "unknown"
    if _output("git", "-C", repository, "status", "--porcelain", "--untracked-files=no"):
        commit += " with uncommitted changes"
    versions = {title: _output("dpkg-query", "-W", "-f", "${Version}", name) for title, name in _PACKAGES.items()}
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory} MiB",
        "kernel": platform.release(),
        "distribution": _distribution(),
        "commit": commit,
        "versions": ", ".join(f"{title} {version}" for title, version in versions.items() if version),
    }
