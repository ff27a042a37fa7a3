"""The scripts that decide on access (--host-access-script, --auth-user-script, --auth-group-script), as a WSGI application
that only the front end asks. They run in a worker of their own; a script that changes is loaded anew with the next request, as
mod_wsgi does it.

A question is JSON in the header Addergate-Access, which the front end takes from every client; the rest of the environ is that
of the request in question, without its body and password."""

import base64
import json
import os
import threading

from addergate import _loader, _logs
from addergate._control import StartFailure

_QUESTION = "HTTP_ADDERGATE_ACCESS"


def load(scripts):
    """The application for the plan's scripts. Raises StartFailure."""
    return _Access(
        _Script.load(scripts.get("host"), "__wsgi_access__", ("allow_access",)),
        _Script.load(scripts.get("user"), "__wsgi_auth_user__", ("check_password", "get_realm_hash")),
        _Script.load(scripts.get("group"), "__wsgi_auth_group__", ("groups_for_user",)),
    )


class _Access:
    def __init__(self, host, user, group):
        self._host = host
        self._user = user
        self._group = group

    def __call__(self, environ, start_response):
        question = json.loads(base64.b64decode(environ.pop(_QUESTION)))
        environ["REQUEST_METHOD"] = question["method"]
        answer = getattr(self, "_ask_" + question["ask"])(environ, question)
        body = json.dumps(answer).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _ask_host(self, environ, question):
        allowed = self._host.function("allow_access")(environ, question["host"])
        _check("allow_access", allowed, allowed is None or isinstance(allowed, bool), "True, False or None")
        return {"allowed": allowed is not False}

    def _ask_password(self, environ, question):
        name = question["user"]
        known = self._user.function("check_password")(environ, name, question["password"])
        _check(
            "check_password",
            known,
            known is None or isinstance(known, bool) or (_is_text(known) and known != ""),
            "True, False, None or a user's name",
        )
        if not known:
            return {"user": None}
        return {"user": known if isinstance(known, str) else name}

    def _ask_hash(self, environ, question):
        found = self._user.function("get_realm_hash")(environ, question["user"], question["realm"])
        _check("get_realm_hash", found, found is None or _is_text(found), "a text or None")
        return {"hash": found}

    def _ask_groups(self, environ, question):
        environ["REMOTE_USER"] = question["user"]
        groups = self._group.function("groups_for_user")(environ, question["user"])
        # One text would be a list of its letters.
        _check("groups_for_user", groups, not isinstance(groups, (str, bytes)), "a list of names")
        groups = [] if groups is None else list(groups)
        _check("groups_for_user", groups, all(_is_text(group) for group in groups), "a list of names")
        return {"groups": groups}


def _check(name, value, is_right, wanted):
    if not is_right:
        raise TypeError("{}() returned {!r}; it must return {}".format(name, value, wanted))


def _is_text(value):
    """A text without what no header, log or environ has a place for."""
    return isinstance(value, str) and not any(letter < " " or "\ud800" <= letter <= "\udfff" for letter in value)


class _Script:
    """A script, loaded again when its file has changed."""

    @classmethod
    def load(cls, path, module_name, functions):
        return None if path is None else cls(path, module_name, functions)

    def __init__(self, path, module_name, functions):
        self._path = path
        self._module_name = module_name
        self._lock = threading.Lock()
        self._stamp = self._look()
        self._module = _loader.load_script(path, module_name)
        if not any(callable(getattr(self._module, name, None)) for name in functions):
            raise StartFailure("{} has no function {}.".format(path, " or ".join(functions)))

    def function(self, name):
        stamp = self._look()
        if stamp != self._stamp:
            with self._lock:
                if stamp != self._stamp:
                    self._load_again(stamp)
        found = getattr(self._module, name, None)
        if found is None:
            raise AttributeError("{} has no function {}".format(self._path, name))
        return found

    def _load_again(self, stamp):
        """A script with a mistake in it lets nobody in: what it said before may be what was to be changed."""
        try:
            self._module = _loader.load_script(self._path, self._module_name)
        except StartFailure as failure:
            raise RuntimeError(str(failure)) from None
        self._stamp = stamp
        _logs.send(_logs.INFO, "", "{} has changed and was loaded anew.".format(self._path))

    def _look(self):
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size
