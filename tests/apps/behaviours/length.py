"""Declares ?declared= bytes and yields ?sent= of them, in pieces of ?piece=."""
import answers


def application(environ, start_response):
    query = answers.query(environ)
    sent, piece = int(query["sent"]), int(query.get("piece", "10"))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", query["declared"])])
    return (b"x" * min(piece, sent - at) for at in range(0, sent, piece))
