"""gunicorn with threads."""

from .base import Place, Server


class Gunicorn(Server):
    name = "gunicorn-gthread"
    title = "gunicorn gthread"

    def command(self, place: Place) -> "list[str]":
        return [
            "/usr/bin/gunicorn",
            "--worker-class", "gthread",
            "--workers", str(place.processes),
            "--threads", str(place.threads),
            "--keep-alive", "75",
            "--bind", f"127.0.0.1:{place.port}",
            "--log-level", "warning",
            "--chdir", place.application_directory,
            f"{place.application.module}:application",
        ]
