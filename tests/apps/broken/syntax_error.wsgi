"""Does not even compile."""


def application(environ, start_response)
    return []
