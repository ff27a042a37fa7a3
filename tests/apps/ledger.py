"""Counts by name and gates to wait at, shared by the applications of one worker and read through behaviours/ledger."""
import threading

_lock = threading.Lock()
_counts = {}
_gates = {}


def add(name, by=1):
    with _lock:
        _counts[name] = _counts.get(name, 0) + by


def get(name):
    with _lock:
        return _counts.get(name, 0)


def gate(name):
    """An event that one request waits for and another one sets."""
    with _lock:
        return _gates.setdefault(name, threading.Event())


class Closing:
    """An iterable that notes each call of its close() under a name, and how many items were asked for."""

    def __init__(self, name, items):
        self._name = name
        self._items = iter(items)

    def __iter__(self):
        return self

    def __next__(self):
        add(self._name + ".next")
        return next(self._items)

    def close(self):
        add(self._name + ".close")
