"""Application code that is after the front end's secrets. Each answer is what it got and what was refused it, as JSON.

GET /take?pid=N          everything that a process of the same user may do to another one that lets itself be debugged;
                         without a pid, to one of its own
GET /read?path=P         a file
GET /sysctl              the kernel's switches that would open the doors
POST /memory             looks for bytes (the body, each XOR 0x55 so that looking does not put them there) in this process
GET /watch?pid=N         ends the front end, and is at the next one from its first moment on
GET /watched             ends that, and says what it gave
"""
import ctypes
import errno
import json
import os
import signal
import subprocess
import threading
from urllib.parse import parse_qs

_libc = ctypes.CDLL(None, use_errno=True)
_XOR = bytes(byte ^ 0x55 for byte in range(256))
_FILES = ("mem", "maps", "smaps", "environ", "auxv", "pagemap", "io", "task/{pid}/mem", "task/{pid}/environ")
_LINKS = ("exe", "cwd", "root", "fd/0")
_DIRECTORIES = ("fd", "fdinfo", "map_files")
_SEIZE, _PIDFD_OPEN, _PIDFD_GETFD, _VM_READ, _KCMP = 0x4206, 434, 438, 310, 312
# Found wherever it is looked for.
_FOUND = b"wherever it is looked for"
_watched = {"taken": [], "tries": 0, "seen": []}
_enough = threading.Event()


def application(environ, start_response):
    query = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    taken, refused = [], []

    def attempt(name, action):
        try:
            action()
        except OSError as error:
            refused.append(name + " " + errno.errorcode.get(error.errno, str(error.errno)))
        else:
            taken.append(name)

    path = environ["PATH_INFO"]
    if path == "/take":
        if "pid" in query:
            _take(int(query["pid"]), attempt)
        else:
            own = subprocess.Popen(["sleep", "60"])
            _take(own.pid, attempt)
            own.kill()
            own.wait()
    elif path == "/read":
        attempt(query["path"], lambda: open(query["path"], "rb").read())
    elif path == "/sysctl":
        for name in ("kernel/core_pattern", "fs/suid_dumpable", "kernel/yama/ptrace_scope"):
            if os.path.exists("/proc/sys/" + name):
                attempt(name, lambda: open("/proc/sys/" + name, "r+").close())
    elif path == "/memory":
        needle = environ["wsgi.input"].read()
        taken = ["memory"] if _is_in_memory(needle) else []
    elif path == "/watch":
        threading.Thread(target=_watch, args=(int(query["pid"]),), daemon=True).start()
    elif path == "/watched":
        _enough.set()
        start_response("200 OK", [])
        return [json.dumps(_watched).encode()]
    start_response("200 OK", [])
    return [json.dumps({"taken": taken, "refused": refused, "user": os.getuid(), "pid": os.getpid()}).encode()]


def _take(pid, attempt):
    folder = "/proc/{}/".format(pid)
    for name in _FILES:
        attempt(name, lambda: open(folder + name.format(pid=pid), "rb").close())
    for name in _LINKS:
        attempt(name, lambda: os.readlink(folder + name))
    for name in _DIRECTORIES:
        attempt(name, lambda: os.listdir(folder + name))
    attempt("root/", lambda: os.listdir(folder + "root/"))
    attempt("process_vm_readv", lambda: _read_memory(pid))
    attempt("pidfd_getfd", lambda: _steal_descriptor(pid))
    attempt("kcmp", lambda: _call(_KCMP, pid, pid, 0, 0, 0))
    attempt("ptrace", lambda: _trace(pid))


def _call(number, *arguments):
    result = _libc.syscall(ctypes.c_long(number), *(ctypes.c_long(argument) for argument in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), "")
    return result


def _trace(pid):
    if _libc.ptrace(ctypes.c_long(_SEIZE), ctypes.c_long(pid), None, None) < 0:
        raise OSError(ctypes.get_errno(), "")


def _steal_descriptor(pid):
    handle = _call(_PIDFD_OPEN, pid, 0)
    try:
        os.close(_call(_PIDFD_GETFD, handle, 0, 0))
    finally:
        os.close(handle)


class _Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def _read_memory(pid):
    # Of what may not be read the address does not matter: that is judged first.
    try:
        with open("/proc/{}/maps".format(pid)) as maps:
            address = int(maps.readline().split("-")[0], 16)
    except OSError:
        address = 0x10000
    buffer = ctypes.create_string_buffer(16)
    ours, theirs = _Part(ctypes.addressof(buffer), 16), _Part(address, 16)
    _call(_VM_READ, pid, ctypes.addressof(ours), 1, ctypes.addressof(theirs), 1, 0)


def _is_in_memory(needle):
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            bounds, access = line.split()[:2]
            start, end = (int(bound, 16) for bound in bounds.split("-"))
            if "r" not in access or "[v" in line:
                continue
            try:
                memory.seek(start)
                while start < end:
                    block = memory.read(min(end - start, 1 << 22))
                    if not block or needle in block.translate(_XOR):
                        return bool(block)
                    start += len(block)
            except (OSError, OverflowError):
                continue
    return False


def _watch(front_end):
    """Opened in the moment in which a process does not protect itself yet, its memory could be read for ever."""
    os.kill(front_end, signal.SIGKILL)
    while not _enough.is_set():
        for entry in os.listdir("/proc"):
            if entry.isdigit() and int(entry) > front_end:
                _try_at_once("/proc/" + entry)


def _parent(folder):
    try:
        with open(folder + "/stat") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _try_at_once(folder):
    try:
        with open(folder + "/cmdline", "rb") as file:
            command = file.read().decode()
    except OSError:
        return
    if "_frontend" not in command or _parent(folder) != os.getppid():
        return
    _watched["tries"] += 1
    if "_exec" not in command and folder not in _watched["seen"]:
        _watched["seen"].append(folder)
    for name in ("mem", "maps", "environ", "fd"):
        try:
            os.close(os.open(folder + "/" + name, os.O_RDONLY))
            _watched["taken"].append(name + " of " + command.replace("\0", " "))
        except OSError:
            pass
