"""Children of every kind: none may upset the worker, and the worker must not upset them."""
import multiprocessing
import os
import signal
import subprocess
import sys

import answers


def square(number):
    return number * number


def sleeper():
    signal.pause()


def application(environ, start_response):
    kind = answers.query(environ)["kind"]
    return answers.text(start_response, globals()[kind]())


def fork():
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"from the child")
        os._exit(7)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        text = stream.read().decode("ascii")
    return "%s, status %d" % (text, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def run():
    done = subprocess.run([sys.executable, "-c", "print(6 * 7)"], stdout=subprocess.PIPE, check=True)
    return done.stdout.decode("ascii").strip()


def pool():
    with multiprocessing.get_context("fork").Pool(2) as workers:
        return str(workers.map(square, [1, 2, 3]))


def terminate():
    child = multiprocessing.get_context("fork").Process(target=sleeper)
    child.start()
    child.terminate()
    child.join(30)
    return "ended by %d" % -child.exitcode
