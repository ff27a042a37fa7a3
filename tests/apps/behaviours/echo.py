"""Sends the request's body back, a block at a time."""


def application(environ, start_response):
    headers = [("Content-Type", environ.get("CONTENT_TYPE") or "application/octet-stream")]
    if environ.get("CONTENT_LENGTH"):
        headers.append(("Content-Length", environ["CONTENT_LENGTH"]))
    start_response("200 OK", headers)
    read = environ["wsgi.input"].read
    return iter(lambda: read(65536), b"")
