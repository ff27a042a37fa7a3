"""--service-script: a process of the application's Python that serves no requests and runs one script.

The script is `__main__`, as if somebody had typed `python script.py`, with the application's path and working directory.
It ends with its last thread, daemon or not: mod_wsgi's service scripts may start threads and return. SIGTERM is
SystemExit in the main thread."""

import os
import signal
import sys
import threading
import types

from addergate import _control, _environment, _loader, _logs, _mod_wsgi, _process_name


def run(plan):
    """Runs the script that the plan names, until nothing is left of it. Raises SystemExit."""
    if plan.get("server_metrics"):
        os.set_inheritable(_control.CONTROL, False)
    else:
        # Nothing more is said there.
        os.close(_control.CONTROL)
    service = plan["service"]
    _process_name.change("service:" + service["name"])
    _environment.hide()
    _mod_wsgi.install(plan)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)
    try:
        _environment.settle(plan)
        _loader.prepare_path(plan["application"])
    except _control.StartFailure as failure:
        sys.exit(str(failure))
    signal.signal(signal.SIGTERM, _stop)
    try:
        _execute(service["path"])
        _await_threads()
    except Exception as error:
        # As Python does for a program of its own, with whatever hook the script has put there.
        trace = _logs.without_own_frames(error.__traceback__)
        sys.excepthook(type(error), error.with_traceback(trace), trace)
        sys.exit(1)


def _execute(path):
    with open(path, "rb") as file:
        source = file.read()
    module = types.ModuleType("__main__")
    module.__file__ = path
    # The bootstrap's is on the stack: it must not be cleared with the last reference to it.
    sys.modules["__bootstrap__"] = sys.modules["__main__"]
    sys.modules["__main__"] = module
    sys.argv = [path]
    exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)


def _await_threads():
    while True:
        others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
        if not others:
            return
        others[0].join()


def _stop(number, frame):
    sys.exit(0)
