"""--reload-on-changes: tells the supervisor which files the application consists of. It is the one that watches them, so
that a worker that hangs, or is gone, takes no part in it."""

import sys
import sysconfig
import threading
import time

from addergate import _control

_INTERVAL = 1.0


def watch():
    """Reports what is imported, from a thread of its own, for as long as the process lives."""
    threading.Thread(target=_report, name="addergate-sources", daemon=True).start()


def _report():
    standard = sysconfig.get_path("stdlib")
    known = set()
    count = -1
    while True:
        # Its size costs nothing, and nearly always says that nothing was imported.
        if len(sys.modules) != count:
            count = len(sys.modules)
            files = {file for file in map(_file_of, list(sys.modules.values())) if file and _matters(file, standard)}
            fresh = files - known
            if fresh:
                known |= fresh
                _control.send_sources(sorted(fresh))
        time.sleep(_INTERVAL)


def _file_of(module):
    file = getattr(module, "__file__", None)
    return file if isinstance(file, str) and file.startswith("/") and "\n" not in file else None


def _matters(file, standard):
    """Python's own library does not change; what is installed beside it may."""
    return not file.startswith(standard) or "-packages/" in file[len(standard) :]
