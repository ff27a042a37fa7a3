"""`wsgi.file_wrapper`."""

import io
import os
import stat
import sys


class FileWrapper:
    """PEP 3333's optional wrapper of an object with `read(size)`. When an application returns one whose file is a
    plain file on disk, C# reads that without the GIL; else, or inside a middleware, it is iterated over."""

    def __init__(self, filelike, blksize=8192):
        self.filelike = filelike
        self.blksize = blksize
        self._closed = False

    def __iter__(self):
        return self

    def __next__(self):
        data = self.filelike.read(self.blksize)
        if data:
            return data
        raise StopIteration

    def close(self):
        if not self._closed:
            self._closed = True
            close = getattr(self.filelike, "close", None)
            if close is not None:
                close()


def file_range(wrapper):
    """(descriptor, offset, size left) where the wrapped object is a plain file, else None.

    Only io's own classes count: others that have fileno() may hand out other bytes than the descriptor does (gzip)."""
    file = wrapper.filelike
    temporary = sys.modules.get("tempfile")
    if temporary is not None and type(file) is temporary._TemporaryFileWrapper:
        file = file.file
    raw = file.raw if type(file) in (io.BufferedReader, io.BufferedRandom) else file
    if type(raw) is not io.FileIO:
        return None
    if type(file) is io.BufferedRandom:
        file.flush()
    status = os.fstat(raw.fileno())
    if not stat.S_ISREG(status.st_mode):
        return None
    offset = file.tell()
    return raw.fileno(), offset, max(0, status.st_size - offset)
