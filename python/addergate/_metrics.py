"""mod_wsgi.server_metrics(): what the processes of the server do, as mod_wsgi tells it of Apache's scoreboard. In a worker
C# asks the supervisor, without the GIL; a service asks it here."""

import json
import os
import time

from addergate import _control


class ServerMetrics:
    """The function, where --server-metrics allows it. Of the requests of other applications, and of query strings,
    nothing is told."""

    def __init__(self, plan):
        self._plan = plan
        self._process = os.getpid()

    def __call__(self):
        """None when the server does not answer in time, and in a forked child."""
        if "service" in self._plan:
            # A child that a service forked has the same socket, and would take the answers of others.
            answer = _control.ask_status() if os.getpid() == self._process else None
        else:
            try:
                import _addergate

                answer = _addergate.ask_status()
            except (ImportError, OSError):
                answer = None
        return None if answer is None else _describe(json.loads(answer), time.time())


def unavailable():
    """In place of it: mod_wsgi has it return None."""
    return None


def _describe(answer, now):
    server = answer["server"]
    threads = {worker["pid"]: worker["threads"] for worker in answer["threads"]}
    workers = [process for process in server["processes"] if process["role"] == "worker"]
    age = server["processes"][0]["age_seconds"]
    return {
        "server_limit": len(workers),
        "thread_limit": max((worker["threads"] for worker in workers), default=0),
        "running_generation": server["generation"],
        "restart_time": now - age,
        "current_time": now,
        "running_time": int(age),
        "processes": [_process(number, worker, threads.get(worker["pid"], ())) for number, worker in enumerate(workers)],
    }


def _process(number, worker, threads):
    known = {thread["thread"]: thread for thread in threads}
    return {
        "process_num": number,
        "pid": worker["pid"],
        "generation": worker["generation"],
        "quiescing": worker["state"] in ("draining", "stopping"),
        "workers": [_thread(index, worker, known.get(index)) for index in range(worker["threads"])],
    }


def _thread(index, worker, thread):
    started = thread.get("started", 0.0) if thread else 0.0
    busy = thread is not None and thread["busy"]
    return {
        "thread_num": index,
        "generation": worker["generation"],
        "status": _status(worker, thread),
        "access_count": thread["count"] if thread else 0,
        # Nobody counts them by thread.
        "bytes_served": 0,
        "start_time": started,
        "stop_time": 0.0 if busy else started,
        "last_used": started,
        "client": thread.get("client", "") if thread else "",
        "request": thread.get("request", "") if thread else "",
        "vhost": thread.get("vhost", "") if thread else "",
    }


def _status(worker, thread):
    """As in Apache's scoreboard: starting, no thread, finishing gracefully, writing, waiting."""
    if worker["state"] == "starting":
        return "S"
    if thread is None:
        return "."
    if thread["busy"]:
        return "G" if worker["state"] == "draining" else "W"
    return "_"
