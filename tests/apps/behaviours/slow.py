"""Takes its time: ?seconds= of waiting as for a database; /slow/begun after its head and a first block."""
import time

import answers


def application(environ, start_response):
    seconds = float(answers.query(environ).get("seconds", "1"))
    if environ["PATH_INFO"].endswith("/begun"):
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "10")])
        return _halves(seconds)
    time.sleep(seconds)
    return answers.text(start_response, "done")


def _halves(seconds):
    yield b"first"
    time.sleep(seconds)
    yield b"later"
