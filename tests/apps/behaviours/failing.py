"""Raises ?what= at ?when=."""
import sys

import answers


class Odd(BaseException):
    pass


class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError("no text")


KINDS = {
    "exception": lambda: ValueError("marked \u20ac " + "line one\nline two"),
    "exit": lambda: SystemExit(3),
    "exit_text": lambda: SystemExit("goodbye"),
    "interrupt": KeyboardInterrupt,
    "generator_exit": GeneratorExit,
    "stop_iteration": StopIteration,
    "base": Odd,
    "unprintable": Unprintable,
    "memory": MemoryError,
}


def application(environ, start_response):
    query = answers.query(environ)
    what, when = query["what"], query.get("when", "call")
    if what == "recursion":
        return application(environ, start_response)
    if what == "sys_exit":
        sys.exit(1)
    if when == "call":
        raise KINDS[what]()
    start_response("200 OK", [("Content-Type", "text/plain")])
    if when == "started":
        raise KINDS[what]()
    return later(KINDS[what], when)


class later:
    """An iterator, as a generator would turn StopIteration into something else."""

    def __init__(self, make, when):
        self._make = make
        self._left = {"first": 0, "second": 1}[when]

    def __iter__(self):
        return self

    def __next__(self):
        if self._left == 0:
            raise self._make()
        self._left -= 1
        return b"one,"
