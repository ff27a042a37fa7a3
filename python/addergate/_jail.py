"""Shuts the process up in a directory (--chroot), once .NET is there: that needs /proc, and files of its own.

The right to do so, CAP_SYS_CHROOT, is the only one of root's that the process was started with. Rights are those of
threads: one alone keeps it, does it when it is told to, and ends. No thread of .NET or of the application has ever had it.
The root directory is that of all threads."""

import ctypes
import importlib
import os
import sys
import threading

from addergate import _reach
from addergate._control import StartFailure

_CAPABILITY_VERSION_3 = 0x20080522
_PR_SET_DUMPABLE = 4
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4

# Not of a worker, or of options that do not go together with this one.
_OTHERS = ("__init__", "bootstrap", "_coverage", "_profiler", "_recorder", "_service", "_sources", "_template", "_toml_reader")


class Jail:
    """Before any other thread is started. Raises StartFailure."""

    def __init__(self, root):
        self._root = root
        self._told = threading.Event()
        self._error = None
        _reach.check(root)
        # Workers that are inside already have the same user: until this one is too, they must not get at it.
        _call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)
        self._thread = threading.Thread(target=self._change, name="addergate-chroot", daemon=True)
        self._thread.start()
        _give_up_rights()

    def enter(self, package):
        """Before anything of the application is run. Raises StartFailure."""
        import _addergate

        # What is outside is out of reach afterwards.
        _addergate.open_files()
        for name in sorted(os.listdir(package)):
            module, extension = os.path.splitext(name)
            if extension == ".py" and module not in _OTHERS:
                importlib.import_module("addergate." + module)
        wanted = os.stat(self._root)
        self._told.set()
        self._thread.join()
        if self._error is not None:
            raise StartFailure(
                "The directory {} cannot be made the root directory: {}.".format(self._root, self._error.strerror)
            )
        found = os.stat("/")
        if (found.st_dev, found.st_ino) != (wanted.st_dev, wanted.st_ino) or _has_rights():
            raise StartFailure("The process is not held in {} as it should be.".format(self._root))
        _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)
        _rename(self._root)
        library = os.path.dirname(os.__file__)
        if not os.path.isdir(library):
            raise StartFailure(
                "There is no {1} in {0}, where Python looks for its library.\n"
                "Copy or bind-mount it to {0}{1}.".format(self._root, library)
            )

    def _change(self):
        self._told.wait()
        try:
            os.chroot(self._root)
            os.chdir("/")
        except OSError as error:
            self._error = error


def _rename(root):
    """What Python has found in the directory, a virtual environment for example, has another name from here on."""

    def inside(path):
        if not isinstance(path, str) or not (path + "/").startswith(root + "/"):
            return path
        return path[len(root):] or "/"

    for name in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix", "executable", "_base_executable"):
        if hasattr(sys, name):
            setattr(sys, name, inside(getattr(sys, name)))
    sys.path[:] = [inside(path) for path in sys.path]
    for module in list(sys.modules.values()):
        if isinstance(getattr(module, "__path__", None), list):
            module.__path__[:] = [inside(path) for path in module.__path__]
        if getattr(module, "__file__", None):
            module.__file__ = inside(module.__file__)
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()


def _give_up_rights():
    _call("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header, sets = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    _call("capset", header, sets)


def _has_rights():
    header, sets = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    _call("capget", header, sets)
    return any(sets)


def _call(name, *arguments):
    arguments = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in arguments]
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) != 0:
        raise StartFailure(
            "The process cannot be held in a directory: {} failed ({}).".format(name, os.strerror(ctypes.get_errno()))
        )
