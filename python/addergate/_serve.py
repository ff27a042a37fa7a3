"""Runs the request threads and waits, in Python, for the end."""

import io
import os
import signal
import sys
import threading

import _addergate

from addergate import _control, _development, _events, _files, _input, _logs, _mod_wsgi, _sources, _threads

_LEVELS = {"debug": 0, "info": 1, "warn": 2, "warning": 2, "error": 3, "critical": 4}
_STOP = 0


class Worker:
    """The process between READY and its end."""

    def __init__(self, plan, application):
        _threads.check()
        self._plan = plan
        self._handlers = {}
        # Signal numbers and, for stop, a zero arrive here: the main thread waits in Python, so that handlers which the
        # application installs run.
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._stop_read, self._stop_write = os.pipe()
        _addergate.configure(
            {
                "worker": plan["worker"],
                "generation": plan["generation"],
                "slots": plan["slots"],
                "nonce_high": plan["nonce_high"],
                "nonce_low": plan["nonce_low"],
                "slot_socket": plan["slot_socket"],
                "shutdown_timeout": float(plan["shutdown_timeout"]),
                "log_level": _LEVELS.get(plan.get("log_level", "warn").lower(), 2),
                "wake_pipe": self._wake_write,
                "stop_pipe_read": self._stop_read,
                "stop_pipe_write": self._stop_write,
                "application": application,
                "environ": _environ_template(plan),
                "bytes_io": io.BytesIO,
                "open_input": _input.open_input,
                "file_wrapper": _files.FileWrapper,
                "file_range": _files.file_range,
                "log_exception": _logs.log_exception,
                "log_overdue": _logs.log_overdue,
                "log_slow": _logs.log_slow,
                "flush_errors": _logs._errors.flush,
                "request_timeout": _mod_wsgi.RequestTimeout,
                "settle_timeout": _mod_wsgi.settle_timeout,
                "map_head_to_get": bool(plan.get("map_head_to_get")),
                "hands_over_files": bool(plan.get("hands_over_files")),
            }
        )

    def run(self):
        """Serves until STOP, SIGTERM or SIGINT, then ends the process as any Python program ends: with its
        non-daemon threads joined and its exit handlers run."""
        self._part_from_children()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.reconfigure(line_buffering=True)
            except (AttributeError, ValueError):
                pass
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                self._handlers[number] = signal.signal(number, self._stop)
        # As mod_wsgi takes it: a replacement first, then the end. An application's own handler goes before.
        if signal.getsignal(signal.SIGUSR1) == signal.SIG_DFL:
            self._handlers[signal.SIGUSR1] = signal.signal(signal.SIGUSR1, self._evict)

        threads = []
        # 0 is the system's own, and the least is Python's to say.
        usual = threading.stack_size(self._plan.get("stack_size", 0))
        for index in range(self._plan["slots"]):
            thread = threading.Thread(
                target=_addergate.run_slot, args=(index,), name="addergate-request-{}".format(index), daemon=True
            )
            thread.start()
            threads.append(thread)
        threading.stack_size(usual)
        _control.send_ready()
        threading.Thread(target=_addergate.run_control, name="addergate-control", daemon=True).start()
        if self._plan.get("reload_on_changes"):
            _sources.watch()

        while _STOP not in os.read(self._wake_read, 256):
            pass

        import faulthandler

        # A thread in C that needs no GIL: says where every thread hangs, then ends the process.
        faulthandler.dump_traceback_later(max(0.1, float(self._plan["shutdown_timeout"])), exit=True)
        _events.stopping(_addergate.stop())
        if self._plan.get("development", {}).get("debug_mode"):
            orderly = _development.stop(threads)
            _development.finish()
        else:
            orderly = True
            for thread in threads:
                thread.join()
        if not orderly or self._plan.get("orphan_interpreter"):
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(0)
        sys.exit(0)

    def _stop(self, number, frame):
        os.write(self._wake_write, bytes([_STOP]))

    def _evict(self, number, frame):
        try:
            _control.send_evict()
        except OSError:
            pass  # The supervisor is gone, and the worker is about to end.

    def _part_from_children(self):
        """A forked child must not hold the sockets of its parent, or the front end would never see the parent's end,
        and a signal to the child must not stop the parent. No C# is entered there; its other threads are gone.

        From before the fork until the child has its own handlers, the signals that the worker handles are blocked in
        the forking thread: Python forgets what arrives in a child before its hooks have run, and a child that is
        terminated right after its start would live on."""
        held = threading.local()

        def hold():
            held.mask = signal.pthread_sigmask(signal.SIG_BLOCK, self._handlers)

        def release():
            signal.pthread_sigmask(signal.SIG_SETMASK, held.mask)

        slots = _addergate.descriptors().cast("i")
        others = (_control.CONTROL, self._wake_read, self._wake_write, self._stop_read, self._stop_write)

        def part():
            signal.set_wakeup_fd(-1)
            for number, handler in self._handlers.items():
                if signal.getsignal(number) in (self._stop, self._evict):
                    signal.signal(number, handler)
            for descriptor in slots.tolist() + list(others):
                if descriptor >= 0:
                    try:
                        os.close(descriptor)
                    except OSError:
                        pass
            release()

        os.register_at_fork(before=hold, after_in_parent=release, after_in_child=part)


def _environ_template(plan):
    """What is the same in every environ. SCRIPT_NAME, PATH_INFO and QUERY_STRING are always there, as CGI wants."""
    template = {
        "SCRIPT_NAME": "",
        "PATH_INFO": "",
        "QUERY_STRING": "",
        "SERVER_SOFTWARE": plan["server_software"],
        "wsgi.version": (1, 0),
        "wsgi.errors": _logs._errors,
        "wsgi.multithread": plan["threads"] > 1,
        "wsgi.multiprocess": plan["processes"] > 1,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": _files.FileWrapper,
        "wsgi.input_terminated": True,
        "mod_wsgi.version": _mod_wsgi.VERSION,
        "mod_wsgi.process_group": plan["process_group"],
        "mod_wsgi.application_group": "",
        "mod_wsgi.callable_object": plan["application"]["callable"],
        "mod_wsgi.request_handler": "wsgi-script",
        "mod_wsgi.handler_script": "",
        "mod_wsgi.listener_host": plan["listener_host"],
        "mod_wsgi.listener_port": plan["listener_port"],
        "mod_wsgi.server_pid": plan["supervisor_pid"],
    }
    if plan["application"]["type"].lower() == "script":
        template["SCRIPT_FILENAME"] = plan["application"]["entry"]
    if plan.get("document_root"):
        template["DOCUMENT_ROOT"] = plan["document_root"]
    # Native strings as PEP 3333 has them: bytes, each of which is a character.
    for name, value in plan.get("variables", {}).items():
        template[name] = value.encode("utf-8", "surrogateescape").decode("latin-1")
    return template
