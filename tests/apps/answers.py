"""What most of the small applications end with."""
import json
from urllib.parse import parse_qs


def text(start_response, body, status="200 OK", headers=()):
    if isinstance(body, str):
        body = body.encode("utf-8")
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))] + list(headers))
    return [body]


def as_json(start_response, value, status="200 OK"):
    body = json.dumps(value, sort_keys=True).encode("ascii")
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def query(environ):
    """The query string as a dict of single strings."""
    return {key: values[0] for key, values in parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True).items()}
