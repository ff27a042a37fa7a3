"""--dispatch-script: asks a script for each request which application serves it, as mod_wsgi's WSGIDispatchScript does, but
in the worker."""

import hashlib
import os
import sys
import threading

from addergate import _loader, _logs
from addergate._control import StartFailure

_NAMES = ("callable_object", "application_group")


class Dispatcher:
    """The WSGI callable that stands before the applications."""

    def __init__(self, path, module, application):
        """`module` and `application` are what ENTRY is. Raises StartFailure."""
        self._module = module
        self._application = application
        self._chosen = {}
        self._lock = threading.Lock()
        script = _loader.load_script(path, "__wsgi_dispatch__")
        self._callable_object, self._application_group = (getattr(script, name, None) for name in _NAMES)
        if self._callable_object is None and self._application_group is None:
            raise StartFailure("The dispatch script {} has no callable_object(environ).".format(path))
        if hasattr(script, "process_group"):
            _logs.send(
                _logs.WARNING,
                "",
                "process_group() of {} is not asked: a request has reached its process when a dispatch script "
                "runs.".format(path),
            )

    def __call__(self, environ, start_response):
        # A copy: what decides may look at the request, and must leave it as it is.
        asked = {key: value for key, value in environ.items() if key != "wsgi.input"}
        if self._application_group is not None:
            group = self._application_group(asked)
            if group is not None:
                environ["mod_wsgi.application_group"] = group
        choice = self._callable_object(asked) if self._callable_object is not None else None
        if choice is None:
            return self._application(environ, start_response)
        if callable(choice):
            return choice(environ, start_response)
        if not isinstance(choice, str):
            raise TypeError(
                "callable_object() of the dispatch script returned {!r}: it has to be None, a text or a callable".format(choice)
            )
        environ["mod_wsgi.callable_object"] = choice.rpartition(":")[2]
        return self._find(choice)(environ, start_response)

    def _find(self, choice):
        """What a text of callable_object() means. It is loaded by the first request that asks for it; one that fails is
        tried again by the next."""
        found = self._chosen.get(choice)
        if found is None:
            with self._lock:
                found = self._chosen.get(choice)
                if found is None:
                    try:
                        found = self._chosen[choice] = self._load(choice)
                    except StartFailure as failure:
                        raise LookupError(
                            "The dispatch script chose {!r}, which is not there. {}".format(choice, failure)
                        ) from None
        return found

    def _load(self, choice):
        place, _, name = choice.rpartition(":")
        if not place:
            if self._module is None:
                raise StartFailure("ENTRY is no Python module, so {} cannot be in it.".format(name))
            return _loader.find_callable(self._module, self._module.__name__, name)
        if "/" not in place and not place.endswith((".py", ".wsgi")):
            return _loader.find_callable(_loader.load_module(place), place, name)
        path = os.path.abspath(place)
        # As mod_wsgi names the modules of its scripts. Two callables of one script share its module.
        module_name = "_mod_wsgi_" + hashlib.md5(os.fsencode(path), usedforsecurity=False).hexdigest()
        module = sys.modules.get(module_name)
        if module is None:
            try:
                module = _loader.load_script(path, module_name)
            except StartFailure:
                sys.modules.pop(module_name, None)
                raise
        return _loader.find_callable(module, path, name)
