"""Apache with mod_wsgi: only the modules that it cannot do without, event MPM, no access log."""

import getpass
import grp
import os

from .base import Place, Server

_COMMON = """
ServerRoot "{directory}"
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile "{directory}/apache.pid"
ErrorLog "{directory}/error.log"
LogLevel warn
DefaultRuntimeDir "{directory}"
Mutex default:{directory}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule wsgi_module {modules}/mod_wsgi.so
{identity}
KeepAlive On
KeepAliveTimeout 75
MaxKeepAliveRequests 0
MaxConnectionsPerChild 0
# The event MPM parks idle keep-alive connections; without this it would refuse to hold more of them than
# 2 x idle threads and clients would wait for a place instead of for an answer.
AsyncRequestWorkerFactor {connections}
<Directory "{application_directory}">
    Require all granted
</Directory>
"""

# The front end has a thread for each client, so that its own size never is the limit: the daemon process is.
_DAEMON = """
ServerLimit 1
StartServers 1
ThreadLimit {front_threads}
ThreadsPerChild {front_threads}
MaxRequestWorkers {front_threads}
MinSpareThreads 1
MaxSpareThreads {front_threads}
WSGIRestrictEmbedded On
WSGISocketPrefix "{directory}/wsgi"
WSGIDaemonProcess bench processes={processes} threads={threads} python-path={application_directory}
WSGIScriptAlias / "{application_directory}/{script}" process-group=bench application-group=%{{GLOBAL}}
"""

# Here Apache's own threads run the application. With only as many as the other servers have, the event MPM closes
# clients' idle keep-alive connections whenever all of them are busy, which clients see as errors: so it gets a thread
# for each client instead, more than the others.
_EMBEDDED = """
ServerLimit {processes}
StartServers {processes}
ThreadLimit {front_threads}
ThreadsPerChild {front_threads}
MaxRequestWorkers {all_threads}
MinSpareThreads 1
MaxSpareThreads {all_threads}
WSGIPythonPath {application_directory}
WSGIScriptAlias / "{application_directory}/{script}" application-group=%{{GLOBAL}}
WSGIImportScript "{application_directory}/{script}" process-group=%{{GLOBAL}} application-group=%{{GLOBAL}}
"""


def _identity() -> str:
    if os.getuid() == 0:
        return "User www-data\nGroup www-data"
    return f"User {getpass.getuser()}\nGroup {grp.getgrgid(os.getgid()).gr_name}"


class _ModWsgi(Server):
    _template: str

    def command(self, place: Place) -> "list[str]":
        front_threads = max(64, place.connections)
        configuration = (_COMMON + self._template).format(
            directory=place.directory,
            application_directory=place.application_directory,
            script=place.application.script,
            port=place.port,
            processes=place.processes,
            threads=place.threads,
            all_threads=place.processes * front_threads,
            front_threads=front_threads,
            connections=place.connections,
            identity=_identity(),
            modules="/usr/lib/apache2/modules",
        )
        with open(place.path("apache.conf"), "w", encoding="utf-8") as file:
            file.write(configuration)
        return ["/usr/sbin/apache2", "-DFOREGROUND", "-f", place.path("apache.conf")]


class ModWsgiDaemon(_ModWsgi):
    name = "mod_wsgi-daemon"
    title = "mod_wsgi, daemon mode"
    _template = _DAEMON


class ModWsgiEmbedded(_ModWsgi):
    name = "mod_wsgi-embedded"
    title = "mod_wsgi, embedded mode"
    _template = _EMBEDDED
