"""Answers with the request's body: what moving bytes in and out costs."""

import os


def application(environ, start_response):
    if environ["PATH_INFO"] == "/pid":
        body = b"%d" % os.getpid()
    else:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(body)))])
    return [body]
