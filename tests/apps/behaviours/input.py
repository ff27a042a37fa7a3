"""Reads wsgi.input as ?how= says and shows what came: a JSON list of Latin-1 strings.

how is a list of steps: read, read:N, readline, readline:N, readlines, readlines:N, iterate, next; a step may be
repeated as STEP*N. Under wsgiref.validate read takes exactly one argument, so `read` there is `read:-1`.
"""
import answers


def application(environ, start_response):
    stream = environ["wsgi.input"]
    seen = []
    for step in answers.query(environ).get("how", "read:-1").split(","):
        step, _, times = step.partition("*")
        name, _, argument = step.partition(":")
        for _ in range(int(times or 1)):
            seen.extend(take(stream, name, [int(argument)] if argument else []))
    assert all(type(item) is bytes for item in seen), [type(item) for item in seen]
    return answers.as_json(start_response, [item.decode("latin-1") for item in seen])


def take(stream, name, arguments):
    if name == "iterate":
        return list(iter(stream))
    if name == "next":
        return [next(iter(stream), b"<end>")]
    result = getattr(stream, name)(*arguments)
    return result if isinstance(result, list) else [result]
