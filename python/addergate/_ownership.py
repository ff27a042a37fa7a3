"""Who a script must belong to before it is loaded (--script-user, --script-group), as mod_wsgi has it: else whoever may
write to it, or put another in its place, would run as the application's user."""

import importlib.util
import os
import stat

from addergate._control import StartFailure

_user = None
_group = None


def require(user, group):
    """From here on, scripts have to belong to this user, or to this group; None for anybody."""
    global _user, _group
    _user, _group = user, group


def check(path, status):
    """Raises StartFailure unless a script, opened already, and the directories that it is in belong to whom they must.

    The directory counts where it was named and where a link leads to."""
    if _user is None and _group is None:
        return
    _check("script", path, status)
    for directory in sorted({os.path.dirname(os.path.abspath(path)), os.path.dirname(os.path.realpath(path))}):
        _check("directory", directory, os.stat(directory))


def check_module(name):
    """The same for a module and the packages around it, before any of them is run. One that is not found is not told of:
    importing it will."""
    if _user is None and _group is None:
        return
    parts = name.split(".")
    for count in range(1, len(parts) + 1):
        # Imports what is around it, which has been checked.
        spec = importlib.util.find_spec(".".join(parts[:count]))
        if spec is None:
            return
        if spec.has_location:
            check(spec.origin, os.stat(spec.origin))
        for directory in spec.submodule_search_locations or ():
            _check("directory", directory, os.stat(directory))


def _check(what, path, status):
    if _user is not None:
        wrong, option, writable = status.st_uid != _user, "--script-user", stat.S_IWGRP | stat.S_IWOTH
        owner, wanted = "user {}".format(status.st_uid), _user
    else:
        wrong, option, writable = status.st_gid != _group, "--script-group", stat.S_IWOTH
        owner, wanted = "group {}".format(status.st_gid), _group
    if wrong:
        raise StartFailure(
            "The {} {} belongs to {}, and {} wants {}: it is not loaded.".format(what, path, owner, option, wanted)
        )
    if status.st_mode & writable:
        raise StartFailure(
            "The {} {} can be written by {} (mode {:o}), which {} forbids: it is not loaded.".format(
                what,
                path,
                "others" if status.st_mode & stat.S_IWOTH else "its group",
                stat.S_IMODE(status.st_mode),
                option,
            )
        )
