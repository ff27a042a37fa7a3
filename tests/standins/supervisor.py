"""A supervisor stand-in, for trying a front end without supervisor, worker or application.

    python3 supervisor.py [--tls CERT KEY] [--port N] [--slots N] -- addergate _frontend

It binds the ports, starts the front end with the descriptors that docs/design/0001-process-model.md names, admits one
worker, and answers as that worker on every slot: a fixed response, or what was asked for in the path:

    /           Hello, World!
    /bytes/N    N bytes
    /sleep/MS   Hello, World! after MS milliseconds

Then it obeys lines on its standard input: ping, drain, quit, kill, retire, cert CERT KEY.
"""

import array
import json
import mmap
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

CONFIGURE, CERTIFICATE, ADMIT, IN_FORCE, RETIRE, GONE, DRAIN, PING = 1, 2, 3, 4, 5, 6, 7, 10
NAMES = {32: "PONG", 33: "READY", 34: "FAILED", 35: "RETIRED", 36: "DRAINED"}
REQUEST, GOODBYE, HELLO, RESPONSE = 1, 4, 16, 17
END = 1
WORKER, GENERATION, NONCE = 1, 1, (11, 22)


def text(value):
    value = value.encode()
    return struct.pack("<I", len(value)) + value


def control(sock, kind, payload=b""):
    sock.sendall(struct.pack("<IBxxx", len(payload), kind) + payload)


def take(sock, count):
    data = b""
    while len(data) < count:
        part = sock.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def settings(directory, port, https_port, slots, options):
    access_log = options.get("--access-log")
    return {
        "Application": {"Type": "Welcome", "Entry": "", "Callable": "application", "WorkingDirectory": directory,
                        "PythonPath": []},
        "Python": {"Executable": sys.executable, "Source": "stand-in"},
        "Listen": {"Host": "127.0.0.1", "HostReason": "stand-in", "Port": port, "HttpsPort": https_port,
                   "PlainHttp2": "--http2" in options, "Backlog": 500},
        "Workers": {"Processes": 1, "Threads": slots},
        "Timeouts": {"Startup": "00:00:15", "Shutdown": "00:00:05", "Graceful": "00:00:15", "KeepAlive": "00:01:15"},
        "Limits": {"RequestBody": 0, "RequestBuffering": True, "RequestBodyInMemory": 65536,
                   "ResponseBuffer": 8388608, "TotalMemory": 1 << 30, "TotalSpool": 1 << 32},
        "Logs": {"Level": options.get("--log-level", "Info"), "AccessLogEnabled": access_log is not None,
                 "AccessLogFormat": access_log or "Common"},
        "Identity": {},
        "ServerRoot": directory,
    }


class FakeWorker:
    """Answers every request on its slots, without Python's WSGI side."""

    def __init__(self, path, slots):
        self.path, self.slots = path, slots
        self.memfd = os.memfd_create("claims", os.MFD_ALLOW_SEALING)
        os.ftruncate(self.memfd, slots * 64)
        import fcntl
        fcntl.fcntl(self.memfd, 1033, 0x0002 | 0x0004)  # F_ADD_SEALS: shrink, grow
        self.page = mmap.mmap(self.memfd, slots * 64)
        for slot in range(slots):
            threading.Thread(target=self.serve, args=(slot,), daemon=True).start()

    def serve(self, slot):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.connect(self.path)
        hello = struct.pack("<IHHHIIQQ", 0x52444441, 1, slot, self.slots, WORKER, GENERATION, *NONCE)
        frame = struct.pack("<IBBH", len(hello), HELLO, 0, 0) + hello
        rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [self.memfd]))
        sock.sendmsg([frame], [rights])
        try:
            while True:
                length, kind, _, _ = struct.unpack("<IBBH", take(sock, 8))
                payload = take(sock, length)
                if kind == GOODBYE:
                    return
                if kind == REQUEST:
                    (number,) = struct.unpack_from("<Q", payload)
                    self.page[slot * 64:slot * 64 + 8] = struct.pack("<Q", number << 2 | 2)
                    self.answer(sock, payload)
        except (EOFError, ConnectionError):
            pass

    @staticmethod
    def answer(sock, payload):
        body = b"Hello, World!"
        begin = payload.find(b"/bytes/")
        if begin >= 0:
            body = b"x" * int("".join(c for c in payload[begin + 7:begin + 17].decode("latin-1") if c.isdigit()))
        begin = payload.find(b"/sleep/")
        if begin >= 0:
            digits = bytes(c for c in payload[begin + 7:begin + 13] if 48 <= c < 58)
            time.sleep(int(digits) / 1000)
        head = struct.pack("<HHH", 200, 2, 2) + b"OK"
        head += struct.pack("<BI", 1, 10) + b"text/plain"
        length = str(len(body)).encode()
        head += struct.pack("<BI", 2, len(length)) + length
        response = struct.pack("<I", len(head)) + head + body
        sock.sendall(struct.pack("<IBBH", len(response), RESPONSE, END, 0) + response)


def listener(port):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    sock.listen(500)
    return sock


def start(command, descriptors):
    def place():
        # First out of the way, then onto the fixed numbers.
        high = [os.dup2(fd, 100 + index) for index, fd in enumerate(descriptors)]
        for index, fd in enumerate(high):
            os.dup2(fd, 3 + index)
            os.close(fd)

    environment = dict(os.environ, DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS="1", DOTNET_EnableDiagnostics="0")
    return subprocess.Popen(command, preexec_fn=place, close_fds=False, env=environment, process_group=0) \
        if sys.version_info >= (3, 11) else subprocess.Popen(command, preexec_fn=place, close_fds=False, env=environment)


def read_control(sock, ready, ended):
    try:
        while True:
            length, kind = struct.unpack("<IBxxx", take(sock, 8))
            payload = take(sock, length)
            print("front end:", NAMES.get(kind, kind), payload[:500], flush=True)
            if kind == 33:
                ready.set()
    except (EOFError, ConnectionError):
        ended.set()
        ready.set()


def read_log(sock):
    while True:
        try:
            datagram = sock.recv(65536)
        except OSError:
            return
        if not datagram:
            return
        (id_length,) = struct.unpack_from("<H", datagram, 2)
        kind = {1: "log", 2: "access"}[datagram[0]]
        print(f"[{kind} {datagram[1]}] {datagram[4 + id_length:].decode()}", flush=True)


def main():
    separator = sys.argv.index("--")
    command = sys.argv[separator + 1:]
    options, tls, words = {}, None, sys.argv[1:separator]
    while words:
        word = words.pop(0)
        if word == "--tls":
            tls = words.pop(0), words.pop(0)
        elif word in ("--port", "--slots", "--log-level", "--access-log"):
            options[word] = words.pop(0)
        else:
            options[word] = True

    temporary = tempfile.TemporaryDirectory(prefix="adg-")
    directory = temporary.name
    slots = int(options.get("--slots", 4))
    plain = listener(int(options.get("--port", 0)))
    secure = listener(0) if tls else None
    slot_path = directory + "/slots"
    slot_listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    slot_listener.bind(slot_path)
    slot_listener.listen(slots * 2)
    ours, theirs = socket.socketpair()
    log_ours, log_theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ports = [plain] + ([secure] if secure else [])
    process = start(command, [s.fileno() for s in [theirs, log_theirs, slot_listener] + ports])
    theirs.close()
    log_theirs.close()

    ready, ended = threading.Event(), threading.Event()
    threading.Thread(target=read_control, args=(ours, ready, ended), daemon=True).start()
    threading.Thread(target=read_log, args=(log_ours,), daemon=True).start()
    config = json.dumps(settings(directory, plain.getsockname()[1], secure and secure.getsockname()[1], slots, options))
    listeners = b"".join(struct.pack("<IB", 6 + i, s is secure) for i, s in enumerate(ports))
    control(ours, CONFIGURE, text(config) + struct.pack("<IH", 5, len(ports)) + listeners)
    if tls:
        control(ours, CERTIFICATE, text(open(tls[0]).read()) + text(open(tls[1]).read()))
    control(ours, ADMIT, struct.pack("<IIIHQQ", WORKER, GENERATION, os.getpid(), slots, *NONCE))
    control(ours, IN_FORCE, struct.pack("<I", GENERATION))
    ready.wait(20)
    if "--no-worker" not in options:
        FakeWorker(slot_path, slots)
    urls = [f"http://127.0.0.1:{plain.getsockname()[1]}/"]
    if secure:
        urls.append(f"https://127.0.0.1:{secure.getsockname()[1]}/")
    print("serving", *urls, "front end", process.pid, flush=True)

    for line in sys.stdin:
        words = line.split()
        if not words:
            continue
        if words[0] == "ping":
            control(ours, PING)
        elif words[0] == "drain":
            control(ours, DRAIN)
        elif words[0] == "retire":
            control(ours, RETIRE, struct.pack("<I", WORKER))
        elif words[0] == "cert":
            control(ours, CERTIFICATE, text(open(words[1]).read()) + text(open(words[2]).read()))
        elif words[0] == "kill":
            process.kill()
        elif words[0] == "wait":
            ended.wait(30)
            print("exit code", process.wait(10), flush=True)
        elif words[0] == "quit":
            break
    ours.close()
    try:
        print("exit code", process.wait(10), flush=True)
    except subprocess.TimeoutExpired:
        process.kill()
        print("it did not end; killed", flush=True)
    temporary.cleanup()


if __name__ == "__main__":
    main()
