"""wsgi.file_wrapper over a file of ?size= zero bytes that takes no time to make."""
import tempfile

import answers


def application(environ, start_response):
    size = int(answers.query(environ)["size"])
    file = tempfile.TemporaryFile()
    file.truncate(size)
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(size))])
    return environ["wsgi.file_wrapper"](file)
