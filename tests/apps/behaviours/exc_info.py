"""start_response with exc_info, before and after the head is out."""
import sys

import answers
import ledger


def application(environ, start_response):
    query = answers.query(environ)
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-First", "1")])
    try:
        raise KeyError("first thought")
    except KeyError:
        if query["when"] == "before":
            start_response("500 Oops", [("Content-Type", "text/plain"), ("X-Second", "1")], sys.exc_info())
            return [b"replaced"]
    return after_head(start_response, query["name"])


def after_head(start_response, name):
    yield b"the head is out"
    try:
        raise KeyError("too late")
    except KeyError:
        try:
            start_response("500 Oops", [("Content-Type", "text/plain")], sys.exc_info())
        except KeyError as error:
            ledger.add(name + (".reraised" if "too late" in str(error) else ".other"))
            raise
    yield b"never"
