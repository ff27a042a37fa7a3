"""A few bytes: what the server itself costs per request."""

import os

BODY = b"Hello, World!\n"


def application(environ, start_response):
    body = BODY
    if environ["PATH_INFO"] == "/pid":
        body = b"%d" % os.getpid()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
