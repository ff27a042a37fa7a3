"""A factory that fails."""


def create_app():
    raise LookupError("the factory has no configuration")


def create_none():
    return None
