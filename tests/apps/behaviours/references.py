"""Counts that grow when something is not given back: asked for before and after many requests, compared by a test."""
import gc
import sys
import threading

import answers

_MARK = "a string that only this module has"


def application(environ, start_response):
    gc.collect()
    return answers.as_json(start_response, {
        "blocks": sys.getallocatedblocks(),
        "objects": len(gc.get_objects()),
        "threads": threading.active_count(),
        "interned": sys.getrefcount(sys.intern("REQUEST_METHOD")),
        "none": sys.getrefcount(None),
        "application": sys.getrefcount(application),
        "environ": sys.getrefcount(environ),
        "start_response": sys.getrefcount(start_response),
        "input": sys.getrefcount(environ["wsgi.input"]),
        "errors_type": sys.getrefcount(type(environ["wsgi.errors"])),
        "mark": sys.getrefcount(_MARK),
    })
