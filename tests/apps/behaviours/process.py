"""Who serves: pid, threads, and the process's own idea of itself."""
import os
import sys
import threading

import answers


def application(environ, start_response):
    return answers.as_json(start_response, {
        "pid": os.getpid(), "ppid": os.getppid(), "uid": os.getuid(), "gid": os.getgid(), "groups": os.getgroups(),
        "thread": threading.current_thread().name, "main": threading.main_thread().name,
        "threads": sorted(thread.name for thread in threading.enumerate()),
        "executable": sys.executable, "prefix": sys.prefix, "version": list(sys.version_info[:3]),
        "cwd": os.getcwd(), "path": sys.path, "argv": sys.argv, "modules": "addergate" in sys.modules,
        "environment": {key: value for key, value in os.environ.items()},
    })
