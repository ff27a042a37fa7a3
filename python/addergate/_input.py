"""`wsgi.input` of a request whose body is pulled over the slot."""

import io

import _addergate

_BUFFER = 64 * 1024
_ALL = 256 * 1024


class RequestBody(io.RawIOBase):
    """The raw side: each read asks the front end once. Raises OSError when the client fails to deliver, and
    RuntimeError after the request."""

    def __init__(self, token):
        self._token = token

    def readable(self):
        return True

    def readinto(self, buffer):
        view = memoryview(buffer).cast("B")
        data = _addergate.read_body(self._token, len(view))
        view[: len(data)] = data
        return len(data)

    def readall(self):
        parts = []
        while True:
            data = _addergate.read_body(self._token, _ALL)
            if not data:
                return b"".join(parts)
            parts.append(data)


def open_input(token):
    """Called by C# for each request with such a body."""
    return io.BufferedReader(RequestBody(token), _BUFFER)
