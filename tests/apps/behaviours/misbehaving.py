"""Everything that an application should not do, by the second segment of the path."""
import ctypes
import os
import subprocess
import sys
import time

import answers

_kept = []


def application(environ, start_response):
    query = answers.query(environ)
    return _DEEDS[environ["PATH_INFO"].rsplit("/", 1)[-1]](query, start_response)


def abort(query, start_response):
    os.abort()


def segfault(query, start_response):
    ctypes.string_at(0)


def end(query, start_response):
    os._exit(int(query.get("status", "7")))


def after_head(query, start_response):
    """Dies when the first half of the response is with the client."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "10")])
    yield b"first"
    os._exit(7)


def loop(query, start_response):
    """Runs in Python for ever."""
    while True:
        pass


def sleep(query, start_response):
    """Blocks in C without the GIL, where no exception reaches it."""
    time.sleep(float(query.get("seconds", "1000")))
    return answers.text(start_response, "slept")


def hold(query, start_response):
    """Blocks in C with the GIL."""
    ctypes.PyDLL(None).sleep(int(query.get("seconds", "1000")))
    return answers.text(start_response, "held")


def leak(query, start_response):
    _kept.append(b"x" * (int(query.get("mebibytes", "1")) << 20))
    return answers.text(start_response, str(os.getpid()))


def child(query, start_response):
    """Leaves a process behind."""
    return answers.text(start_response, str(subprocess.Popen(["sleep", "1000"]).pid))


def stubborn(query, start_response):
    """Leaves a process behind that does not end when it is asked to."""
    ignore = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(end='.', flush=True); signal.pause()"
    process = subprocess.Popen([sys.executable, "-c", ignore], stdout=subprocess.PIPE)
    process.stdout.read(1)
    return answers.text(start_response, str(process.pid))


def daemon(query, start_response):
    """Leaves a process behind that is meant to outlive the worker."""
    return answers.text(start_response, str(subprocess.Popen(["sleep", "1000"], start_new_session=True).pid))


def orphan(query, start_response):
    """Leaves a forked copy of the worker behind."""
    pid = os.fork()
    if pid == 0:
        time.sleep(1000)
        os._exit(0)
    return answers.text(start_response, str(pid))


_DEEDS = {
    "abort": abort, "segfault": segfault, "end": end, "after_head": after_head, "loop": loop, "sleep": sleep,
    "hold": hold, "leak": leak, "child": child, "stubborn": stubborn, "daemon": daemon, "orphan": orphan,
}
