"""Environment variables: what .NET must see when it starts, and what the application must not."""

import os

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


def scrub():
    """After .NET is loaded and before the application is."""
    for name in list(os.environ):
        if name in _OF_THE_SERVER or name.startswith("DOTNET_"):
            del os.environ[name]
