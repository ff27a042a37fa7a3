"""--preload: a process that has loaded the application, and forks the workers from there. .NET is loaded after the fork,
by each worker: it would not survive one.

    supervisor ──spawn──► template ──fork──► between ──fork──► worker
         ▲                (waits for requests)  (ends at once)      │
         └───────────────────── the worker's parent from then on ◄──┘

The process in between makes the supervisor, which adopts orphans, the worker's parent: it reaps it as any other, and
the worker does not care whether the template lives on.
"""

import ctypes
import gc
import os
import socket
import sys
import threading
import time

from addergate import _control, _environment, _loader, _logs, _mod_wsgi, _process_name

FORKS = 5

# Of the worker: standard output and error, its control socket, its log socket.
_TARGETS = (1, 2, _control.CONTROL, _logs.LOG)

_PR_SET_PDEATHSIG = 1
_NAME = "template"
_SIGKILL = 9


def serve(plan):
    """Loads the application, then forks a worker for each request. Returns in the workers alone, with (plan,
    application).

    Raises StartFailure in the template."""
    usual = _process_name.change(_NAME)
    hidden = _environment.hide()
    _mod_wsgi.install(plan)
    application = _loader.load(plan["application"])
    _warn_of_threads()

    # What the import left is garbage or stays for good: workers share the memory of the latter as long as no collection
    # touches it.
    collects = gc.isenabled()
    gc.collect()
    gc.disable()
    gc.freeze()
    _control.send_ready()
    with socket.socket(fileno=FORKS) as requests:
        while True:
            data, descriptors, _, _ = socket.recv_fds(requests, 1, len(_TARGETS))
            if not data:
                # The generation has been replaced, or the supervisor has died. There is nothing to clear up that is
                # not the workers' too.
                os._exit(0)
            if _is_worker(descriptors):
                break
        requests.detach()
    if collects:
        gc.enable()
    _process_name.change(usual)
    _settle(descriptors, plan["supervisor_pid"])
    _environment.show(hidden)
    _control.send_forked(os.getpid())
    return _control.read_plan(), application


def _is_worker(descriptors):
    """Forks twice. True in the worker.

    As os.fork() does it, with the application's hooks, but those for the child run in the worker: a thread that one of
    them starts would be lost in a second fork, and a lock that it holds for ever."""
    _flush()
    # Both keep the GIL.
    python, libc = ctypes.PyDLL(None), ctypes.PyDLL(None, use_errno=True)
    before, in_parent, in_child = python.PyOS_BeforeFork, python.PyOS_AfterFork_Parent, python.PyOS_AfterFork_Child
    fork, leave = libc.fork, libc._exit
    before()
    between = fork()
    if between == 0:
        worker = fork()
        if worker == 0:
            in_child()
            return True
        leave(0 if worker > 0 else 1)
    in_parent()
    failed = os.strerror(ctypes.get_errno()) if between < 0 else os.waitpid(between, 0)[1]
    for descriptor in descriptors:
        os.close(descriptor)
    if failed:
        _logs.send(_logs.ERROR, "", "A worker could not be forked ({}).".format(failed))
    return False


def _settle(descriptors, supervisor):
    """Makes this process what _exec makes of a worker that is started by itself."""
    os.setpgid(0, 0)
    for target, descriptor in zip(_TARGETS, descriptors):
        os.dup2(descriptor, target, inheritable=target <= 2)
        os.close(descriptor)
    os.close(FORKS)
    _logs.forked()
    main = threading.main_thread()
    if hasattr(main, "_set_native_id"):
        main._set_native_id()

    # The one in between ends in this very moment. The signal is tied to the parent, so only then.
    deadline = time.monotonic() + 10
    while os.getppid() != supervisor:
        if time.monotonic() > deadline:
            raise SystemExit("addergate: the supervisor has ended.")
        time.sleep(0.0002)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if os.getppid() != supervisor:
        os._exit(1)


def _flush():
    """What is buffered would be written by each worker again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass


def _warn_of_threads():
    count = len(os.listdir("/proc/self/task"))
    if count > 1:
        names = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
        _logs.send(
            _logs.WARNING,
            "",
            "The application starts threads while it is imported ({}). With --preload the workers are forked from that "
            "process and do not have them; a lock that one holds at that moment is never given back.\n"
            "Start them at the first request, or in os.register_at_fork(after_in_child=...).".format(
                ", ".join(names) or "{} of them, not made by Python".format(count - 1)
            ),
        )
