"""--enable-coverage: which lines ran, by the package coverage of the application's environment."""

import os
import sys

from addergate import _logs
from addergate._control import StartFailure

_OWN_FILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "*")


def begin(directory):
    """Measures from here on, in threads that are started later too. Returns what ends it. Raises StartFailure."""
    try:
        import coverage
    except ImportError:
        raise StartFailure(
            "--enable-coverage needs the package coverage, which {} does not have.\n"
            "Install it there: pip install coverage".format(sys.executable)
        ) from None
    measure = coverage.Coverage(data_file=None, omit=_OWN_FILES)
    measure.start()

    def end():
        measure.stop()
        try:
            measure.html_report(directory=directory)
        except coverage.exceptions.CoverageException as failure:
            _logs.send(_logs.WARNING, "", "There is no report on the coverage: {}".format(failure))
        else:
            _logs.send(_logs.INFO, "", "The coverage is in {}.".format(os.path.join(directory, "index.html")))

    return end
