"""Looks for leaks: serves many requests of every kind and compares Python's allocated blocks and the process's memory
between two late points. `leaks.py [REQUESTS]`; 100,000 take about half a minute."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from fake_front_end import FakeServer  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = os.environ.get("ADDERGATE_PYTHON") or sys.executable

# Blocks that come and go with caches; a leak in the rarest kind of request is twice as much.
SLACK_BLOCKS = 300
SLACK_KIB = 1024

GOOD = (
    "tuple generator late_start sized closing empty_list write exc_info_before start_twice no_content length_exact "
    "length_more_list file_memory closed thread large_once"
).split()
BAD = (
    "raise_first raise_after_start raise_midway system_exit no_start returns_none str_item exc_info_after "
    "length_less length_more close_raises"
).split()


def serve(server, count):
    slot = server.slots[0]
    for number in range(count):
        if number % 10 == 9:
            path = BAD[number // 10 % len(BAD)]
        else:
            path = GOOD[number % len(GOOD)]
        if path == "large_once":
            if number % 500 == 15:
                slot.get(path="/large")
            else:
                slot.get(path="/lines", QUERY_STRING="readlines", method="POST", body=b"a\nb\n")
        elif number % 7 == 0:
            slot.get(path="/echo", upload=b"u" * 3000)
        else:
            slot.get(path="/" + path, headers={"HTTP_X_NUMBER": str(number)})
        if number % 100 == 0:
            server.records_now()


def state(server):
    blocks = int(server.slots[0].get(path="/blocks").body)
    with open("/proc/{}/smaps_rollup".format(server.process.pid)) as file:
        anonymous = [int(line.split()[1]) for line in file if line.startswith("Anonymous:")][0]
    return blocks, anonymous


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100000
    with FakeServer(PYTHON, "behaviours", kind="module", directory=HERE, log_level="critical") as server:
        server.start()
        serve(server, max(20000, count // 5))
        before = state(server)
        serve(server, count)
        after = state(server)
    blocks, memory = after[0] - before[0], after[1] - before[1]
    print("{} requests: {:+d} allocated blocks, {:+d} KiB anonymous memory (now {} KiB)".format(
        count, blocks, memory, after[1]))
    return 0 if blocks < SLACK_BLOCKS and memory < SLACK_KIB else 1


if __name__ == "__main__":
    sys.exit(main())
