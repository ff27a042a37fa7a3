"""uWSGI with its own HTTP, in both of its forms."""

from .base import Place, Server


class _Uwsgi(Server):
    def command(self, place: Place) -> "list[str]":
        return [
            "/usr/bin/uwsgi-core",
            "--plugin", "python3",
            *self._listen(place),
            "--master",
            "--lazy-apps",
            "--need-app",
            "--die-on-term",
            "--processes", str(place.processes),
            "--threads", str(place.threads),
            "--listen", "1024",
            "--disable-logging",
            "--chdir", place.application_directory,
            "--module", f"{place.application.module}:application",
        ]

    def _listen(self, place: Place) -> "list[str]":
        raise NotImplementedError


class UwsgiHttpSocket(_Uwsgi):
    """Workers speak HTTP themselves; one request a connection, which has to be said in a header or clients that would
    keep the connection count an error each."""

    name = "uwsgi-http-socket"
    title = "uWSGI --http-socket"
    keep_alive = False

    def _listen(self, place: Place) -> "list[str]":
        return ["--http-socket", f"127.0.0.1:{place.port}", "--add-header", "Connection: close"]


class UwsgiHttp(_Uwsgi):
    """A router process in front of the workers, which keeps client connections."""

    name = "uwsgi-http"
    title = "uWSGI --http (router)"

    def _listen(self, place: Place) -> "list[str]":
        return ["--plugin", "http", "--http", f"127.0.0.1:{place.port}", "--http-keepalive=75"]
