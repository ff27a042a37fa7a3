"""Requests that run for too long."""

import sys
import time

import behaviours_processes
from behaviours_shared import closed, Closing, ok

# What RequestTimeout meets. `events` says where it was seen, and in which request.
events = []


def _note(environ, what):
    events.append("{}:{}".format(what, environ["mod_wsgi.request_id"]))


def _begun(environ):
    """A log record that tells the test how far the request is."""
    environ["wsgi.errors"].write("begun\n")


def _spin(environ, seconds=30.0):
    _begun(environ)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def do_events(environ, start_response):
    ok(start_response)
    names = ",".join(events)
    del events[:]
    return [names.encode()]


def do_spin(environ, start_response):
    _note(environ, "spin")
    try:
        _spin(environ)
    finally:
        _note(environ, "unwound")


def do_spin_caught(environ, start_response):
    import mod_wsgi

    try:
        _spin(environ)
    except mod_wsgi.RequestTimeout:
        _note(environ, "caught")
    ok(start_response)
    return [b"caught"]


def do_spin_exception(environ, start_response):
    """What most applications catch is not RequestTimeout."""
    try:
        _spin(environ)
    except Exception:
        _note(environ, "wrong")
    ok(start_response)
    return [b"not reached"]


def do_spin_midway(environ, start_response):
    ok(start_response)

    def blocks():
        try:
            yield b"first"
            _spin(environ)
            yield b"never"
        finally:
            _note(environ, "generator")

    return blocks()


class SpinningClose(Closing):
    """A response whose close() takes its time, and says when it has begun and ended."""

    def __init__(self, environ, items, seconds):
        super().__init__(items)
        self.environ = environ
        self.seconds = seconds

    def close(self):
        _note(self.environ, "close")
        try:
            _spin(self.environ, self.seconds)
        except BaseException as error:
            _note(self.environ, type(error).__name__)
            raise
        _note(self.environ, "closed")


def do_spin_close(environ, start_response):
    write = ok(start_response)
    write(b"out")
    return SpinningClose(environ, [], float(environ["QUERY_STRING"]))


def do_spin_length(environ, start_response):
    class Slow(SpinningClose):
        def __len__(self):
            _spin(environ)
            return 1

    ok(start_response)
    return Slow(environ, [b"a", b"b"], 0)


def do_wait_for_body(environ, start_response):
    """Sends a block, then waits in C# until the client's next bytes are there."""
    write = ok(start_response)
    write(b"waiting")
    _begun(environ)
    try:
        data = environ["wsgi.input"].read(10)
    finally:
        _note(environ, "read")
    return [data]


def do_blocks_in_c(environ, start_response):
    """A response that takes its time to send and runs no Python code in which an exception could be raised."""
    ok(start_response)
    _begun(environ)
    return iter([b"x" * 5000000, b"end"])


def do_begun_sleep(environ, start_response):
    _begun(environ)
    return behaviours_processes.do_sleep(environ, start_response)


def do_raise_timeout(environ, start_response):
    import mod_wsgi

    raise mod_wsgi.RequestTimeout()


def do_race(environ, start_response):
    """Short and full of places for an exception to land; everything that it sees is in the answer's header."""
    import mod_wsgi

    # So that threads are switched in the middle of these loops too.
    sys.setswitchinterval(0.00001)
    seen = []
    try:
        for _ in range(int(environ["QUERY_STRING"] or 200)):
            str(_)
    except mod_wsgi.RequestTimeout:
        seen.append("call")

    class Body:
        def __iter__(self):
            return self

        count = 0

        def __next__(self):
            Body.count += 1
            try:
                for _ in range(100):
                    str(_)
            except mod_wsgi.RequestTimeout:
                seen.append("next")
            if Body.count > 2:
                raise StopIteration
            return (",".join(seen) or "-").encode() + b"\n"

        def close(self):
            try:
                for _ in range(300):
                    str(_)
            except BaseException as error:
                _note(environ, "close-" + type(error).__name__)

    ok(start_response)
    return Body()


def do_references(environ, start_response):
    import gc

    import mod_wsgi

    gc.collect()
    ok(start_response)
    return [b"%d" % sys.getrefcount(mod_wsgi.RequestTimeout)]
