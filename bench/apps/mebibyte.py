"""One response of 1 MiB in one item: what moving bytes out costs."""

import os

BODY = b"0123456789abcdef" * 65536


def application(environ, start_response):
    body = BODY
    if environ["PATH_INFO"] == "/pid":
        body = b"%d" % os.getpid()
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(body)))])
    return [body]
