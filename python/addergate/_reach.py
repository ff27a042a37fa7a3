"""What Python runs while it starts must be out of the application's reach: with --chroot it starts outside, and who could
put a .pth file in its way would run there."""

import os
import site
import sys

from addergate._control import StartFailure

_START_FILES = ("pyvenv.cfg", "sitecustomize.py", "usercustomize.py")


def check(root):
    """Looks at what of it lies in the directory. Raises StartFailure."""
    root = os.path.realpath(root)
    for path in sorted(_all()):
        place = os.path.realpath(path)
        # One that is not there yet could be made.
        while place.startswith(root + "/") or place == root:
            _require(place, path, root)
            place = os.path.dirname(place)


def _all():
    directories = {sys.prefix, sys.base_prefix, os.path.dirname(sys.executable), *sys.path}
    if site.ENABLE_USER_SITE:
        directories.add(site.getusersitepackages())
    found = {sys.executable}
    for directory in filter(None, directories):
        found.add(directory)
        try:
            names = os.listdir(directory)
        except OSError:
            continue
        found.update(
            os.path.join(directory, name) for name in names if name in _START_FILES or name.endswith(".pth")
        )
    # A link may lie in the directory and lead out of it.
    return found | {os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path)) for path in found}


def _require(place, path, root):
    try:
        status = os.lstat(place)
    except OSError:
        return
    if status.st_uid == os.geteuid() or os.access(place, os.W_OK):
        raise StartFailure(
            "The application could change {}, from where Python is started{}, and so get out of {}.\n"
            "Give it to root, and let nobody else write to it.".format(
                place, "" if place == path else " ({})".format(path), root
            )
        )
