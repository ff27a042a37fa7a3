"""Loads the .NET runtime of the published layout into this process."""

import ctypes
import os
import resource
import sys

from addergate._control import StartFailure

_ERROR_SIZE = 4096


def load(layout):
    """Starts the runtime in a folder and makes the module `_addergate` importable.

    Raises StartFailure."""
    path = os.path.join(layout, "libcoreclr.so")
    try:
        coreclr = ctypes.CDLL(path)
    except OSError as error:
        raise StartFailure(
            "The .NET runtime could not be loaded into {}: {}\n"
            "Is the installation in {} complete, and are libstdc++ and libgcc there?".format(
                sys.executable, error, layout
            )
        ) from None

    assemblies = [entry.path for entry in os.scandir(layout) if entry.name.endswith(".dll")]
    properties = {
        "TRUSTED_PLATFORM_ASSEMBLIES": ":".join(assemblies),
        "NATIVE_DLL_SEARCH_DIRECTORIES": layout + "/:",
        "APP_CONTEXT_BASE_DIRECTORY": layout + "/",
        "System.GC.Server": "false",
        "System.GC.Concurrent": "false",
        "System.Globalization.Invariant": "true",
        "System.Runtime.TieredCompilation.BackgroundWorkerTimeoutMs": "0",
    }
    # The runtime raises the soft limit of open files to the hard one; with more than 1024 of them select() fails, and
    # that is for the application's owner to decide.
    files = resource.getrlimit(resource.RLIMIT_NOFILE)
    host = ctypes.c_void_p()
    domain = ctypes.c_uint()
    _check(
        "coreclr_initialize",
        coreclr.coreclr_initialize(
            os.fsencode(sys.executable or "python"),
            b"addergate-worker",
            len(properties),
            _strings(properties.keys()),
            _strings(properties.values()),
            ctypes.byref(host),
            ctypes.byref(domain),
        ),
    )
    resource.setrlimit(resource.RLIMIT_NOFILE, files)
    address = ctypes.c_void_p()
    _check(
        "coreclr_create_delegate",
        coreclr.coreclr_create_delegate(
            host, domain, b"Addergate.Worker", b"Addergate.Worker.EntryPoint", b"Start", ctypes.byref(address)
        ),
    )

    # PYFUNCTYPE calls with the GIL held.
    start = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int)(address.value)
    error = ctypes.create_string_buffer(_ERROR_SIZE)
    library = "libpython{}.{}{}.so.1.0".format(sys.version_info[0], sys.version_info[1], sys.abiflags)
    if not start(os.fsencode(library), error, _ERROR_SIZE):
        raise StartFailure(
            "Python {} ({}) cannot run the worker: {}".format(
                sys.version.split()[0], sys.executable, error.value.decode("utf-8", "replace")
            )
        )


def _strings(values):
    encoded = [os.fsencode(value) for value in values]
    return (ctypes.c_char_p * len(encoded))(*encoded)


def _check(function, result):
    if result < 0:
        raise StartFailure(
            "The .NET runtime did not start in {} ({}: 0x{:08X}).".format(
                sys.executable, function, result & 0xFFFFFFFF
            )
        )
