"""One server for all the small applications: the first segment of the path names the module under behaviours/.

/NAME/… runs it as it is, /validated/NAME/… under wsgiref.validate. The environ is passed on untouched. Every request
that gets this far is counted first, so that a test can tell that one never did.
"""
import importlib
from wsgiref.validate import validator

import ledger


def application(environ, start_response):
    segments = environ["PATH_INFO"].split("/")
    name = segments[1] if len(segments) > 1 else ""
    if name != "ledger":
        ledger.add("requests")
        ledger.add("requests" + environ["PATH_INFO"])
    if name == "validated":
        return validator(find(segments[2]))(environ, start_response)
    return find(name)(environ, start_response)


def find(name):
    if not name.isidentifier():
        return not_found
    try:
        return importlib.import_module("behaviours." + name).application
    except ModuleNotFoundError:
        return not_found


def not_found(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"no such application\n"]
