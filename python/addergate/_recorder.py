"""--enable-recorder: each request and its response, in files whose names mod_wsgi-express gives them:

    MICROSECONDS-PID-COUNT.iheaders  .icontent  .oheaders  .ocontent   what came in and what went out
                           .oaexcept .orexcept  .ofexcept              the exception of the call, of the response, of its close()
"""

import itertools
import os
import shutil
import time

from addergate import _logs

_count = itertools.count(1)


class Recorder:
    """The application, recorded. Any number of threads."""

    def __init__(self, application, directory):
        self._application = application
        self._directory = directory

    def __call__(self, environ, start_response):
        record = _Record(self._directory)
        record.write("iheaders", "".join("{}: {!r}\n".format(*item) for item in sorted(environ.items())).encode())
        environ["wsgi.input"] = record.take_in(environ["wsgi.input"])

        def start(status, headers, *exc_info):
            write = start_response(status, headers, *exc_info)
            lines = [status] + ["{}: {}".format(*header) for header in headers]
            record.write("oheaders", "".join(line + "\n" for line in lines).encode("latin-1"))

            def written(data):
                record.block(data)
                write(data)

            return written

        try:
            return _Response(record, self._application(environ, start))
        except BaseException as error:
            record.failed("oaexcept", error)
            raise


class _Response:
    def __init__(self, record, result):
        self._record = record
        self._result = result
        self._blocks = None

    def __iter__(self):
        return self

    def __next__(self):
        try:
            if self._blocks is None:
                self._blocks = iter(self._result)
            block = next(self._blocks)
        except StopIteration:
            raise
        except BaseException as error:
            self._record.failed("orexcept", error)
            raise
        self._record.block(block)
        return block

    def close(self):
        try:
            close = getattr(self._result, "close", None)
            if close is not None:
                close()
        except BaseException as error:
            self._record.failed("ofexcept", error)
            raise
        finally:
            self._record.close()


class _Record:
    """The files of one request. They may hold passwords, so they are for the user alone."""

    def __init__(self, directory):
        name = "{}-{}-{}".format(int(time.time() * 1e6), os.getpid(), next(_count))
        self._stem = os.path.join(directory, name)
        self._content = None
        self._input = None

    def take_in(self, body):
        """The body as a file, from which the application reads."""
        with self._open("icontent", "xb") as file:
            shutil.copyfileobj(body, file)
        self._input = self._open("icontent", "rb")
        return self._input

    def write(self, kind, data):
        # A second start_response() replaces the head.
        with self._open(kind, "wb") as file:
            file.write(data)

    def block(self, data):
        if self._content is None:
            self._content = self._open("ocontent", "wb")
        self._content.write(data)

    def failed(self, kind, error):
        text = _logs.format_exception(error, error.__traceback__) + "\n"
        self.write(kind, text.encode("utf-8", "backslashreplace"))
        if kind == "oaexcept":
            self.close()

    def close(self):
        for file in (self._content, self._input):
            if file is not None:
                file.close()

    def _open(self, kind, mode):
        return open("{}.{}".format(self._stem, kind), mode, opener=_private)


def _private(path, flags):
    return os.open(path, flags, 0o600)
