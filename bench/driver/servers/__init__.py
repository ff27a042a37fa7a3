"""How each server is started: the same application, processes and threads, in the foreground, without an access log,
with keep-alive where the server has it."""

from .base import Place, Server
from .addergate import Addergate
from .gunicorn import Gunicorn
from .mod_wsgi import ModWsgiDaemon, ModWsgiEmbedded
from .uwsgi import UwsgiHttp, UwsgiHttpSocket
from .waitress import Waitress

PEERS = {
    peer.name: peer
    for peer in (ModWsgiDaemon(), ModWsgiEmbedded(), UwsgiHttpSocket(), UwsgiHttp(), Gunicorn(), Waitress())
}

__all__ = ["PEERS", "Addergate", "Place", "Server"]
