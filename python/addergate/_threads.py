"""Looked at before the application is loaded: what it may not replace."""

import threading

from addergate._control import StartFailure


def _primitives():
    names = ("_start_new_thread", "_start_joinable_thread", "_allocate_lock")
    return [getattr(threading, name, None) for name in names]


_REAL = _primitives()


def check():
    """Raises StartFailure when the application has replaced Python's threads."""
    if _primitives() != _REAL:
        raise StartFailure(
            "The application replaces Python's threads (gevent.monkey.patch_all() or eventlet.monkey_patch()), but "
            "the server's request threads must be real ones.\n"
            "Do not patch, or patch with thread=False; --threads sets how many requests run at once."
        )
