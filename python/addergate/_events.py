"""What applications subscribe to, with mod_wsgi's names. Plain lists: an application may subscribe while it is
imported, before there is anything to tell."""

from addergate import _logs

event_callbacks = []
shutdown_callbacks = []


def subscribe_events(callback):
    """Calls callback(name, **event) for each event. Can be used as a decorator."""
    event_callbacks.append(callback)
    return callback


def subscribe_shutdown(callback):
    """Calls callback("process_stopping", shutdown_reason=...) once, before the worker ends. Can be used as a
    decorator."""
    shutdown_callbacks.append(callback)
    return callback


def stopping(reason):
    """On the main thread, while the last requests may still run."""
    _publish("process_stopping", {"shutdown_reason": reason}, event_callbacks + shutdown_callbacks)


def _publish(name, event, callbacks):
    for callback in callbacks:
        try:
            result = callback(name, **event)
        except BaseException as error:  # One that fails must not keep the next from running.
            _logs.send(
                _logs.ERROR,
                _logs.current_request_id(),
                "Exception in a callback for {}.\n{}".format(name, _logs.format_exception(error, error.__traceback__)),
            )
        else:
            if isinstance(result, dict):
                event.update(result)
