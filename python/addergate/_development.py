"""--debug-mode and what goes with it: what is done before the application is loaded, what is put around it, and what is written
at the end."""

import os
import threading

from addergate import _control, _logs

# As mod_wsgi-express calls them in os.environ, for applications that look.
_FLAGS = {
    "debug_mode": "MOD_WSGI_DEBUG_MODE",
    "debugger": "MOD_WSGI_DEBUGGER_ENABLED",
    "coverage_directory": "MOD_WSGI_COVERAGE_ENABLED",
    "profiler_directory": "MOD_WSGI_PROFILER_ENABLED",
    "recorder_directory": "MOD_WSGI_RECORDER_ENABLED",
}

# How long the request that runs when the server is told to stop may go on: it may be waiting for somebody to type.
_PATIENCE = 0.5

_at_end = []
_terminal = None


def begin(plan):
    """Before the application is loaded. Raises StartFailure."""
    wanted = plan.get("development", {})
    for key, variable in _FLAGS.items():
        if wanted.get(key):
            os.environ[variable] = "true"
    if wanted.get("coverage_directory"):
        from addergate import _coverage

        # Its configuration lies where the application does.
        os.chdir(plan["application"]["working_directory"])
        _at_end.append(_coverage.begin(_directory(wanted, "coverage")))


def around(plan, application):
    """What request threads call instead of the application. Raises StartFailure."""
    wanted = plan.get("development", {})
    if wanted.get("recorder_directory"):
        from addergate import _recorder

        application = _recorder.Recorder(application, _directory(wanted, "recorder"))
    if wanted.get("profiler_directory"):
        from addergate import _profiler

        profiler = _profiler.Profiler(_directory(wanted, "profiler"))
        _at_end.append(profiler.end)
        application = Surrounded(application, profiler)
    if wanted.get("debug_mode"):
        _remember_terminal()
    if wanted.get("debugger"):
        from addergate import _debugger

        debugger = _debugger.Debugger()
        if wanted.get("debugger_at_start"):
            debugger.ask(application)
        application = Surrounded(application, debugger)
    return application


def stop(threads):
    """In debug mode the request that runs does not hold up the end. False when it still runs."""
    for thread in threads:
        thread.join(_PATIENCE)
    return not any(map(threading.Thread.is_alive, threads))


def finish():
    """Writes what there is to write. The process is about to end."""
    if _terminal is not None:
        import termios

        # A prompt that is open has changed it.
        termios.tcsetattr(0, termios.TCSADRAIN, _terminal)
    for end in _at_end:
        try:
            end()
        except Exception as error:
            _logs.send(_logs.ERROR, "", _logs.format_exception(error, error.__traceback__))


def _remember_terminal():
    global _terminal
    if os.isatty(0):
        import termios

        _terminal = termios.tcgetattr(0)


def _directory(wanted, name):
    path = wanted[name + "_directory"]
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
    except OSError as error:
        raise _control.StartFailure(
            "The directory {} of --{}-directory cannot be made: {}.".format(path, name, error.strerror)
        ) from None
    return path


class Surrounded:
    """A WSGI application whose code runs inside of a context manager: its call, each step of its response, its close().

    The context is entered by one thread at a time."""

    def __init__(self, application, context):
        self._application = application
        self._context = context

    def __call__(self, environ, start_response):
        with self._context:
            result = self._application(environ, start_response)
        # No code is left in these.
        return result if type(result) in (list, tuple) else _Response(result, self._context)


class _Response:
    def __init__(self, result, context):
        self._result = result
        self._context = context
        self._blocks = None

    def __iter__(self):
        with self._context:
            self._blocks = iter(self._result)
        return self

    def __next__(self):
        with self._context:
            return next(self._blocks)

    def close(self):
        close = getattr(self._result, "close", None)
        if close is not None:
            with self._context:
                close()
