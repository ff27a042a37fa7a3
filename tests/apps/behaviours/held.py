"""Says in a file named after this process that it runs, then waits until somebody writes to ?fifo=.

For tests that hold requests in several processes: what is counted inside one process cannot be asked for there.
"""
import os

import answers


def application(environ, start_response):
    query = answers.query(environ)
    pid = str(os.getpid())
    with open(os.path.join(query["directory"], pid), "w"):
        pass
    with open(query["fifo"], "rb", buffering=0) as fifo:
        fifo.read(1)
    return answers.text(start_response, pid)
