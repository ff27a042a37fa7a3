"""Reads ?bytes= of the body (none unless given), leaves the rest and answers."""
import answers


def application(environ, start_response):
    size = int(answers.query(environ).get("bytes", "0"))
    data = environ["wsgi.input"].read(size) if size else b""
    return answers.text(start_response, "read %d" % len(data))
