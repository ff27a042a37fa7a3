"""The module `mod_wsgi` as applications that were written for it find it here: what they ask before anything else.
Its version is that of the release whose names these are."""

import sys
import types

from addergate._files import FileWrapper

VERSION = (6, 0, 5)


class RequestTimeout(BaseException):
    """Raised in a request that takes too long; not an Exception, so that a bare `except Exception` does not catch
    it."""


def install(plan):
    """Puts the module where `import mod_wsgi` finds it first."""
    module = types.ModuleType("mod_wsgi", "What mod_wsgi's module offers, served by Addergate.")
    module.version = VERSION
    module.process_group = plan["process_group"]
    module.application_group = ""
    module.maximum_processes = plan["processes"]
    module.threads_per_process = plan["threads"]
    module.FileWrapper = FileWrapper
    module.RequestTimeout = RequestTimeout
    sys.modules["mod_wsgi"] = module
