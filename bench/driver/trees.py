"""Processes of one server: who belongs to it, and its CPU time. Everything is read from /proc."""

import os
from dataclasses import dataclass

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    session: int
    started: int
    """In clock ticks since boot: with the pid it names one process for good."""
    cpu_seconds: float
    """User and system time of the process, and of its children that have ended and were waited for."""


def _read(pid: int) -> "Process | None":
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    ticks = sum(int(field) for field in fields[11:15])
    return Process(pid, int(fields[1]), int(fields[3]), int(fields[19]), ticks / _TICK)


def tree(root: int) -> "list[Process]":
    """The process `root`, which leads a session of its own, with all its descendants and all of its session."""
    everything = [process for name in os.listdir("/proc") if name.isdigit() and (process := _read(int(name)))]
    members = {root}
    while True:
        found = {
            process.pid
            for process in everything
            if process.pid not in members and (process.parent in members or process.session == root)
        }
        if not found:
            return [process for process in everything if process.pid in members]
        members |= found


def still_runs(process: Process) -> bool:
    found = _read(process.pid)
    return found is not None and found.started == process.started


def cpu_seconds(root: int) -> float:
    """Whole tree, living and reaped."""
    return sum(process.cpu_seconds for process in tree(root))


def machine_busy_seconds() -> float:
    """CPU time that all of the machine has used, stolen time included: what the round's own processes do not account
    for was somebody else's, and makes its figures worse."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _idle, _iowait, irq, softirq, steal = (int(field) for field in file.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / _TICK
