"""Answers 413 without reading, for Expect: 100-continue and for large uploads."""
import answers


def application(environ, start_response):
    return answers.text(start_response, "no, thanks", "413 Payload Too Large")
