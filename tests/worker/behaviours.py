"""One WSGI application for every behaviour that the tests of the worker look at: the path names the function."""

import sys

import behaviours_bodies
import behaviours_processes
import behaviours_timeouts
from behaviours_shared import closed, Closing, errors_seen, ok, Sized


def application(environ, start_response):
    name = "do_" + environ["PATH_INFO"].strip("/")
    for place in (globals(), *map(vars, (behaviours_bodies, behaviours_processes, behaviours_timeouts))):
        if name in place:
            return place[name](environ, start_response)
    raise LookupError(name)


def do_environ(environ, start_response):
    ok(start_response)
    lines = ["dict={}".format(type(environ) is dict)]
    for key in sorted(environ):
        value = environ[key]
        lines.append("{}={!r}".format(key, value) if not hasattr(value, "read") else key)
    return ["\n".join(lines).encode("utf-8")]


def do_closed(environ, start_response):
    ok(start_response)
    names = ",".join(closed)
    del closed[:]
    return [names.encode()]


def do_empty_list(environ, start_response):
    ok(start_response)
    return []


def do_empty_generator(environ, start_response):
    ok(start_response)
    return iter(())


def do_tuple(environ, start_response):
    ok(start_response)
    return (b"one", b"", b"two")


def do_generator(environ, start_response):
    ok(start_response)

    def blocks():
        try:
            yield b"one"
            yield b""
            yield b"two"
        finally:
            closed.append("generator")

    return blocks()


def do_late_start(environ, start_response):
    def blocks():
        yield b""
        ok(start_response)
        yield b"late"

    return blocks()


def do_sized(environ, start_response):
    ok(start_response)
    return Sized([b"sized"], "sized")


def do_closing(environ, start_response):
    ok(start_response)
    return Closing([b"a", b"b"], "closing")


def do_raise_first(environ, start_response):
    raise ValueError("raised first")


def do_raise_after_start(environ, start_response):
    ok(start_response)
    raise ValueError("raised after start")


def do_raise_before_block(environ, start_response):
    ok(start_response)
    return Closing([ValueError("before block")], "before")


def do_raise_midway(environ, start_response):
    ok(start_response)
    return Closing([b"first", ValueError("midway")], "midway")


def do_system_exit(environ, start_response):
    sys.exit(3)


def do_keyboard(environ, start_response):
    raise KeyboardInterrupt()


def do_close_raises(environ, start_response):
    ok(start_response)

    class Bad(Closing):
        def close(self):
            raise RuntimeError("close failed")

    return Bad([b"fine"])


def do_no_start(environ, start_response):
    return [b"body"]


def do_no_start_empty(environ, start_response):
    return []


def do_returns_none(environ, start_response):
    ok(start_response)
    return None


def do_str_item(environ, start_response):
    ok(start_response)
    return ["text"]


def do_str_midway(environ, start_response):
    ok(start_response)
    return Closing([b"bytes", "text"], "str")


def do_write(environ, start_response):
    write = ok(start_response)
    write(b"w1 ")
    write(b"w2 ")
    return [b"item"]


def do_exc_info_before(environ, start_response):
    ok(start_response, [("X-Old", "1")])
    try:
        raise ValueError("replaced")
    except ValueError:
        start_response("418 Teapot", [("X-New", "1")], sys.exc_info())
    return [b"replaced"]


def do_exc_info_after(environ, start_response):
    write = ok(start_response)
    write(b"out")
    try:
        raise ValueError("again")
    except ValueError:
        start_response("500 Late", [], exc_info=sys.exc_info())
    return [b"never"]


def do_start(environ, start_response):
    """Calls start_response as the query says and reports the exception's type."""
    status, headers, extra = eval(environ["QUERY_STRING"], {})
    try:
        start_response(status, headers, *extra)
    except Exception as error:
        report = "{}: {}".format(type(error).__name__, error)
        if not isinstance(error, AssertionError):
            start_response("200 OK", [])
        return [report.encode("utf-8")]
    return [b"accepted"]


def do_start_twice(environ, start_response):
    ok(start_response)
    try:
        ok(start_response)
    except AssertionError as error:
        return [b"AssertionError"]
    return [b"accepted"]


def do_length_exact(environ, start_response):
    ok(start_response, [("Content-Length", "6")])
    return iter([b"abc", b"def"])


def do_length_more(environ, start_response):
    ok(start_response, [("Content-Length", "5")])
    return Closing([b"abc", b"def", b"ghi"], "more")


def do_length_more_list(environ, start_response):
    ok(start_response, [("Content-Length", "5")])
    return [b"abcdefgh"]


def do_length_less(environ, start_response):
    ok(start_response, [("Content-Length", "50")])
    return [b"abc"]


def do_length_write(environ, start_response):
    write = ok(start_response, [("Content-Length", "3")])
    try:
        write(b"abcd")
    except AssertionError:
        errors_seen.append("write")
    return []


def do_no_content(environ, start_response):
    start_response("204 No Content", [("Content-Length", "0")])
    return [b"must not be sent"]


def do_not_modified(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"x"')])
    return [b"must not be sent"]


def do_endless(environ, start_response):
    ok(start_response)

    def blocks():
        try:
            while True:
                yield b"x" * 1000
        finally:
            closed.append("endless")

    return blocks()


def do_large(environ, start_response):
    ok(start_response)
    return [b"L" * 5000000]


def do_large_generator(environ, start_response):
    ok(start_response)
    return (bytes([65 + n]) * 300000 for n in range(10))


def do_many(environ, start_response):
    ok(start_response)
    return [b"%06d" % n for n in range(20000)]
