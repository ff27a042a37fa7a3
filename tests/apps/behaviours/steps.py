"""Yields an item, then waits for its gate before it makes the next: each must be with the client by then."""
import answers
import ledger


def application(environ, start_response):
    query = answers.query(environ)
    headers = [("Content-Type", "text/plain")]
    if "length" in query:
        headers.append(("Content-Length", query["length"]))
    start_response("200 OK", headers)
    for number in range(3):
        yield b"item%d" % number
        ledger.gate("%s%d" % (query["name"], number)).wait(60)
