"""Log records and `wsgi.errors`. A record goes to the supervisor as one datagram on descriptor 4, so that one of many
lines stays whole and carries its request's id. Everything here ends in a plain descriptor and works in a forked child
as well."""

import io
import os
import struct
import sys
import threading

LOG = 4

DEBUG, INFO, WARNING, ERROR, CRITICAL = range(5)

_ERROR_LOG = 1
_HEADER = struct.Struct("<BBH")
_MAX_TEXT = 60 * 1024
_OWN_FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep

_pid = os.getpid()


def forked():
    """This process was forked to be a worker: what is said here of forked children is said of its own from now on."""
    global _pid
    _pid = os.getpid()


def send(level, request_id, text):
    """Sends one record; `text` is str or bytes, and is split only beyond 60 KiB."""
    data = text.encode("utf-8", "backslashreplace") if isinstance(text, str) else bytes(text)
    if data.endswith(b"\n"):
        data = data[:-1]
    identity = request_id.encode("latin-1", "replace")[:128]
    head = _HEADER.pack(_ERROR_LOG, level, len(identity)) + identity
    while True:
        end = len(data)
        if end > _MAX_TEXT:
            end = data.rfind(b"\n", 0, _MAX_TEXT) + 1 or _MAX_TEXT
        try:
            os.write(LOG, head + data[:end])
        except OSError:
            # No supervisor any more, or an application that closed the descriptor: standard error is all there is.
            try:
                os.write(2, data + b"\n")
            except OSError:
                pass
            return
        data = data[end:]
        if not data:
            return


def current_request_id():
    """The id of the request that this thread serves, or ''. Never enters C# in a forked child."""
    server = sys.modules.get("_addergate") if os.getpid() == _pid else None
    return server.request_id() if server is not None else ""


def _flush_later():
    """What has no newline at its end is sent when the request ends."""
    server = sys.modules.get("_addergate") if os.getpid() == _pid else None
    if server is not None:
        server.flush_later()


def format_exception(error, trace):
    """A traceback without the server's own frames at its start."""
    import traceback

    return "".join(traceback.format_exception(type(error), error, without_own_frames(trace))).rstrip("\n")


def without_own_frames(trace):
    """What is left of a traceback behind the server's own frames at its start."""
    while trace is not None and _is_ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return trace


def log_exception(error, trace, environ, doing):
    """Called by C# on the request's thread when the application raised: one record, whatever it was."""
    if isinstance(error, SystemExit):
        what = "The application called sys.exit({})".format("" if error.code is None else repr(error.code))
    else:
        what = "Exception"
    send(
        ERROR,
        current_request_id(),
        "{} while {} for {}.\n{}".format(what, doing, _describe(environ), format_exception(error, trace)),
    )


def log_overdue(thread, request_id, line):
    """Called by C# on the control thread: says where the thread of a request is that is about to be interrupted."""
    what = "{} has run for longer than --request-timeout. Its thread (most recent call last):\n{}"
    send(ERROR, request_id, what.format(line, _stack(thread)))


def log_slow(thread, request_id, line):
    """Called by C# on the control thread: says where the thread of a request is that runs for long."""
    what = "{} has run for longer than --slow-requests, and goes on. Its thread (most recent call last):\n{}"
    send(WARNING, request_id, what.format(line, _stack(thread)))


def _stack(thread):
    """Where a request's thread is."""
    import traceback

    # All frames are looked at before the first source line is read: reading lets other threads run.
    frame = sys._current_frames().get(thread)
    frames = traceback.walk_stack(frame) if frame is not None else ()
    stack = traceback.StackSummary.extract(frames, lookup_lines=False)
    stack.reverse()
    while stack and (stack[0].filename == threading.__file__ or _is_ours(stack[0].filename)):
        del stack[0]
    return "".join(stack.format()).rstrip("\n") or "  (no Python code: a block of its response is sent)"


def _describe(environ):
    """Method and path for people; the query may hold secrets."""
    if environ is None:
        return "a request"
    path = str(environ.get("REQUEST_URI") or environ.get("PATH_INFO")).partition("?")[0]
    text = "{} {}".format(environ.get("REQUEST_METHOD"), path)
    return "".join(character if character.isprintable() else "?" for character in text[:500])


def _is_ours(filename):
    return filename.startswith(_OWN_FOLDER) or filename.startswith("<frozen importlib")


class ErrorBuffer(io.BufferedIOBase):
    """`wsgi.errors.buffer`: takes any bytes-like object."""

    def writable(self):
        return True

    def write(self, data):
        view = memoryview(data)
        _errors.collect(view.tobytes())
        return view.nbytes

    def flush(self):
        _errors.flush()


class ErrorStream(io.TextIOBase):
    """`wsgi.errors`, one for all requests: it knows by the thread which request writes. What is written up to a final
    newline, up to flush() or up to the request's end is one record."""

    encoding = "utf-8"
    errors = "backslashreplace"
    name = "<wsgi.errors>"
    mode = "w"

    def __init__(self):
        self._partial = threading.local()
        self.buffer = ErrorBuffer()

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("wsgi.errors.write() takes a str, not " + type(text).__name__)
        self.collect(text.encode("utf-8", "backslashreplace"))
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def collect(self, data):
        data = getattr(self._partial, "data", b"") + data
        if data.endswith(b"\n") or len(data) > _MAX_TEXT:
            self._partial.data = b""
            send(ERROR, current_request_id(), data)
        else:
            self._partial.data = data
            _flush_later()

    def flush(self):
        data = getattr(self._partial, "data", b"")
        if data:
            self._partial.data = b""
            send(ERROR, current_request_id(), data)

    def close(self):
        """Applications may not close what is not theirs."""
        self.flush()


_errors = ErrorStream()
