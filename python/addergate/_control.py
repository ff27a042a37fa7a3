"""The start of the conversation with the supervisor on descriptor 3: u32 length, u8 kind, three zero bytes, payload.
After READY, C# has the socket (Addergate.Worker, Watch/ControlLoop.cs)."""

import json
import os
import select
import struct
import threading

CONTROL = 3

_HEADER = struct.Struct("<IB3x")
_LENGTH = struct.Struct("<I")
_START = 8
_STATUS = 14
_READY = 33
_FAILED = 34
_EVICT = 41
_FORKED = 42
_SOURCES = 43
_ASK_STATUS = 45

# The kernel takes so much in one piece, which C#'s messages on the same socket cannot get in between.
_PIECE = 16 * 1024


class StartFailure(Exception):
    """The worker cannot start; the text says why and what to do, for people."""


def read_plan():
    """Waits for START and returns the plan. Nobody is told when it does not come: then the supervisor has died."""
    try:
        kind, payload = _receive()
    except OSError:
        kind, payload = None, b""
    if kind != _START or _LENGTH.unpack_from(payload)[0] != len(payload) - _LENGTH.size:
        raise SystemExit("addergate: this program is started by the addergate server, not by hand.")
    return json.loads(payload[_LENGTH.size :])


def send_ready():
    _write(_HEADER.pack(0, _READY))


def send_evict():
    _write(_HEADER.pack(0, _EVICT))


def send_forked(process):
    _write(_HEADER.pack(4, _FORKED) + _LENGTH.pack(process))


def send_failed(reason):
    _write(_text(_FAILED, reason.encode("utf-8", "replace")))


def send_sources(files):
    lines = b""
    for file in files:
        line = file.encode("utf-8", "replace")
        if lines and len(lines) + len(line) >= _PIECE:
            _write(_text(_SOURCES, lines))
            lines = b""
        lines += b"\n" + line if lines else line
    if lines:
        _write(_text(_SOURCES, lines))


_asking = threading.Lock()


def ask_status(patience=2.0):
    """How the server is, as JSON, for a process without C#; None when no answer comes in time, or the supervisor is gone."""
    with _asking:
        try:
            # What came too late for whoever asked before.
            while _has_message(0):
                _receive()
            _write(_HEADER.pack(0, _ASK_STATUS))
            if not _has_message(patience):
                return None
            kind, payload = _receive()
        except OSError:
            return None
        return payload[_LENGTH.size :].decode() if kind == _STATUS else None


def _text(kind, text):
    return _HEADER.pack(len(text) + _LENGTH.size, kind) + _LENGTH.pack(len(text)) + text


def _has_message(patience):
    return bool(select.select([CONTROL], [], [], patience)[0])


def _receive():
    """The next message's kind and payload. OSError also at the end of the stream."""
    length, kind = _HEADER.unpack(_read(_HEADER.size))
    return kind, _read(length)


def _read(count):
    data = b""
    while len(data) < count:
        part = os.read(CONTROL, count - len(data))
        if not part:
            raise ConnectionResetError("the supervisor is gone")
        data += part
    return data


def _write(data):
    while data:
        data = data[os.write(CONTROL, data) :]
