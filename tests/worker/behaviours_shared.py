"""What the behaviours have in common."""

closed = []
errors_seen = []
kept = {}


def ok(start_response, headers=(), status="200 OK"):
    return start_response(status, [("Content-Type", "text/plain")] + list(headers))


class Closing:
    """An iterable that counts its close() calls."""

    def __init__(self, items, name="x", length=None):
        self.items = iter(items)
        self.name = name

    def __iter__(self):
        return self

    def __next__(self):
        item = next(self.items)
        if isinstance(item, BaseException):
            raise item
        return item

    def close(self):
        closed.append(self.name)


class Sized(Closing):
    def __len__(self):
        return 1
