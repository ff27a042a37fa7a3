"""This server, from a published layout."""

import os

from .base import Place, Server


class Addergate(Server):
    def __init__(self, layout: str, name: str = "addergate", title: str = "Addergate"):
        self.name = name
        self.title = title
        self.layout = os.path.abspath(layout)

    @property
    def program(self) -> str:
        return os.path.join(self.layout, "addergate")

    def command(self, place: Place) -> "list[str]":
        return [
            self.program, "start-server", place.application.script,
            "--host", "127.0.0.1",
            "--port", str(place.port),
            "--processes", str(place.processes),
            "--threads", str(place.threads),
            "--python", "/usr/bin/python3",
            "--working-directory", place.application_directory,
        ]
