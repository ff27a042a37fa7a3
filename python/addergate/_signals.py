"""Keeps what CoreCLR does to signal dispositions from the application."""

import ctypes
import signal

# SIGRTMAX - 1; the supervisor's Signal.DumpStacks.
STACKS = 63

OF_PEOPLE = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
OF_CRASHES = (signal.SIGABRT,)

# struct sigaction is 152 bytes with glibc on 64-bit Linux; it is only carried about, never read.
_SIZE = 512


def save(numbers):
    """The C-level dispositions, which Python's signal module does not show."""
    libc = ctypes.CDLL(None)
    saved = []
    for number in numbers:
        action = ctypes.create_string_buffer(_SIZE)
        if libc.sigaction(int(number), None, action) == 0:
            saved.append((number, action))
    return saved


def restore(saved):
    libc = ctypes.CDLL(None)
    for number, action in saved:
        libc.sigaction(int(number), action, None)
