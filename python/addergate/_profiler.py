"""--enable-profiler: what the requests spend their time on."""

import cProfile
import os
import time

from addergate import _logs


class Profiler:
    """A context manager around code of the application. Used by one thread at a time: with sys.monitoring there is one
    profile in a process."""

    def __init__(self, directory):
        self._directory = directory
        self._profile = cProfile.Profile()

    def __enter__(self):
        self._profile.enable()
        return self

    def __exit__(self, kind, error, trace):
        self._profile.disable()
        return False

    def end(self):
        """Writes the file, for `python -m pstats`."""
        path = os.path.join(self._directory, "{}-{}.pstats".format(int(time.time() * 1e6), os.getpid()))
        self._profile.dump_stats(path)
        _logs.send(_logs.INFO, "", "The profile of the requests is in {}.".format(path))
