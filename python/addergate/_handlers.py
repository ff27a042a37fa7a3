"""--add-handler: scripts that answer for files below the document root. The front end finds the file, and names it and the
script in the environ (Addergate.AspNetCore, Files/Handlers)."""

import os

from addergate import _loader
from addergate._control import StartFailure

_SCRIPT = "mod_wsgi.handler_script"


class FileHandlers:
    """The application for what is no such file, and the scripts for what is."""

    def __init__(self, application, scripts):
        """Raises StartFailure."""
        self._application = application
        self._handlers = {_native(path): _load(path) for path in scripts}

    def __call__(self, environ, start_response):
        script = environ[_SCRIPT]
        if not script:
            return self._application(environ, start_response)
        # As with mod_wsgi, names of files are as open() takes them; all else is one character a byte.
        for key in ("SCRIPT_FILENAME", _SCRIPT):
            environ[key] = os.fsdecode(environ[key].encode("latin-1"))
        environ["mod_wsgi.callable_object"] = "handle_request"
        return self._handlers[script](environ, start_response)


def _load(path):
    # The name that mod_wsgi-express gives it; several scripts must not be one module.
    name = "".join(letter if letter.isalnum() else "_" for letter in os.path.basename(path))
    module = _loader.load_script(path, "__wsgi_resource_{}__".format(name))
    for name in ("handle_request", "application"):
        found = getattr(module, name, None)
        if callable(found):
            return found
    raise StartFailure(
        "The handler script {} has no handle_request(environ, start_response), and no application.".format(path)
    )


def _native(path):
    """As the front end's bytes arrive in an environ."""
    return os.fsencode(path).decode("latin-1")
