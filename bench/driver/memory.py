"""Memory of processes, from smaps_rollup. MiB everywhere."""

import subprocess
import sys

from .applications import Application


def pss(pid: int) -> "dict[str, float] | None":
    """PSS (each shared page divided by its users), USS (private pages only) and RSS; None if the process is gone."""
    fields = {}
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            for line in file:
                name, _, rest = line.partition(":")
                if rest.endswith("kB\n"):
                    fields[name] = int(rest.split()[0]) / 1024
    except (FileNotFoundError, ProcessLookupError):
        return None
    if not fields:
        return None
    return {
        "pss": fields["Pss"],
        "uss": fields["Private_Clean"] + fields["Private_Dirty"],
        "rss": fields["Rss"],
    }


_BARE = """
import io, signal, sys
sys.path.insert(0, sys.argv[1])
application = __import__(sys.argv[2]).application
from wsgiref.util import setup_testing_defaults
environ = {"CONTENT_LENGTH": sys.argv[3]}
setup_testing_defaults(environ)
environ["HTTP_HOST"] = "127.0.0.1"
environ["wsgi.input"] = io.BytesIO(bytes(int(sys.argv[3])))
b"".join(application(environ, lambda status, headers, exc_info=None: None))
print("ready", flush=True)
signal.pause()
"""


class BarePython:
    """The same application in /usr/bin/python3 and nothing else: imported, and called once. A context manager that
    gives its pid. It runs while the worker is measured, so that both share the interpreter's pages with the same
    processes and the difference of their PSS is the server's part."""

    def __init__(self, application: Application, directory: str):
        self._arguments = [directory, application.module, str(len(application.request_body))]

    def __enter__(self) -> int:
        self._process = subprocess.Popen(
            ["/usr/bin/python3", "-B", "-c", _BARE, *self._arguments], stdout=subprocess.PIPE, start_new_session=True)
        if self._process.stdout.readline() != b"ready\n":
            sys.exit("bench: the application did not load in bare Python")
        return self._process.pid

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
