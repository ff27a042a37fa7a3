"""The program that reads a configuration file: values, types, and above all their lines."""

import importlib.util
import json
import random
import subprocess
import sys
import unittest
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[2] / "python" / "addergate" / "_toml_reader.py"
_spec = importlib.util.spec_from_file_location("_toml_reader", _PROGRAM)
_toml_reader = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_toml_reader)


# tomllib, which it stands on, is there from Python 3.11 on.
class TomlReaderTests(unittest.TestCase if sys.version_info >= (3, 11) else object):
    def described(self, text, *section):
        return _toml_reader.describe(text.encode(), section)

    def lines(self, text, *section):
        """Line, type and value of each value that is no table, by path."""
        found = {}

        def walk(node, path):
            line, kind, content = node
            if kind == "table":
                for key, item in content.items():
                    walk(item, f"{path}.{key}" if path else key)
            elif kind == "list":
                for index, item in enumerate(content):
                    walk(item, f"{path}[{index}]")
            else:
                found[path] = (line, kind, content)

        walk(self.described(text, *section)["value"], "")
        return found

    def test_each_type_has_its_name_and_line(self):
        self.assertEqual(
            {
                "a": (1, "integer", "1000"), "b": (2, "decimal", "1.5"), "c": (3, "boolean", "true"),
                "d": (4, "text", "x"), "e": (5, "date", "1979-05-27 07:32:00"), "f": (6, "decimal", "inf"),
                "g": (7, "integer", "255"), "h": (8, "date", "07:32:00"),
            },
            self.lines("a = 1_000\nb = 1.5\nc = true\nd = 'x'\ne = 1979-05-27 07:32:00\nf = inf\ng = 0xff\nh = 07:32:00"))

    def test_what_looks_like_syntax_inside_of_text_is_none(self):
        text = (
            '# [x]\r\na = "# \\" ] = }" # "\r\nb = \'\\\'\r\nc = """\r\n[t]\r\n\\""" d = 1 """""\r\n'
            "d = '''\r\n'' e = ''''\r\n"
            '"e # ." = {f = [1, # ,]\r\n 2], "g\\u0041" . h = "}"}\r\n')
        self.assertEqual(
            {
                "a": (2, "text", '# " ] = }'), "b": (3, "text", "\\"), "c": (4, "text", '[t]\n""" d = 1 ""'),
                "d": (7, "text", "'' e = '"), "e # ..f[0]": (9, "integer", "1"), "e # ..f[1]": (10, "integer", "2"),
                "e # ..gA.h": (10, "text", "}"),
            },
            self.lines(text))

    def test_tables_lists_of_tables_and_dotted_keys(self):
        text = (
            "x.y.z = 1\n[a . 'b']\nc = 2\n[[l]]\nv = 3\n[l.s]\nw = 4\n[[l.m]]\nv = 5\n[[l.m]]\nv = 6\n"
            "[[l]]\nv = 7\n[[l.m]]\nv = 8\n[l.m.n]\no = [\n[1],\n[\n2]]\n[a]\nd = 9\n")
        self.assertEqual(
            {
                "x.y.z": 1, "a.b.c": 3, "a.d": 22, "l[0].v": 5, "l[0].s.w": 7, "l[0].m[0].v": 9, "l[0].m[1].v": 11,
                "l[1].v": 13, "l[1].m[0].v": 15, "l[1].m[0].n.o[0][0]": 18, "l[1].m[0].n.o[1][0]": 20,
            },
            {path: line for path, (line, _, _) in self.lines(text).items()})

    def test_a_section_of_a_larger_file(self):
        text = "[project]\nname = 'x'\n[tool.addergate]\nport = 80\n[tool.addergate.setenv]\nA = 'b'\n"
        self.assertEqual(
            {"port": (4, "integer", "80"), "setenv.A": (6, "text", "b")}, self.lines(text, "tool", "addergate"))
        self.assertIsNone(self.described("[tool.black]\n", "tool", "addergate")["value"])
        self.assertIsNone(self.described("tool = 1\n", "tool", "addergate")["value"])

    def test_what_is_no_toml_is_told_with_its_line(self):
        for text, mistake in (
            ("a = 1\nb = \n", [2, "Invalid value"]),
            ("a = 1\na = 2\n", [2, "Cannot overwrite a value"]),
            ("a = 1\n\n[b", [3, "Expected ']' at the end of a table declaration"]),
            ("a = 1\nport 80\n", [2, "Expected '=' after a key in a key/value pair"]),
        ):
            self.assertEqual({"mistake": mistake}, self.described(text))
        self.assertEqual({"mistake": [2, "it is not written in UTF-8"]}, _toml_reader.describe(b"a = 1\n\xff", ()))
        self.assertIn("mistake", self.described("a = " + "[" * 100000))

    def test_every_line_is_right_in_files_made_at_random(self):
        for seed in range(500):
            text, expected = _RandomFile(random.Random(seed)).write()
            with self.subTest(seed=seed, text=text):
                found = {path: (content, line) for path, (line, _, content) in self.lines(text).items()}
                self.assertEqual(expected, found)

    def test_as_a_program_it_reads_and_writes_in_isolation(self):
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", "import sys; exec(sys.argv[1])", _PROGRAM.read_text(), "tool", "addergate"],
            input=b"\xef\xbb\xbf[tool.addergate]\nport = 80\n", stdout=subprocess.PIPE, check=True)
        self.assertEqual({"value": [1, "table", {"port": [2, "integer", "80"]}]}, json.loads(done.stdout))


class _RandomFile:
    """A valid file of numbers, each of which is the line that it stands for."""

    def __init__(self, random_source):
        self._random = random_source
        self._text = ""
        self._count = 0
        self._expected = {}

    def write(self):
        for _ in range(self._random.randrange(6)):
            self._pair("", "\n")
        for table in range(self._random.randrange(5)):
            if self._random.random() < 0.5:
                self._text += f"[table{table} . sub]{self._end()}"
                self._pairs(f"table{table}.sub")
            else:
                for item in range(self._random.randrange(1, 4)):
                    self._text += f"[[ 'list{table}' ]]{self._end()}"
                    self._pairs(f"list{table}[{item}]")
        return self._text, self._expected

    def _pairs(self, path):
        for _ in range(self._random.randrange(4)):
            self._pair(path + ".", "\n")

    def _end(self):
        return self._random.choice(("\n", "  # ] } = \"\n", "\n\n# '''\n"))

    def _pair(self, prefix, end):
        self._count += 1
        key = f"k{self._count}"
        self._text += self._random.choice((key, f'"{key}"', f"'{key}' "))
        if self._random.random() < 0.2:
            self._text += " . inner"
            key += ".inner"
        self._text += " = "
        self._value(prefix + key, self._text.count("\n") + 1)
        self._text += self._end() if end == "\n" else end

    def _value(self, path, line):
        kind = self._random.random()
        if kind < 0.2:
            self._text += "["
            for index in range(self._random.randrange(4)):
                self._text += self._random.choice((" ", "\n", " # , ]\n"))
                self._value(f"{path}[{index}]", self._text.count("\n") + 1)
                self._text += self._random.choice((",", " ,", "\n,"))
            self._text += self._random.choice(("]", "\n]"))
        elif kind < 0.35:
            self._text += "{ "
            for index in range(self._random.randrange(3)):
                self._text += ", " if index else ""
                self._pair(path + ".", " ")
            self._text += "}"
        else:
            self._count += 1
            value = self._random.choice(("{n}", "{n} #'", "{n}]", "{n}}}", "{n}\"", "\n{n}")).format(n=self._count)
            quotes = ["'''", '"""'] + (["'"] if not set("\n'") & set(value) else [])
            quote = self._random.choice(quotes)
            if quote == '"""':
                value = value.replace('"', "'")
            self._text += f"{quote}{value}{quote}"
            # A newline right behind the quotes is none of the value.
            self._expected[path] = (value.lstrip("\n"), line)


if __name__ == "__main__":
    unittest.main()
