"""The worker program alone, against fake_front_end.py. ADDERGATE_PYTHON names the interpreter that runs the worker
(default: the one that runs the tests), ADDERGATE_LAYOUT the published layout."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from fake_front_end import *  # noqa: E402, F403
from served import HERE, Served  # noqa: E402


class Environ(Served):
    def test_keys_and_types(self):
        text = self.get("environ", "a=%2F", headers={"HTTP_X_NEW": "caf\xe9"}).body.decode()
        for line in (
            "dict=True",
            "PATH_INFO='/environ'",
            "QUERY_STRING='a=%2F'",
            "HTTP_X_NEW='caf\xe9'",
            "REQUEST_METHOD='GET'",
            "SERVER_SOFTWARE='Addergate/0.1.0'",
            "wsgi.version=(1, 0)",
            "wsgi.url_scheme='http'",
            "wsgi.multithread=False",
            "wsgi.multiprocess=False",
            "wsgi.run_once=False",
            "wsgi.input_terminated=True",
            "mod_wsgi.request_start=1.5",
            "mod_wsgi.queue_start=2.5",
            "mod_wsgi.thread_id=1",
            "mod_wsgi.path_info='/environ'",
            "mod_wsgi.process_group='localhost:8000'",
        ):
            self.assertIn(line, text.split("\n"))
        self.assertNotIn("CONTENT_LENGTH", text)

    def test_process_is_prepared(self):
        names, path, directory, argv, package = eval(self.get("process").body)
        self.assertEqual((names, path[0], directory, argv, package), ([], HERE, HERE, ["behaviours"], True))

    def test_threads_are_pythons(self):
        text = self.get("thread").body.decode()
        self.assertTrue(text.startswith("addergate-request-0 True"), text)

    def test_mod_wsgi_module(self):
        self.assertEqual(
            eval(self.get("mod_wsgi").body), ((6, 0, 5), "localhost:8000", "", 1, 1, True, True)
        )


class Responses(Served):
    def test_blocks(self):
        for path, body, length in (
            ("empty_list", b"", "0"),
            ("empty_generator", b"", "0"),
            ("tuple", b"onetwo", None),
            ("generator", b"onetwo", None),
            ("late_start", b"late", None),
            ("sized", b"sized", "5"),
            ("closing", b"ab", None),
            ("large", b"L" * 5000000, "5000000"),
            ("large_generator", b"".join(bytes([65 + n]) * 300000 for n in range(10)), None),
            ("many", b"".join(b"%06d" % n for n in range(20000)), None),
            ("write", b"w1 w2 item", None),
            ("length_exact", b"abcdef", "6"),
        ):
            with self.subTest(path):
                response = self.get(path)
                self.assertEqual((response.status, response.header("Content-Length")), (200, length))
                self.assertTrue(response.body == body)
        self.assertEqual(self.server.records(), [])

    def test_each_item_is_sent_before_the_next(self):
        self.assertEqual([frame[2] for frame in self.get("generator").frames][1:], [3, 0])

    def test_a_list_travels_in_one_frame(self):
        self.assertEqual(len(self.get("tuple").frames), 1)
        self.assertEqual(len(self.get("large").frames), 1)

    def test_close_is_called_once(self):
        self.closed()
        for path in ("closing", "generator", "sized", "raise_before_block", "raise_midway", "str_midway"):
            self.get(path)
        self.assertEqual(self.closed(), "closing,generator,sized,before,midway,str")

    def test_head_has_no_body(self):
        response = self.get("sized", method="HEAD")
        self.assertEqual((response.body, response.header("Content-Length")), (b"", "5"))
        response = self.get("endless", method="HEAD")
        self.assertEqual((response.body, response.header("Content-Length")), (b"", None))
        self.assertIn("endless", self.closed())
        response = self.get("file", method="HEAD")
        self.assertEqual((response.body, response.header("Content-Length")), (b"", "999995"))

    def test_statuses_without_body(self):
        response = self.get("no_content")
        self.assertEqual((response.status, response.body, response.headers), (204, b"", []))
        response = self.get("not_modified")
        self.assertEqual((response.status, response.body, response.headers), (304, b"", [("ETag", '"x"')]))

    def test_too_much_is_cut(self):
        for path in ("length_more", "length_more_list"):
            response = self.get(path)
            self.assertEqual((response.body, response.aborted), (b"abcde", False))
            self.assertIn("more than the 5 bytes", self.log()[2])

    def test_too_little_is_aborted(self):
        response = self.get("length_less")
        self.assertTrue(response.aborted)
        self.assertIn("3 bytes of the 50", self.log()[2])

    def test_write_beyond_the_length_raises(self):
        self.assertEqual(self.get("length_write").body, b"abc")

    def test_exc_info_before_the_head_replaces_it(self):
        response = self.get("exc_info_before")
        self.assertEqual((response.status, response.reason, response.body), (418, "Teapot", b"replaced"))
        self.assertEqual(response.headers, [("X-New", "1"), ("Content-Length", "8")])

    def test_exc_info_after_the_head_raises(self):
        response = self.get("exc_info_after")
        self.assertEqual((response.status, response.body, response.aborted), (200, b"out", True))
        self.assertIn("ValueError: again", self.log()[2])

    def test_second_call_without_exc_info(self):
        self.assertEqual(self.get("start_twice").body, b"AssertionError")

    def test_what_start_response_refuses(self):
        for arguments, answer in (
            ("'200 OK', [], ()", "accepted"),
            ("'200 OK', [], (None,)", "accepted"),
            ("'299 ', [('X-A', '\\tb\\xe9')], ()", "accepted"),
            ("'200', [], ()", "ValueError"),
            ("'20x OK', [], ()", "ValueError"),
            ("'2000 OK', [], ()", "ValueError"),
            ("'100 Continue', [], ()", "ValueError"),
            ("'200 OK\\r\\nX: y', [], ()", "ValueError"),
            ("b'200 OK', [], ()", "TypeError"),
            ("200, [], ()", "TypeError"),
            ("'200 OK', (), ()", "TypeError"),
            ("'200 OK', {}, ()", "TypeError"),
            ("'200 OK', 'x', ()", "TypeError"),
            ("'200 OK', [['a', 'b']], ()", "TypeError"),
            ("'200 OK', [('a', 'b', 'c')], ()", "TypeError"),
            ("'200 OK', [('a',)], ()", "TypeError"),
            ("'200 OK', [(b'a', 'b')], ()", "TypeError"),
            ("'200 OK', [('a', 1)], ()", "TypeError"),
            ("'200 OK', [('', 'b')], ()", "ValueError"),
            ("'200 OK', [('a b', 'c')], ()", "ValueError"),
            ("'200 OK', [('a:', 'c')], ()", "ValueError"),
            ("'200 OK', [('\\xe9', 'c')], ()", "ValueError"),
            ("'200 OK', [('a', 'b\\n')], ()", "ValueError"),
            ("'200 OK', [('a', 'b\\r')], ()", "ValueError"),
            ("'200 OK', [('a', 'b\\0')], ()", "ValueError"),
            ("'200 OK', [('a', '\\u20ac')], ()", "UnicodeEncodeError"),
            ("'200 OK', [('a', '\\ud800')], ()", "UnicodeEncodeError"),
            ("'200 OK', [('Connection', 'close')], ()", "ValueError"),
            ("'200 OK', [('transfer-Encoding', 'chunked')], ()", "ValueError"),
            ("'200 OK', [('Content-Length', 'x')], ()", "ValueError"),
            ("'200 OK', [('Content-Length', '+5')], ()", "ValueError"),
            ("'200 OK', [('Content-Length', '-1')], ()", "ValueError"),
            ("'200 OK', [('Content-Length', '')], ()", "ValueError"),
            ("'200 OK', [('Content-Length', '99999999999999999999')], ()", "ValueError"),
            ("'200 OK', [('Content-Length', '1'), ('Content-Length', '2')], ()", "ValueError"),
            ("'200 OK', [('Content-Length', '8'), ('Content-Length', '8')], ()", "accepted"),
            ("'200 OK', [('x' * 70000, 'b')], ()", "ValueError"),
            ("'200 OK', [('a', 'b' * 2000000)], ()", "ValueError"),
            ("'200 OK', [('a', 'b')] * 5000, ()", "ValueError"),
            ("'200 OK', [('a', 'b')] * 4000, ()", "accepted"),
            ("'200 OK', [('a', 'b' * 1000000)], ()", "accepted"),
            ("'200 ' + 'x' * 70000, [], ()", "ValueError"),
            ("'200 OK', [], (5,)", "TypeError"),
            ("'200 OK', [], ((1, 2),)", "TypeError"),
            ("'200 OK', [], (None, None)", "TypeError"),
        ):
            with self.subTest(arguments):
                body = self.get("start", arguments).body.decode()
                self.assertEqual(body.split(":")[0], answer, body)

    def test_errors_are_logged_whole_and_the_worker_lives_on(self):
        for path, status, texts in (
            ("raise_first", None, ("ValueError: raised first", "in do_raise_first")),
            ("raise_after_start", None, ("ValueError: raised after start",)),
            ("raise_before_block", None, ("ValueError: before block",)),
            ("raise_midway", 200, ("ValueError: midway",)),
            ("system_exit", None, ("sys.exit(3)",)),
            ("keyboard", None, ("KeyboardInterrupt",)),
            ("no_start", None, ("before calling start_response",)),
            ("no_start_empty", None, ("without calling start_response",)),
            ("returns_none", None, ("TypeError", "NoneType")),
            ("str_item", None, ("TypeError", "<class 'str'>")),
            ("str_midway", 200, ("TypeError", "<class 'str'>")),
        ):
            with self.subTest(path):
                response = self.get(path)
                self.assertEqual((response.status, response.aborted), (status, True))
                level, identity, text = self.log()
                self.assertEqual((level, identity), (3, "id-{}".format(self.slot.number)))
                for part in texts:
                    self.assertIn(part, text)
        self.assertEqual(self.server.records(), [])
        self.assert_served()

    def test_a_failing_close_is_logged_and_the_response_is_whole(self):
        response = self.get("close_raises")
        self.assertEqual((response.body, response.aborted), (b"fine", False))
        self.assertIn("RuntimeError: close failed", self.log()[2])

    def test_what_is_kept_beyond_its_request_is_dead(self):
        self.get("keep", upload=b"x" * 10)
        self.assertEqual(self.get("use_kept").body, b"RuntimeError,RuntimeError,RuntimeError")
        self.assert_served()

    def test_a_client_that_leaves_ends_the_iteration(self):
        self.closed()
        self.slot.request(path="/endless")
        self.slot.frame()
        self.slot.word(1, self.slot.number)
        self.assertTrue(self.slot_answer_rest().aborted)
        self.assertEqual(self.closed(), "endless")
        self.assertEqual(self.server.records(), [])

    def slot_answer_rest(self):
        return self.slot.answer()


class Files(Served):
    BODY = b"0123456789" * 100000

    def test_from_the_current_position(self):
        response = self.get("file")
        self.assertEqual(response.header("Content-Length"), "999995")
        self.assertTrue(response.body == self.BODY[5:])
        self.assertEqual(self.get("file_closed").body, b"True")

    def test_content_length_is_honoured(self):
        self.assertTrue(self.get("file", "1000").body == self.BODY[5:1005])
        self.assertEqual(self.server.records(), [])

    def test_a_file_that_is_too_short_is_aborted(self):
        self.assertTrue(self.get("file", "2000000").aborted)
        self.assertEqual(self.get("file_closed").body, b"True")

    def test_others_are_iterated_over(self):
        for path, body in (
            ("file_raw", b"w file"),
            ("file_memory", b"memory" * 1000),
            ("file_gzip", b"unpacked"),
            ("file_wrapped", b"WRAPPED"),
            ("file_pipe", b"piped"),
            ("file_temporary", b"orary"),
        ):
            with self.subTest(path):
                self.assertEqual(self.get(path).body, body)
        self.assertIn("watched", self.closed())


class Bodies(Served):
    def test_inline(self):
        self.assertEqual(self.get("echo", method="POST", body=b"inline body").body, b"inline body")
        self.assertEqual(self.get("echo").body, b"")

    def test_on_demand(self):
        data = os.urandom(3000001)
        for path in ("echo", "echo_blocks"):
            for chunk in (1 << 20, 65536, 4099):
                with self.subTest(path, chunk=chunk):
                    self.slot.request(method="POST", path="/" + path, on_demand=len(data))
                    # The front end reads what is echoed while it still has body to give.
                    self.assertTrue(self.slot.answer(data, chunk).body == data)
        self.slot.request(method="POST", path="/echo", on_demand=-1)
        self.assertEqual(self.slot.answer(b"").body, b"")

    def test_lines(self):
        body = b"one\ntwo two\n\nlast"
        for how, lines in (
            ("readline", [b"one\n", b"two two\n", b"\n", b"last"]),
            ("readline5", [b"one\n", b"two t", b"wo\n", b"\n", b"last"]),
            ("readlines", [b"one\n", b"two two\n", b"\n", b"last"]),
            ("hint", [b"one\n"]),
            ("iterate", [b"one\n", b"two two\n", b"\n", b"last"]),
            ("read7", [body[i : i + 7] for i in range(0, len(body), 7)]),
            ("read0", [b"", body, b"", b""]),
        ):
            with self.subTest(how):
                self.assertEqual(eval(self.get("lines", how, method="POST", body=body).body), lines)
                self.slot.request(method="POST", path="/lines", on_demand=len(body), QUERY_STRING=how)
                self.assertEqual(eval(self.slot.answer(body, 3).body), lines)

    def test_unread_body(self):
        self.assertEqual(self.get("ignore_body", upload=b"x" * 100000).body, b"ignored")
        self.assert_served()

    def test_bodies_that_end_badly_raise(self):
        for flags, name in ((DISCONNECTED, "ConnectionResetError"), (TOO_LARGE, "OSError"), (INVALID, "OSError")):
            with self.subTest(name):
                self.slot.request(method="POST", path="/read_failing", on_demand=100)
                self.assertEqual(self.slot.frame()[0], READ)
                self.slot.send(BODY, b"some")
                self.assertEqual(self.slot.frame()[0], READ)
                self.slot.send(BODY_END, flags=flags)
                self.assertEqual(self.slot.answer().body.decode().split()[0], name)

    def test_a_client_that_leaves_is_not_logged_as_an_error(self):
        self.slot.request(method="POST", path="/read_raises", on_demand=100)
        self.assertEqual(self.slot.frame()[0], READ)
        self.slot.word(1, self.slot.number)
        self.slot.send(BODY_END, flags=DISCONNECTED)
        self.assertTrue(self.slot.answer().aborted)
        self.assertEqual(self.server.records(), [])


class Logs(Served):
    def test_records_stay_whole(self):
        self.get("errors")
        identity = "id-{}".format(self.slot.number)
        texts = ["line one\nline two", "partial joined", "printed", "a", "b", "bytes \ufffd", "view", "flushed", "\u20ac"]
        self.assertEqual(self.server.records(), [(3, identity, text) for text in texts])
        self.assertEqual(self.server.text(), "to stdout\nto stderr\n")


class Forks(Served):
    def test_a_forked_child(self):
        report = self.get("fork").body.decode()
        self.assertEqual(report, "OSError [4] exit 7")
        self.assertEqual(self.log()[2], "from the child")
        self.assert_served()

    def test_a_child_that_returns_from_the_application(self):
        self.assertEqual(self.get("fork_returns").body, b"exit 0")
        self.assert_served()

    def test_terminating_a_child_leaves_the_worker(self):
        self.assertEqual(self.get("multiprocessing").body, b"-15")
        self.assert_served()


if __name__ == "__main__":
    unittest.main()
