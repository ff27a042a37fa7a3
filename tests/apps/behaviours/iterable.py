"""Returns an iterable of the kind that ?kind= says; nearly all of them hold the same bytes."""
import answers


class OldSequence:
    """Iterable through __getitem__ only."""

    def __getitem__(self, index):
        return [b"one,", b"two,", b"three"][index]


class OneWithLength:
    def __len__(self):
        return 1

    def __iter__(self):
        return iter([b"one,two,three"])


def generator(items):
    yield from items


ITEMS = [b"one,", b"two,", b"three"]
KINDS = {
    "list": lambda: list(ITEMS),
    "list_of_one": lambda: [b"one,two,three"],
    "tuple": lambda: tuple(ITEMS),
    "tuple_of_one": lambda: (b"one,two,three",),
    "generator": lambda: generator(ITEMS),
    "iterator": lambda: iter(ITEMS),
    "map": lambda: map(bytes, ITEMS),
    "set_of_one": lambda: {b"one,two,three"},
    "old_sequence": OldSequence,
    "one_with_length": OneWithLength,
    "with_empty_items": lambda: [b"", b"one,", b"", b"two,three", b""],
    "generator_with_empty_items": lambda: generator([b"", b"one,two,", b"", b"three", b""]),
    "empty_list": lambda: [],
    "empty_tuple": lambda: (),
    "empty_generator": lambda: generator([]),
    "list_of_nothing": lambda: [b""],
    # Not allowed: the message must say so, and nothing of it may be sent.
    "none": lambda: None,
    "number": lambda: 42,
    "str": lambda: "text",
    "list_of_str": lambda: ["text"],
    "list_of_none": lambda: [None],
    "list_of_bytearray": lambda: [bytearray(b"text")],
    "list_of_memoryview": lambda: [memoryview(b"text")],
}


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return KINDS[answers.query(environ)["kind"]]()
