"""An iterable that counts its close() calls, ending in the way that ?how= says."""
import io

import answers
import ledger


class RaisingClose(ledger.Closing):
    def close(self):
        super().close()
        raise RuntimeError("close failed")


class RaisingIter(ledger.Closing):
    def __iter__(self):
        raise RuntimeError("iter failed")


class CountingFile(io.BytesIO):
    """Something that file_wrapper cannot hand to the system."""

    def __init__(self, name, data):
        super().__init__(data)
        self._name = name

    def close(self):
        ledger.add(self._name + ".close")
        super().close()


def raising():
    yield b"one,"
    raise RuntimeError("next failed")


def raising_at_once():
    raise RuntimeError("first next failed")
    yield b"never"


def endless(block):
    while True:
        yield block


def gated(name):
    yield b"before"
    ledger.gate(name).wait(60)
    while True:
        yield b"x" * 65536


def application(environ, start_response):
    query = answers.query(environ)
    name, how = query["name"], query["how"]
    if how == "no_start":
        return ledger.Closing(name, [b"one"])
    headers = [("Content-Type", "text/plain")]
    status = {"no_content": "204 No Content", "not_modified": "304 Not Modified"}.get(how, "200 OK")
    if how == "too_much":
        headers.append(("Content-Length", "3"))
    if how == "too_little":
        headers.append(("Content-Length", "300"))
    start_response(status, [] if status[0] != "2" or status.startswith("204") else headers)
    if how == "file_wrapper":
        return environ["wsgi.file_wrapper"](CountingFile(name, b"one,two"))
    if how == "raising_close":
        return RaisingClose(name, [b"one,", b"two"])
    if how == "raising_iter":
        return RaisingIter(name, [])
    items = {
        "raising": raising,
        "raising_at_once": raising_at_once,
        "endless": lambda: endless(b"x" * 65536),
        "gated": lambda: gated(name),
        "str_item": lambda: [b"one,", "two"],
        "too_much": lambda: [b"one", b"two", b"three"],
        "too_little": lambda: [b"one"],
    }.get(how, lambda: [b"one,", b"two"])
    return ledger.Closing(name, items())
