"""The write() callable: before the iterable's items, alone, with what it must refuse, pushed out at once, and
without end."""
import answers
import ledger


def application(environ, start_response):
    query = answers.query(environ)
    case = query.get("case", "mixed")
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    if case == "mixed":
        write(b"written,")
        write(b"")
        write(b"twice,")
        return [b"then ", b"iterated"]
    if case == "only":
        write(b"written")
        return []
    if case == "gated":
        write(b"before")
        ledger.gate(query["name"]).wait(60)
        return [b"after"]
    if case == "endless":
        write(b"before")
        ledger.gate(query["name"]).wait(60)
        try:
            while True:
                write(b"x" * 65536)
        except Exception as error:  # the type is what the test is about
            ledger.add(query["name"] + "." + type(error).__name__)
            raise
    try:
        write({"str": "text", "none": None, "number": 1}[case])
    except Exception as error:  # the type is what the test is about
        return [type(error).__name__.encode("ascii")]
    return [b"passed"]
