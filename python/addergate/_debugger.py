"""--enable-debugger: pdb at the terminal, for exceptions of requests and at breakpoints."""

import bdb
import pdb
import sys

from addergate import _logs
from addergate._control import StartFailure


class Debugger:
    """A context manager around code of the application. Used by one thread at a time."""

    def __init__(self):
        # Ctrl-C ends the server; it is not pdb's.
        self._pdb = pdb.Pdb(skip=["addergate.*"], nosigint=True)
        self._is_tracing = False
        self._previous = None

    def ask(self, application):
        """Before the first request: `break file:line` and `continue`. Raises StartFailure when somebody quits."""
        self._pdb.message("The application is loaded: break FILE:LINE sets a breakpoint, continue serves.")
        self._pdb.reset()
        self._pdb.interaction(sys._getframe(), None)
        if self._pdb.quitting:
            raise StartFailure("The debugger was left before the server had started.")

    def __enter__(self):
        if self._pdb.breaks:
            self._is_tracing = True
            self._previous = sys.gettrace()
            self._pdb.reset()
            # Without stopping at the first line: only breakpoints count.
            self._pdb.botframe = sys._getframe(1)
            self._pdb.set_continue()
            sys.settrace(self._pdb.trace_dispatch)
        return self

    def __exit__(self, kind, error, trace):
        if self._is_tracing:
            sys.settrace(self._previous)
            self._is_tracing = False
        # What is no Exception is raised to end something: a request that takes too long, the process.
        if isinstance(error, Exception) and not isinstance(error, (StopIteration, bdb.BdbQuit)):
            self._look_at(error, _logs.without_own_frames(trace))
        return False

    def _look_at(self, error, trace):
        # One that comes out of the server's own code has no frame of the application.
        if trace is None:
            return
        self._pdb.message("{}: {}".format(type(error).__name__, error))
        self._pdb.reset()
        self._pdb.interaction(None, trace)
