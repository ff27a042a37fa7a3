"""GET ?name=N: its count. GET ?open=N: opens that gate."""
import answers
import ledger


def application(environ, start_response):
    query = answers.query(environ)
    if "open" in query:
        ledger.gate(query["open"]).set()
        return answers.text(start_response, "opened")
    return answers.text(start_response, str(ledger.get(query["name"])))
