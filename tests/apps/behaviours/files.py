"""wsgi.file_wrapper over what ?kind= says; the file holds 00000000 00000001 … of ?size= bytes."""
import io
import os
import tempfile

import answers
import ledger


def content(size):
    return b"".join(b"%08d" % number for number in range((size + 7) // 8))[:size]


class OnlyRead:
    """No descriptor, no close."""

    def __init__(self, data):
        self._data = io.BytesIO(data)

    def read(self, size):
        return self._data.read(size)


def application(environ, start_response):
    query = answers.query(environ)
    size, skip = int(query.get("size", "100000")), int(query.get("skip", "0"))
    headers = [("Content-Type", "application/octet-stream")]
    if "length" in query:
        headers.append(("Content-Length", query["length"]))
    start_response("200 OK", headers)
    stream = opened(query, size)
    if skip:
        stream.read(skip)
    wrapper = environ["wsgi.file_wrapper"]
    arguments = [int(query["block"])] if "block" in query else []
    wrapped = wrapper(stream, *arguments)
    if query.get("kind") == "iterated":
        return Passed(wrapped)
    return wrapped


class Passed:
    """A middleware in between: the wrapper must also work as a plain iterable."""

    def __init__(self, inner):
        self._inner = inner
        self.close = inner.close

    def __iter__(self):
        return iter(self._inner)


def opened(query, size):
    kind = query.get("kind", "file")
    data = content(size)
    if kind == "bytesio":
        return io.BytesIO(data)
    if kind == "only_read":
        return OnlyRead(data)
    if kind == "pipe":
        reader, writer = os.pipe()
        os.write(writer, data[:60000])
        os.close(writer)
        return os.fdopen(reader, "rb")
    handle = tempfile.TemporaryFile(buffering=0 if kind == "unbuffered" else -1)
    handle.write(data)
    handle.seek(0)
    if "name" in query:
        return Counted(handle, query["name"])
    return handle


class Counted:
    """A real file behind an object that counts close()."""

    def __init__(self, handle, name):
        self._handle = handle
        self._name = name

    def read(self, size=-1):
        return self._handle.read(size)

    def fileno(self):
        return self._handle.fileno()

    def tell(self):
        return self._handle.tell()

    def close(self):
        ledger.add(self._name + ".close")
        self._handle.close()
