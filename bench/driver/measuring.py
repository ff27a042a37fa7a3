"""One round of one server: start, warm up, load, and read what it cost."""

import os
import tempfile
from dataclasses import asdict, dataclass

from . import memory, trees
from .applications import Application
from .load import Generator
from .running import RunningServer, free_port
from .servers import Place, Server


@dataclass(frozen=True)
class Shape:
    """What is the same for every server of a run."""

    processes: int
    threads: int
    connections: int
    generator_threads: int
    warm_up_seconds: int
    seconds: int


@dataclass(frozen=True)
class Round:
    requests_per_second: float
    p50_ms: float
    p90_ms: float
    p99_ms: float
    cpu_us_per_request: float
    """User and system time of the whole tree, ended children included."""
    tree_pss_mib: float
    worker_pss_mib: float
    worker_uss_mib: float
    worker_rss_mib: float
    bare_pss_mib: float
    processes: int
    """How many processes the tree had."""
    generator_cores: float
    server_cores: float
    other_cores: float
    """CPU that neither the server nor wrk used: somebody else's, and a reason to distrust the round."""

    def as_json(self) -> dict:
        return {name: round(value, 3) for name, value in asdict(self).items()}


def place_for(server: Server, application: Application, directory: str, shape: Shape) -> Place:
    """A fresh directory in the run's own, which every user may read: Apache's workers are another user."""
    own = tempfile.mkdtemp(prefix=server.name + "-", dir=directory)
    os.chmod(own, 0o755)
    return Place(
        application, os.path.join(directory, "apps"), own, free_port(), shape.processes, shape.threads,
        shape.connections)


def measure(server: Server, application: Application, directory: str, shape: Shape) -> Round:
    generator = Generator(directory, application, shape.connections, shape.generator_threads)
    with RunningServer(server, place_for(server, application, directory, shape)) as running:
        generator.warm_up(running.place.port, shape.warm_up_seconds)
        machine_before, cpu_before = trees.machine_busy_seconds(), trees.cpu_seconds(running.root)
        load = generator.measure(running.place.port, shape.seconds)
        cpu = trees.cpu_seconds(running.root) - cpu_before
        machine = trees.machine_busy_seconds() - machine_before
        members = trees.tree(running.root)
        workers = running.workers()
        with memory.BarePython(application, running.place.application_directory) as bare:
            tree_memory = [found for process in members if (found := memory.pss(process.pid))]
            worker_memory = [found for pid in workers if (found := memory.pss(pid))]
            bare_memory = memory.pss(bare)
    return Round(
        requests_per_second=load.requests / load.seconds,
        p50_ms=load.p50_ms,
        p90_ms=load.p90_ms,
        p99_ms=load.p99_ms,
        cpu_us_per_request=cpu / load.requests * 1e6,
        tree_pss_mib=sum(found["pss"] for found in tree_memory),
        worker_pss_mib=sum(found["pss"] for found in worker_memory) / len(worker_memory),
        worker_uss_mib=sum(found["uss"] for found in worker_memory) / len(worker_memory),
        worker_rss_mib=sum(found["rss"] for found in worker_memory) / len(worker_memory),
        bare_pss_mib=bare_memory["pss"],
        processes=len(members),
        generator_cores=load.generator_cpu_seconds / load.seconds,
        server_cores=cpu / load.seconds,
        other_cores=max(0.0, machine - cpu - load.generator_cpu_seconds) / load.seconds,
    )


def first_answer_seconds(server: Server, application: Application, directory: str, shape: Shape) -> float:
    """From starting the program to the last byte of the first answer, asked every 2 ms until there is one."""
    with RunningServer(server, place_for(server, application, directory, shape)) as running:
        return running.seconds_to_first_answer
