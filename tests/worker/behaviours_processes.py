"""Logs, forks, threads and processes."""

import os
import sys
import threading
import time

from behaviours_shared import Closing, ok


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
