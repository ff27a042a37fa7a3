"""Reads TOML from standard input and writes it to standard output as JSON in which each value has its line.

The supervisor runs this as text, after the program that asks an interpreter what it is: alone, with nothing of this package
to import, never as root when the application is to run as somebody else, and only in Python 3.11 and later, which have tomllib.
Arguments name the table to write, as tool and addergate in pyproject.toml.

    {"value": [line, type, value]}   type is text, integer, decimal, boolean, date, list or table; all but the last
                                     two are written as text
    {"value": null}                  there is no such table
    {"mistake": [line, sentence]}    it is no TOML; line 0 when that is unknown
"""

import json
import re
import sys

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{1,2})?' r"|'''.*?'''(?:'{1,2})?" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'", re.DOTALL)
_OTHER = re.compile(r"[^,\]}#\n]*")
_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class LineFinder:
    """Finds the line of each key and of each item of a list, which tomllib does not tell.

    Knows as much of TOML as that takes, and relies on the text being valid.
    """

    def __init__(self, text, unquote):
        self._text = text
        self._unquote = unquote
        self._at = 0
        self._counted = 0
        self._line = 1
        self._lines = {}
        self._tables = {}

    def find(self):
        """Lines by path: the keys and indexes that lead to a value."""
        table = ()
        while self._skip_blank() < len(self._text):
            if self._text.startswith("[", self._at):
                brackets = 2 if self._text.startswith("[[", self._at) else 1
                line = self._here()
                self._at += brackets
                table = self._table(self._key(), line, brackets == 2)
                self._skip_blank()
                self._at += brackets
            else:
                self._pair(table)
        return self._lines

    def _here(self):
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _skip_blank(self):
        self._at = _BLANK.match(self._text, self._at).end()
        return self._at

    def _note(self, path, line):
        self._lines.setdefault(path, line)

    def _table(self, keys, line, is_item):
        """The path of a table from its header; where a part of it is a list of tables, its last item is meant."""
        path = ()
        for place, key in enumerate(keys, 1):
            path += (key,)
            self._note(path, line)
            if is_item and place == len(keys):
                self._tables[path] = self._tables.get(path, 0) + 1
            if path in self._tables:
                path += (self._tables[path] - 1,)
                self._note(path, line)
        return path

    def _key(self):
        keys = []
        while True:
            self._skip_blank()
            quoted = self._text[self._at] in "\"'"
            found = (_STRING if quoted else _BARE).match(self._text, self._at)
            keys.append(self._unquote(found.group()) if quoted else found.group())
            self._at = found.end()
            self._skip_blank()
            if self._text[self._at] != ".":
                return keys
            self._at += 1

    def _pair(self, table):
        line = self._here()
        path = table
        for key in self._key():
            path += (key,)
            self._note(path, line)
        self._at += 1
        self._value(path)

    def _value(self, path):
        self._skip_blank()
        first = self._text[self._at]
        if first == "[":
            self._items(path, "]")
        elif first == "{":
            self._items(path, "}")
        else:
            self._at = (_STRING.match(self._text, self._at) or _OTHER.match(self._text, self._at)).end()

    def _items(self, path, end):
        self._at += 1
        index = 0
        while True:
            self._skip_blank()
            if self._text[self._at] == ",":
                self._at += 1
            elif self._text[self._at] == end:
                self._at += 1
                return
            elif end == "}":
                self._pair(path)
            else:
                self._note(path + (index,), self._here())
                self._value(path + (index,))
                index += 1


def describe(data, section):
    """What is written to standard output, before it is JSON."""
    import tomllib

    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return {"mistake": [data.count(b"\n", 0, error.start) + 1, "it is not written in UTF-8"]}
    try:
        value = tomllib.loads(text)
        lines = LineFinder(text, lambda quoted: tomllib.loads("key = " + quoted)["key"]).find()
        path = ()
        for key in section:
            value = value.get(key) if isinstance(value, dict) else None
            path += (key,)
        return {"value": None if value is None else _node(value, path, lines)}
    except RecursionError:
        return {"mistake": [0, "it is nested too deeply"]}
    except ValueError as error:
        sentence = str(error)
        place = _PLACE.search(sentence)
        if place is None:
            return {"mistake": [0, sentence]}
        line = int(place.group(1)) if place.group(1) else text.rstrip("\n").count("\n") + 1
        return {"mistake": [line, sentence[: place.start()]]}


def _node(value, path, lines):
    line = lines.get(path, 0)
    if isinstance(value, dict):
        return [line, "table", {key: _node(item, path + (key,), lines) for key, item in value.items()}]
    if isinstance(value, list):
        return [line, "list", [_node(item, path + (index,), lines) for index, item in enumerate(value)]]
    if isinstance(value, bool):
        return [line, "boolean", "true" if value else "false"]
    if isinstance(value, int):
        return [line, "integer", str(value)]
    if isinstance(value, float):
        return [line, "decimal", repr(value)]
    if isinstance(value, str):
        return [line, "text", value]
    return [line, "date", str(value)]


if __name__ == "__main__":
    sys.stdout.buffer.write(json.dumps(describe(sys.stdin.buffer.read(), sys.argv[2:])).encode() + b"\n")
