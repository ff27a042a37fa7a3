"""The program that a worker runs: PYTHON .../addergate/bootstrap.py, with a control socket on descriptor 3 and a log
socket on descriptor 4 (docs/design/0001-process-model.md). With --preload the supervisor runs it as the template, and
the workers are forked from that. A service script's process begins here too, and has no .NET in it.

The order of the steps is what the comments say it is for; each was seen to break otherwise.
"""


def main():
    import faulthandler
    import os
    import sys

    # Our own folder must not be on the application's path: its modules have short names. The package itself stays
    # importable because it is in sys.modules from here on.
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0] or ".") == here:
        del sys.path[0]
    sys.path.insert(0, os.path.dirname(here))
    from addergate import _control, _environment, _runtime, _signals, _threads

    del sys.path[0]

    plan = _control.read_plan()
    if "service" in plan:
        from addergate import _service

        _service.run(plan)
        return

    try:
        # CoreCLR puts handlers on signals that are Python's and the application's, and shares a pipe between them and
        # forked children: they get their own back. SIGSEGV stays .NET's, in front of faulthandler's.
        saved = _signals.save(_signals.OF_CRASHES)
        faulthandler.enable()
        # The supervisor asks for the stacks of a worker whose GIL cannot be had.
        faulthandler.register(_signals.STACKS, all_threads=True, chain=False)
        # Before .NET, which settles down in what there is, and would not survive to have it cut.
        _environment.limit_address_space(plan.get("virtual_memory_limit", 0))
        _environment.settle(plan)
        jail = None
        if plan.get("root"):
            from addergate import _jail

            jail = _jail.Jail(plan["root"])
        application = None
        if plan.get("template"):
            from addergate import _template

            plan, application = _template.serve(plan)

        # An application that is there already may have handlers.
        saved += _signals.save(_signals.OF_PEOPLE)
        _environment.prepare()
        _runtime.load(os.path.dirname(os.path.dirname(here)))
        _environment.hide()
        _signals.restore(saved)
        if jail is not None:
            jail.enter(here)

        from addergate import _development, _loader, _mod_wsgi, _serve

        if application is None:
            _mod_wsgi.install(plan)
            _development.begin(plan)
            application = _loader.load(plan["application"])
        worker = _serve.Worker(plan, _development.around(plan, application))
    except _control.StartFailure as failure:
        reason = str(failure)
    except Exception:
        import traceback

        reason = "The worker could not start, which is a fault of the server.\n" + traceback.format_exc()
    else:
        worker.run()
        return
    _control.send_failed(reason)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(1)


if __name__ == "__main__":
    main()
