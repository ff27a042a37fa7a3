"""The module `mod_wsgi` as applications that were written for it find it here: what they ask before anything else.
Its version is that of the release whose names these are."""

import sys
import types

from addergate import _events, _metrics
from addergate._files import FileWrapper

VERSION = (6, 0, 5)


class RequestTimeout(BaseException):
    """Raised in a request that takes too long; not an Exception, so that a bare `except Exception` does not catch
    it."""


def settle_timeout():
    """Called by C# in a thread that has a RequestTimeout pending, which ends this call. It is never that long."""
    for _ in range(1000000):
        pass


def install(plan):
    """Puts the module where `import mod_wsgi` finds it first."""
    module = types.ModuleType("mod_wsgi", "What mod_wsgi's module offers, served by Addergate.")
    module.version = VERSION
    module.process_group = plan["process_group"]
    module.application_group = ""
    module.maximum_processes = plan["processes"]
    module.threads_per_process = plan["threads"]
    module.server_metrics = _metrics.ServerMetrics(plan) if plan.get("server_metrics") else _metrics.unavailable
    module.FileWrapper = FileWrapper
    module.RequestTimeout = RequestTimeout
    module.event_callbacks = _events.event_callbacks
    module.shutdown_callbacks = _events.shutdown_callbacks
    module.subscribe_events = _events.subscribe_events
    module.subscribe_shutdown = _events.subscribe_shutdown
    sys.modules["mod_wsgi"] = module
