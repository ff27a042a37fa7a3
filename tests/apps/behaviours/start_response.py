"""start_response called as ?case= says. The answer tells what it did: the exception's type, or that it passed."""
import sys

import answers

STATUS = {
    "status_bytes": b"200 OK",
    "status_none": None,
    "status_number": 200,
    "status_short": "20 OK",
    "status_long": "2000 OK",
    "status_word": "abc OK",
    "status_empty": "",
    "status_no_space": "200OK",
    "status_below_100": "099 Low",
    "status_lf": "200 OK\nX-Injected: 1",
    "status_cr": "200 OK\rX-Injected: 1",
    "status_nul": "200 O\0K",
    "status_control": "200 O\x07K",
    "status_not_latin1": "200 \u20ac",
    "status_padded_digits": "+20 OK",
    "status_leading_space": " 200 OK",
}
HEADERS = {
    "headers_tuple": (("X-A", "b"),),
    "headers_none": None,
    "headers_iterator": iter([("X-A", "b")]),
    "header_list": [["X-A", "b"]],
    "header_short": [("X-A",)],
    "header_long": [("X-A", "b", "c")],
    "header_string": ["X-A: b"],
    "name_bytes": [(b"X-A", "b")],
    "name_none": [(None, "b")],
    "name_empty": [("", "b")],
    "name_space": [("X A", "b")],
    "name_colon": [("X-A:", "b")],
    "name_lf": [("X-A\nX-Injected", "b")],
    "name_cr": [("X-A\rX-Injected", "b")],
    "name_nul": [("X-\0A", "b")],
    "name_not_ascii": [("X-\xe4", "b")],
    "name_not_latin1": [("X-\u20ac", "b")],
    "value_bytes": [("X-A", b"b")],
    "value_none": [("X-A", None)],
    "value_number": [("X-A", 1)],
    "value_lf": [("X-A", "b\nX-Injected: 1")],
    "value_cr": [("X-A", "b\rX-Injected: 1")],
    "value_crlf": [("X-A", "b\r\nX-Injected: 1")],
    "value_folded": [("X-A", "b\r\n c")],
    "value_nul": [("X-A", "b\0c")],
    "value_control": [("X-A", "b\x08c")],
    "value_not_latin1": [("X-A", "\u20ac")],
    "hop_connection": [("Connection", "close")],
    "hop_keep_alive": [("Keep-Alive", "timeout=5")],
    "hop_transfer_encoding": [("Transfer-Encoding", "chunked")],
    "hop_te": [("TE", "trailers")],
    "hop_trailer": [("Trailer", "X-A")],
    "hop_trailers": [("Trailers", "X-A")],
    "hop_upgrade": [("uPGRADE", "websocket")],
    "hop_proxy_authenticate": [("Proxy-Authenticate", "Basic")],
    "hop_proxy_authorization": [("Proxy-Authorization", "Basic x")],
    "length_word": [("Content-Length", "many")],
    "length_negative": [("Content-Length", "-1")],
    "length_plus": [("Content-Length", "+1")],
    "length_empty": [("Content-Length", "")],
    "length_twice": [("Content-Length", "1"), ("Content-Length", "2")],
    "length_huge": [("Content-Length", "99999999999999999999")],
}


class Text(str):
    """A subclass: PEP 3333 asks for exactly str."""


HEADERS["name_subclass"] = [(Text("X-A"), "b")]


def application(environ, start_response):
    case = answers.query(environ)["case"]
    plain = [("Content-Type", "text/plain")]
    try:
        if case in STATUS:
            start_response(STATUS[case], plain)
        elif case in HEADERS:
            start_response("200 OK", HEADERS[case])
        else:
            globals()[case](start_response, plain)
    except Exception as error:  # the type is what the test is about
        return answers_after(start_response, case, error)
    return [b"passed " + case.encode("ascii")]


def answers_after(start_response, case, error):
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Refused", type(error).__name__)], sys.exc_info())
    return [("refused " + case).encode("ascii")]


def twice(start_response, plain):
    start_response("200 OK", plain)
    start_response("201 Created", plain)


def no_arguments(start_response, plain):
    start_response()


def one_argument(start_response, plain):
    start_response("200 OK")


def too_many(start_response, plain):
    start_response("200 OK", plain, None, None)


def exc_info_none(start_response, plain):
    start_response("200 OK", plain, None)


def latin1_value(start_response, plain):
    start_response("200 OK", plain + [("X-A", "\xe4\xf6")])


def tab_value(start_response, plain):
    start_response("200 OK", plain + [("X-A", "b\tc")])


def empty_value(start_response, plain):
    start_response("200 OK", plain + [("X-A", "")])


def same_name_twice(start_response, plain):
    start_response("200 OK", plain + [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2; Path=/")])


def no_reason(start_response, plain):
    start_response("200 ", plain)


def unusual_status(start_response, plain):
    start_response("299 Rather Fine", plain)


def own_server_and_date(start_response, plain):
    start_response("200 OK", plain + [("Server", "mine"), ("Date", "Thu, 01 Jan 1970 00:00:00 GMT")])
