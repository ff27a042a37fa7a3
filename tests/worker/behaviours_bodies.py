"""Bodies of requests, and files as responses."""

import io
import os
import tempfile

from behaviours_shared import closed, kept, ok


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
