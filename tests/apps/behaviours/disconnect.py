"""Reads a body on demand (--request-buffering off) and notes how it ended."""
import answers
import ledger


def application(environ, start_response):
    name = answers.query(environ)["name"]
    ledger.add(name + ".entered")
    try:
        while environ["wsgi.input"].read(1024):
            pass
    except Exception as error:  # the type is what the test is about
        ledger.add(name + "." + type(error).__name__)
        ledger.add(name + (".oserror" if isinstance(error, OSError) else ".other"))
        raise
    ledger.add(name + ".finished")
    return answers.text(start_response, "read")
