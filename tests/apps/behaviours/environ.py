"""The environ as JSON: strings as they are, and of everything else its type's name."""
import sys

import answers


def application(environ, start_response):
    strings, others, types = {}, {}, {}
    for key, value in environ.items():
        types[key] = type(value).__name__
        if type(value) is str:
            strings[key] = value
        elif type(value) in (bool, int, float, tuple, list):
            others[key] = value
        else:
            others[key] = "<" + type(value).__name__ + ">"
    problems = []
    if type(environ) is not dict:
        problems.append("environ is a " + type(environ).__name__)
    for key, value in strings.items():
        if type(key) is not str:
            problems.append("a key is a " + type(key).__name__)
        try:
            value.encode("latin-1")
        except UnicodeEncodeError:
            # PEP 3333 speaks of CGI variables; file names among the extras use the file system's encoding.
            if key.startswith(("HTTP_", "REQUEST_", "PATH_", "QUERY_", "CONTENT_", "SERVER_", "REMOTE_")):
                problems.append(key + " is not Latin-1")
    environ["addergate.tests"] = object()
    del environ["addergate.tests"]
    environ["wsgi.url_scheme"] = "changed"
    return answers.as_json(start_response, {
        "strings": strings, "others": others, "types": types, "problems": problems,
        "python": sys.version.split()[0], "executable": sys.executable, "prefix": sys.prefix,
    })
