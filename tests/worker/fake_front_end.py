"""A front end and a supervisor for one worker, in one Python process: starts the worker program with its control and
log sockets, accepts its slots, and speaks the wire of docs/design/0002-wire-format.md in plain sight."""

import array
import json
import mmap
import os
import select
import socket
import struct
import subprocess
import tempfile

HEADER = struct.Struct("<IBBH")
REQUEST, BODY, BODY_END, GOODBYE = 1, 2, 3, 4
HELLO, RESPONSE, DATA, READ, ABORT, DROPPED = 16, 17, 18, 19, 20, 21
END, DISCONNECTED, TOO_LARGE, INVALID, TIMED_OUT = 1, 2, 4, 8, 16
NONE, INLINE, ON_DEMAND = 0, 1, 2
STOP, PING, INTERRUPT, PONG, READY, FAILED, FORKED = 9, 10, 11, 32, 33, 34, 42

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAYOUT = os.environ.get("ADDERGATE_LAYOUT") or os.path.join(ROOT, "artifacts", "addergate")


def _table(path, start, end, quoted):
    """Names by number, read from the C# tables so that the two cannot drift apart."""
    text = open(os.path.join(ROOT, path)).read()
    lines = text[text.index(start) : text.index(end)].splitlines()
    return [line.strip().strip(",").strip('"') for line in lines if line.strip().startswith('"')]


CGI_KEYS = _table("src/Addergate.Wire/Requests/CgiKeys.cs", "Table =", "ByHeader =", True)
RESPONSE_HEADERS = _table("src/Addergate.Wire/Responses/ResponseHeaders.cs", "Table =", "];", True)


class Gone(Exception):
    """The worker closed the slot."""


class Response:
    def __init__(self):
        self.status = None
        self.reason = None
        self.headers = []
        self.body = b""
        self.aborted = False
        self.dropped = False
        self.timed_out = False
        self.frames = []

    def header(self, name):
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return values[0] if values else None


class Slot:
    """One slot connection, from the front end's side."""

    def __init__(self, connection):
        self.connection = connection
        self.number = 0
        self.unread = b""
        payload, ancillary, _, _ = connection.recvmsg(4096, socket.CMSG_SPACE(4))
        descriptors = array.array("i")
        descriptors.frombytes(ancillary[0][2])
        length, kind, flags, zero = HEADER.unpack_from(payload)
        assert kind == HELLO and length == len(payload) - 8, payload
        self.magic, self.version, self.slot, self.slots, self.worker, self.generation, self.high, self.low = (
            struct.unpack("<IHHHIIQQ", payload[8:])
        )
        self.page = mmap.mmap(descriptors[0], os.fstat(descriptors[0]).st_size)
        os.close(descriptors[0])

    def word(self, index, value=None):
        offset = self.slot * 64 + index * 8
        if value is None:
            return struct.unpack_from("<Q", self.page, offset)[0]
        struct.pack_into("<Q", self.page, offset, value)

    def request(self, method="GET", path="/", body=None, headers=(), claim=True, on_demand=None, **items):
        """Sends a request and returns its number."""
        self.number += 1
        mode = ON_DEMAND if on_demand is not None else INLINE if body else NONE
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "REQUEST_URI": path,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "REMOTE_ADDR": "127.0.0.1",
            "mod_wsgi.request_id": "id-{}".format(self.number),
            "HTTP_HOST": "localhost:8000",
        }
        length = -1 if on_demand == -1 else on_demand if on_demand is not None else len(body or b"")
        if length >= 0 and mode != NONE:
            environ["CONTENT_LENGTH"] = str(length)
        environ.update(items)
        environ.update(headers)
        parts = []
        for name, value in environ.items():
            value = value.encode("latin-1")
            if name in CGI_KEYS:
                parts.append(bytes([CGI_KEYS.index(name)]))
            else:
                raw = name.encode("latin-1")
                parts.append(b"\0" + struct.pack("<H", len(raw)) + raw)
            parts.append(struct.pack("<I", len(value)) + value)
        payload = struct.pack("<QqddBBH", self.number, length, 1.5, 2.5, mode, 0, len(environ))
        payload += b"".join(parts) + (body or b"")
        if claim:
            self.word(0, self.number << 2 | 1)
        self.send(REQUEST, payload)
        return self.number

    def send(self, kind, payload=b"", flags=0):
        self.connection.sendall(HEADER.pack(len(payload), kind, flags, 0) + payload)

    def frame(self):
        """The next frame as (kind, flags, payload)."""
        length, kind, flags, zero = HEADER.unpack(self._take(8))
        assert zero == 0
        return kind, flags, self._take(length)

    def answer(self, upload=None, chunk=65536):
        """Reads frames to the terminal one, answering READ from `upload`."""
        response = Response()
        upload = memoryview(upload or b"")
        while True:
            kind, flags, payload = self.frame()
            response.frames.append((kind, flags, len(payload)))
            if kind == RESPONSE:
                assert response.status is None
                payload = self._head(response, payload)
            if kind in (RESPONSE, DATA):
                response.body += payload
                if flags & END:
                    return response
            elif kind == ABORT:
                response.aborted = True
                response.timed_out = bool(flags & TIMED_OUT)
                return response
            elif kind == DROPPED:
                response.dropped = True
                return response
            elif kind == READ:
                size = min(struct.unpack("<I", payload)[0], chunk)
                if len(upload):
                    self.send(BODY, bytes(upload[:size]), END if size >= len(upload) else 0)
                    upload = upload[size:]
                else:
                    self.send(BODY_END)
            else:
                raise AssertionError("frame of kind {}".format(kind))

    def get(self, *args, **kwargs):
        upload = kwargs.pop("upload", None)
        if upload is not None:
            kwargs.setdefault("on_demand", len(upload))
            kwargs.setdefault("method", "POST")
        self.request(*args, **kwargs)
        return self.answer(upload)

    def _head(self, response, payload):
        length, response.status, count, reason = struct.unpack_from("<IHHH", payload)
        offset = 10
        response.reason = payload[offset : offset + reason].decode("latin-1")
        offset += reason
        for _ in range(count):
            number = payload[offset]
            offset += 1
            if number:
                name = RESPONSE_HEADERS[number]
            else:
                size = struct.unpack_from("<H", payload, offset)[0]
                name = payload[offset + 2 : offset + 2 + size].decode("latin-1")
                offset += 2 + size
            size = struct.unpack_from("<I", payload, offset)[0]
            response.headers.append((name, payload[offset + 4 : offset + 4 + size].decode("latin-1")))
            offset += 4 + size
        assert offset == length + 4, (offset, length)
        return payload[offset:]

    def _take(self, count):
        while len(self.unread) < count:
            data = self.connection.recv(1 << 20)
            if not data:
                raise Gone()
            self.unread += data
        data, self.unread = self.unread[:count], self.unread[count:]
        return data


class FakeServer:
    """A worker with everything around it. Use as a context manager."""

    # What the process gets besides its control and log sockets: the template's.
    extra = None

    def __init__(self, python, entry, kind="script", callable="application", slots=1, directory=None, path=(), **plan):
        self.directory = tempfile.TemporaryDirectory(prefix="ag-")
        self.socket_path = os.path.join(self.directory.name, "slots")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.socket_path)
        self.listener.listen(64)
        self.listener.settimeout(20)
        self.control, control = socket.socketpair()
        self.log, log = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.settimeout(20)
        self.log.settimeout(20)
        self.output = tempfile.TemporaryFile()
        environment = dict(os.environ, NOTIFY_SOCKET="/nowhere", LISTEN_FDS="1")
        bootstrap = os.path.join(LAYOUT, "python", "addergate", "bootstrap.py")
        # dup2 in the child alone: the descriptors here may themselves be 3 or 4.

        def place():
            high = [os.dup2(control.fileno(), 103), os.dup2(log.fileno(), 104)]
            if self.extra is not None:
                high.append(os.dup2(self.extra.fileno(), 105))
            for number, source in enumerate(high, 3):
                os.dup2(source, number)
            os.closerange(3 + len(high), 200)

        def spawn():
            return subprocess.Popen(
                [python, bootstrap], stdout=self.output, stderr=self.output, env=environment, preexec_fn=place,
                close_fds=False,
            )

        self.process = self.launch(spawn, control, log)
        control.close()
        log.close()
        self.plan = {
            "worker": 7, "generation": 3, "slots": slots, "nonce_high": 1 << 63, "nonce_low": 2,
            "slot_socket": self.socket_path,
            "application": {
                "type": kind, "entry": entry, "callable": callable,
                "working_directory": directory or os.path.dirname(os.path.abspath(__file__)),
                "python_path": list(path),
            },
            "processes": 1, "threads": slots, "shutdown_timeout": 3.0, "server_software": "Addergate/0.1.0",
            "process_group": "localhost:8000", "log_level": "debug", "listener_host": "", "listener_port": "8000",
            "supervisor_pid": os.getpid(),
        }
        self.plan.update(plan)
        text = json.dumps(self.plan).encode()
        self.send(8, struct.pack("<I", len(text)) + text)
        self.slots = []

    def launch(self, spawn, control, log):
        """Starts the process."""
        return spawn()

    def send(self, kind, payload=b""):
        self.control.sendall(struct.pack("<IB3x", len(payload), kind) + payload)

    def interrupt(self, slot, number=None, identity=None, line="GET /it", index=None):
        """Says that a request of a slot, the last one sent unless named, has run for too long."""
        number = slot.number if number is None else number
        parts = [struct.pack("<IHQ", self.plan["worker"], slot.slot if index is None else index, number)]
        for text in ("id-{}".format(number) if identity is None else identity, line):
            parts.append(struct.pack("<I", len(text)) + text.encode())
        self.send(INTERRUPT, b"".join(parts))

    def settle(self):
        """Waits until all that was said on the control socket has been acted on."""
        self.send(PING)
        assert self.message() == (PONG, b"")

    def message(self):
        head = self.control.recv(8, socket.MSG_WAITALL)
        if len(head) < 8:
            raise Gone()
        length, kind = struct.unpack("<IB3x", head)
        return kind, self.control.recv(length, socket.MSG_WAITALL) if length else b""

    def start(self):
        """Waits for READY and accepts all slots."""
        kind, payload = self.message()
        if kind != READY:
            raise AssertionError(payload[4:].decode())
        for _ in range(self.plan["slots"]):
            self.accept()
        return self

    def accept(self):
        connection, _ = self.listener.accept()
        connection.settimeout(30)
        slot = Slot(connection)
        self.slots.append(slot)
        return slot

    def record(self, timeout=5):
        """The next log record as (level, request id, text), or None."""
        if not select.select([self.log], [], [], timeout)[0]:
            return None
        data = self.log.recv(1 << 17)
        if not data:
            return None
        kind, level, size = struct.unpack_from("<BBH", data)
        return level, data[4 : 4 + size].decode(), data[4 + size :].decode("utf-8", "replace")

    def records_now(self):
        """Throws away the records that have arrived, so that the socket does not fill up."""
        while select.select([self.log], [], [], 0)[0] and self.log.recv(1 << 17):
            pass

    def records(self):
        """All records that are there."""
        found = []
        while True:
            record = self.record(0.05)
            if record is None:
                return found
            found.append(record)

    def text(self):
        self.output.seek(0)
        return self.output.read().decode("utf-8", "replace")

    def send_stop(self, reason="shutdown_signal"):
        self.send(STOP, struct.pack("<I", len(reason)) + reason.encode())

    def stop(self, reason="shutdown_signal"):
        self.send_stop(reason)
        return self.process.wait(15)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for slot in self.slots:
            slot.connection.close()
        for thing in (self.control, self.log, self.listener, self.output):
            thing.close()
        self.directory.cleanup()
