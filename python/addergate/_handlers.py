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
        names = [os.path.basename(path) for path in scripts]
        self._handlers = {
            _native(path): _load(path, path if names.count(name) > 1 else name) for path, name in zip(scripts, names)
        }

    def __call__(self, environ, start_response):
        script = environ[_SCRIPT]
        if not script:
            return self._application(environ, start_response)
        # As with mod_wsgi, names of files are as open() takes them; all else is one character a byte.
        for key in ("SCRIPT_FILENAME", _SCRIPT):
            environ[key] = os.fsdecode(environ[key].encode("latin-1"))
        environ["mod_wsgi.callable_object"] = "handle_request"
        return self._handlers[script](environ, start_response)


def _load(path, name):
    """The module has the name that mod_wsgi-express gives it; scripts of one name in several directories must not be one."""
    letters = "".join(letter if letter.isalnum() else "_" for letter in name)
    module = _loader.load_script(path, "__wsgi_resource_{}__".format(letters))
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
