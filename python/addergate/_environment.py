"""What .NET must find when it starts, and what the application must not see of it."""

import os
import resource
import sys

from addergate._control import StartFailure

# Read by CoreCLR once, when it is loaded. A worker makes little garbage in steady state, so the heap is kept small.
_RUNTIME = {
    "DOTNET_EnableDiagnostics": "0",
    # W^X maps code memory twice through a shared file: what a forked child compiles would overwrite its parent's code.
    "DOTNET_EnableWriteXorExecute": "0",
    "DOTNET_gcServer": "0",
    "DOTNET_gcConcurrent": "0",
    "DOTNET_GCgen0size": "0x100000",
    "DOTNET_TieredPGO": "0",
    "DOTNET_TieredCompilation": "1",
}

_OF_THE_SERVER = ("NOTIFY_SOCKET", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES")


def prepare():
    """Before .NET is loaded."""
    for name, value in _RUNTIME.items():
        os.environ.setdefault(name, value)


def hide():
    """Before the application is loaded. Returns what `show` wants."""
    names = [name for name in os.environ if name in _OF_THE_SERVER or name.startswith("DOTNET_")]
    return {name: os.environ.pop(name) for name in names}


def show(hidden):
    """Where .NET is loaded after the application."""
    os.environ.update((name, value) for name, value in hidden.items() if name not in _OF_THE_SERVER)


def settle(plan):
    """What the plan says of this Python, before anything of the application's runs in it.

    Raises StartFailure."""
    if plan.get("set_locale"):
        import locale

        try:
            locale.setlocale(locale.LC_ALL, "")
        except locale.Error:
            raise StartFailure(
                "The locale {} of --locale is not installed.\n`locale -a` lists those that are; C.UTF-8 always is.".format(
                    os.environ.get("LC_ALL")
                )
            ) from None
    if plan.get("switch_interval"):
        sys.setswitchinterval(plan["switch_interval"])


def limit_address_space(size):
    """In bytes, 0 for no limit of ours. A stricter one that is there already stays."""
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    if size > 0 and (most == resource.RLIM_INFINITY or size < most):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        # .NET reserves half of the address space for its heap, of which a worker needs a few megabytes.
        _RUNTIME["DOTNET_GCRegionRange"] = "0x8000000"
