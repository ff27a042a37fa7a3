"""Writes to every place that ends in the error log."""
import logging
import os
import sys

import answers


def application(environ, start_response):
    mark = answers.query(environ)["mark"]
    errors = environ["wsgi.errors"]
    errors.write("errors-%s line one\nerrors-%s line two\n" % (mark, mark))
    errors.writelines(["lines-%s " % mark, "joined\n"])
    errors.write("unicode-%s \u20ac\n" % mark)
    errors.flush()
    print("stdout-%s" % mark, flush=True)
    print("stderr-%s" % mark, file=sys.stderr, flush=True)
    os.write(2, b"descriptor-%s\n" % mark.encode("ascii"))
    logging.getLogger("tests").warning("logging-%s", mark)
    return answers.text(start_response, environ.get("mod_wsgi.request_id", ""))
