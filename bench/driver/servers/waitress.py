"""waitress: one process by design."""

from .base import Place, Server


class Waitress(Server):
    name = "waitress"
    title = "waitress"

    def fits(self, processes: int) -> bool:
        return processes == 1

    def command(self, place: Place) -> "list[str]":
        return [
            "/usr/bin/waitress-serve",
            f"--listen=127.0.0.1:{place.port}",
            f"--threads={place.threads}",
            "--connection-limit=1024",
            f"{place.application.module}:application",
        ]
