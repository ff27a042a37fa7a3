"""?blocks= blocks of 64 KiB: block N is the eight bytes of N, again and again."""
import struct

import answers


def application(environ, start_response):
    blocks = int(answers.query(environ)["blocks"])
    start_response("200 OK", [
        ("Content-Type", "application/octet-stream"), ("Content-Length", str(blocks * 65536))])
    return (struct.pack("<Q", number) * 8192 for number in range(blocks))
