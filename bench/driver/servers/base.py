"""What the driver asks of a server."""

import os
from abc import ABC, abstractmethod
from dataclasses import dataclass

from ..applications import Application


@dataclass(frozen=True)
class Place:
    """Where and how large one run of a server is."""

    application: Application
    application_directory: str
    """Holds the application's module; readable by every user."""
    directory: str
    """An empty directory for the server's own files, readable by every user."""
    port: int
    processes: int
    threads: int
    connections: int

    def path(self, name: str) -> str:
        return os.path.join(self.directory, name)


class Server(ABC):
    name: str
    title: str
    keep_alive = True
    """Whether clients keep their connection; those that cannot are compared, but are no target."""

    def fits(self, processes: int) -> bool:
        """False for a server that cannot run with so many worker processes."""
        return True

    @abstractmethod
    def command(self, place: Place) -> "list[str]":
        """Writes what configuration it needs into the place, and gives what to run."""

    def environment(self) -> "dict[str, str]":
        return {}
