"""One WSGI application for every behaviour that test_worker.py looks at: the path names the function."""

import io
import os
import sys
import tempfile
import threading
import time

closed = []
errors_seen = []
kept = {}


def application(environ, start_response):
    return globals()["do_" + environ["PATH_INFO"].strip("/")](environ, start_response)


def ok(start_response, headers=(), status="200 OK"):
    return start_response(status, [("Content-Type", "text/plain")] + list(headers))


class Closing:
    """An iterable that counts its close() calls."""

    def __init__(self, items, name="x", length=None):
        self.items = iter(items)
        self.name = name

    def __iter__(self):
        return self

    def __next__(self):
        item = next(self.items)
        if isinstance(item, BaseException):
            raise item
        return item

    def close(self):
        closed.append(self.name)


class Sized(Closing):
    def __len__(self):
        return 1


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


def do_echo(environ, start_response):
    ok(start_response)
    return [environ["wsgi.input"].read()]


def do_echo_blocks(environ, start_response):
    ok(start_response)
    return iter(lambda: environ["wsgi.input"].read(70001), b"")


def do_lines(environ, start_response):
    body = environ["wsgi.input"]
    ok(start_response)
    how = environ["QUERY_STRING"]
    if how == "readline":
        lines = list(iter(body.readline, b""))
    elif how == "readline5":
        lines = list(iter(lambda: body.readline(5), b""))
    elif how == "readlines":
        lines = body.readlines()
    elif how == "hint":
        lines = body.readlines(1)
    elif how == "iterate":
        lines = list(body)
    elif how == "read7":
        lines = list(iter(lambda: body.read(7), b""))
    elif how == "read0":
        lines = [body.read(0), body.read(), body.read(), body.read(5)]
    return [repr(lines).encode()]


def do_ignore_body(environ, start_response):
    ok(start_response)
    return [b"ignored"]


def do_read_failing(environ, start_response):
    try:
        environ["wsgi.input"].read()
    except OSError as error:
        first = type(error).__name__
        try:
            environ["wsgi.input"].read()
        except OSError as error:
            first += " " + str(error)
        ok(start_response)
        return [first.encode()]
    ok(start_response)
    return [b"complete"]


def do_read_raises(environ, start_response):
    environ["wsgi.input"].read()


def do_keep(environ, start_response):
    kept.update(start=start_response, write=ok(start_response), input=environ["wsgi.input"])
    return [b"kept"]


def do_use_kept(environ, start_response):
    ok(start_response)
    results = []
    for call in (lambda: kept["start"]("200 OK", []), lambda: kept["write"](b"x"), lambda: kept["input"].read()):
        try:
            call()
            results.append("worked")
        except Exception as error:
            results.append(type(error).__name__)
    return [",".join(results).encode()]


def _file(content):
    file = tempfile.NamedTemporaryFile(delete=False)
    file.write(content)
    file.close()
    handle = open(file.name, "rb")
    os.unlink(file.name)
    return handle


class Watched(io.BytesIO):
    def close(self):
        closed.append("watched")
        super().close()


def do_file(environ, start_response):
    handle = _file(b"0123456789" * 100000)
    handle.seek(5)
    query = environ["QUERY_STRING"]
    headers = [("Content-Length", query)] if query else []
    ok(start_response, headers)
    kept["file"] = handle
    return environ["wsgi.file_wrapper"](handle, 1000)


def do_file_closed(environ, start_response):
    ok(start_response)
    return [str(kept["file"].closed).encode()]


def do_file_raw(environ, start_response):
    ok(start_response)
    handle = _file(b"raw file")
    raw = open(os.dup(handle.fileno()), "rb", buffering=0)
    raw.seek(2)
    return environ["wsgi.file_wrapper"](raw)


def do_file_memory(environ, start_response):
    ok(start_response)
    return environ["wsgi.file_wrapper"](Watched(b"memory" * 1000))


def do_file_gzip(environ, start_response):
    import gzip

    ok(start_response)
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb") as packed:
        packed.write(b"unpacked")
    handle = _file(buffer.getvalue())
    return environ["wsgi.file_wrapper"](gzip.GzipFile(fileobj=handle))


def do_file_wrapped(environ, start_response):
    ok(start_response)
    return (block.upper() for block in environ["wsgi.file_wrapper"](io.BytesIO(b"wrapped")))


def do_file_pipe(environ, start_response):
    ok(start_response)
    read, write = os.pipe()
    os.write(write, b"piped")
    os.close(write)
    return environ["wsgi.file_wrapper"](os.fdopen(read, "rb"))


def do_file_temporary(environ, start_response):
    ok(start_response)
    file = tempfile.NamedTemporaryFile()
    file.write(b"temporary")
    file.seek(4)
    return environ["wsgi.file_wrapper"](file)


def do_errors(environ, start_response):
    errors = environ["wsgi.errors"]
    errors.write("line one\nline two\n")
    errors.write("partial ")
    errors.write("joined\n")
    print("printed", file=errors)
    errors.writelines(["a\n", "b\n"])
    errors.buffer.write(bytearray(b"bytes \xff\n"))
    errors.buffer.writelines([memoryview(b"view\n")])
    errors.write("flushed")
    errors.flush()
    errors.write("\u20ac\n")
    sys.stdout.write("to stdout\n")
    sys.stderr.write("to stderr\n")
    ok(start_response)
    return [b"logged"]


def do_fork(environ, start_response):
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        results = []
        try:
            start_response("200 OK", [])
            results.append("started")
        except OSError:
            results.append("OSError")
        environ["wsgi.errors"].write("from the child\n")
        results.append(str(sorted(int(n) for n in os.listdir("/proc/self/fd") if _is_socket(n))))
        os.write(write, " ".join(results).encode())
        os._exit(7)
    os.close(write)
    report = os.read(read, 1000)
    os.close(read)
    status = os.waitpid(pid, 0)[1]
    ok(start_response)
    return [report + b" exit %d" % (status >> 8)]


def do_fork_returns(environ, start_response):
    pid = os.fork()
    if pid == 0:
        return [b"child"]
    status = os.waitpid(pid, 0)[1]
    ok(start_response)
    return [b"exit %d" % status]


def do_multiprocessing(environ, start_response):
    import multiprocessing

    process = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    process.start()
    process.terminate()
    process.join(10)
    ok(start_response)
    return [str(process.exitcode).encode()]


def _is_socket(number):
    try:
        return os.readlink("/proc/self/fd/" + number).startswith("socket:")
    except OSError:
        return False


def do_thread(environ, start_response):
    ok(start_response)
    thread = threading.current_thread()
    return [
        "{} {} {}".format(
            thread.name, threading.main_thread() is not thread, sorted(t.name for t in threading.enumerate())
        ).encode()
    ]


def do_sleep(environ, start_response):
    time.sleep(float(environ["QUERY_STRING"]))
    ok(start_response)
    return [b"slept"]


def do_process(environ, start_response):
    ok(start_response)
    names = [name for name in os.environ if name.startswith(("DOTNET_", "NOTIFY_", "LISTEN_"))]
    return [repr((names, sys.path[:3], os.getcwd(), sys.argv, "addergate" in sys.modules)).encode()]


def do_mod_wsgi(environ, start_response):
    import mod_wsgi

    ok(start_response)
    return [
        repr(
            (mod_wsgi.version, mod_wsgi.process_group, mod_wsgi.application_group, mod_wsgi.maximum_processes,
             mod_wsgi.threads_per_process, mod_wsgi.FileWrapper is environ["wsgi.file_wrapper"],
             issubclass(mod_wsgi.RequestTimeout, BaseException))
        ).encode()
    ]


def do_blocks(environ, start_response):
    import gc

    gc.collect()
    ok(start_response)
    return [b"%d" % sys.getallocatedblocks()]


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
    return do_sleep(environ, start_response)


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


def do_errors_partial(environ, start_response):
    environ["wsgi.errors"].write("no newline")
    ok(start_response)
    return [b"logged"]


def do_errors_partial_in_close(environ, start_response):
    class Body(Closing):
        def close(self):
            environ["wsgi.errors"].write("from close")

    ok(start_response)
    return Body([b"logged"])
