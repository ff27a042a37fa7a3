"""Waits for its gate, then answers: holds a slot for as long as a test wants it."""
import os

import answers
import ledger


def application(environ, start_response):
    name = answers.query(environ)["name"]
    ledger.add(name + ".entered")
    ledger.gate(name).wait(120)
    return answers.text(start_response, "%d" % os.getpid())
