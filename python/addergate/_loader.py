"""Finds and loads the application that the plan names."""

import importlib
import os
import site
import sys
import types
import urllib.parse

from addergate import _ownership
from addergate._control import StartFailure


def load(application):
    """Prepares the path as the plan says and returns the WSGI callable, with the scripts beside it around it.

    Raises StartFailure with a reason for people: a line or two, or the application's own traceback."""
    _ownership.require(application.get("script_user"), application.get("script_group"))
    prepare_path(application)
    module, found = _load_entry(application)
    if application.get("dispatch_script"):
        from addergate import _dispatch

        found = _dispatch.Dispatcher(application["dispatch_script"], module, found)
    if application.get("handlers"):
        from addergate import _handlers

        found = _handlers.FileHandlers(found, application["handlers"])
    return found


def _load_entry(application):
    """The module that ENTRY is, and the callable in it."""
    entry = application["entry"]
    kind = application["type"].lower()
    if kind == "welcome":
        from addergate import welcome

        return welcome, welcome.application
    if kind == "access":
        from addergate import _access

        return None, _access.load(application["access"])
    if kind == "static":
        return None, _not_found
    sys.argv = [entry]
    if kind == "paste":
        return None, _load_paste(entry)
    if kind == "script":
        module = load_script(entry)
    else:
        module = load_module(entry)
    return module, find_callable(module, entry, application["callable"])


def prepare_path(application):
    """Enters the application's working directory and makes its modules importable.

    Raises StartFailure."""
    working_directory = application["working_directory"]
    try:
        os.chdir(working_directory)
    except OSError as error:
        raise StartFailure(
            "The working directory {} cannot be used: {}.".format(working_directory, error.strerror)
        ) from None

    # As with mod_wsgi: .pth files in these directories count, and what they add goes in front.
    before = list(sys.path)
    for directory in application["python_path"]:
        site.addsitedir(directory)
        if directory not in sys.path:
            sys.path.append(directory)
    added = [entry for entry in sys.path if entry not in before]
    sys.path[:] = [working_directory] + added + [entry for entry in before if entry != working_directory]


def load_script(path, name="__wsgi__"):
    """Runs a file of any extension as a module."""
    try:
        with open(path, "rb") as file:
            _ownership.check(path, os.fstat(file.fileno()))
            source = file.read()
    except OSError as error:
        raise StartFailure("The script {} cannot be read: {}.".format(path, error.strerror)) from None
    module = types.ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    with _Failures("loading {}".format(path)):
        # No bytecode is cached: app.wsgi and app.py would get the same cache file.
        exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)
    return module


def load_module(name):
    with _Failures("importing {}".format(name)):
        try:
            _ownership.check_module(name)
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name is None or not (name + ".").startswith(error.name + "."):
                raise
            missing = error.name
    raise StartFailure(
        "The module {} was not found{}.\nIt was looked for in {}; --working-directory and --python-path name other "
        "places.".format(name, "" if missing == name else " (there is no {})".format(missing), ", ".join(sys.path[:3]))
    )


def _load_paste(entry):
    """The application that a configuration of PasteDeploy describes: FILE#NAME."""
    try:
        from paste.deploy import loadapp
    except ImportError:
        raise StartFailure(
            "{} is read by the package PasteDeploy, which {} does not have.\n"
            "Install it there: pip install PasteDeploy".format(entry, sys.executable)
        ) from None
    path, _, name = entry.rpartition("#")
    with _Failures("loading {}".format(entry)):
        return loadapp("config:{}#{}".format(urllib.parse.quote(path), name))


def _not_found(environ, start_response):
    """Where there are only files, which the front end serves."""
    start_response("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return []


def find_callable(module, entry, expression):
    """Takes `name`, `name.attribute` or the factory call `name()` from a module."""
    is_factory = expression.endswith("()")
    name = expression[:-2] if is_factory else expression
    found = module
    for part in name.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            raise StartFailure(
                "{} has no {}.\n{}".format(entry, name, _suggestion(module, name))
            ) from None
    if is_factory:
        if not callable(found):
            raise StartFailure("{}:{} is no function: it is {}.".format(entry, name, _describe(found)))
        with _Failures("calling {}:{}".format(entry, expression)):
            found = found()
    if not callable(found):
        raise StartFailure(
            "{}:{} is not callable: it is {}.\nA WSGI application is called with (environ, start_response); "
            "--callable-object names it.".format(entry, expression, _describe(found))
        )
    return found


def _suggestion(module, name):
    others = [
        key
        for key, value in vars(module).items()
        if callable(value) and not key.startswith("_") and not isinstance(value, type)
    ]
    if others:
        return "It has {}; --callable-object says which one is the application.".format(", ".join(others[:8]))
    return "Define it there, or name another object with --callable-object."


def _describe(value):
    text = repr(value)
    return "{} ({})".format(text if len(text) <= 60 else text[:57] + "...", type(value).__name__)


class _Failures:
    """Turns whatever the application raises while it loads into a StartFailure with its traceback. BaseException
    too: a script that calls sys.exit() has not loaded."""

    def __init__(self, doing):
        self._doing = doing

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is None or isinstance(error, StartFailure):
            return False
        from addergate import _logs

        if isinstance(error, SystemExit):
            reason = "The application called sys.exit({}) while {}.".format(
                "" if error.code is None else repr(error.code), self._doing
            )
        else:
            reason = "The application failed while {}.".format(self._doing)
        raise StartFailure("{}\n{}".format(reason, _logs.format_exception(error, trace))) from None
