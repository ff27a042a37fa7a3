"""SHA-256 and size of the body."""
import hashlib

import answers


def application(environ, start_response):
    digest, size = hashlib.sha256(), 0
    while True:
        block = environ["wsgi.input"].read(262144)
        if not block:
            break
        digest.update(block)
        size += len(block)
    return answers.text(start_response, "%s %d" % (digest.hexdigest(), size))
