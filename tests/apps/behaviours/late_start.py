"""Calls start_response in the iterable's first step, or never."""
import answers


def application(environ, start_response):
    case = answers.query(environ).get("case", "first_step")
    if case == "never":
        return [b"no head"]
    if case == "never_empty":
        return []
    return in_first_step(start_response)


def in_first_step(start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"one,"
    yield b"two"
