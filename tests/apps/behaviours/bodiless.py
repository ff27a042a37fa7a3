"""?status= with a body all the same, and with a Content-Length if ?length= is given."""
import answers
import ledger

TEXTS = {"200": "200 OK", "204": "204 No Content", "304": "304 Not Modified", "205": "205 Reset Content"}


def application(environ, start_response):
    query = answers.query(environ)
    headers = [] if query["status"] in ("204", "304") else [("Content-Type", "text/plain")]
    if "length" in query:
        headers.append(("Content-Length", query["length"]))
    if "etag" in query:
        headers.append(("ETag", '"' + query["etag"] + '"'))
    start_response(TEXTS[query["status"]], headers)
    if "name" in query:
        return ledger.Closing(query["name"], [b"body,", b"body"])
    return [b"body"] if query.get("kind") != "generator" else (item for item in [b"bo", b"dy"])
