#!/usr/bin/python3
"""Every link of the documentation leads to a file of the repository, and every page is in docs/README.md."""

import re
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"
_LINK = re.compile(r"\]\(([^)#\s]+)")


def _links(page: Path) -> "list[str]":
    return [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]


def main() -> int:
    pages = sorted(DOCS.rglob("*.md")) + [
        REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "bench/README.md")]
    index = DOCS / "README.md"
    listed = {(DOCS / link).resolve() for link in _links(index)}
    wrong = [
        f"{page.relative_to(REPOSITORY)}: there is no {link}"
        for page in pages for link in _links(page) if not (page.parent / link).exists()
    ] + [
        f"docs/README.md does not name {page.relative_to(DOCS)}"
        for page in DOCS.rglob("*.md") if page != index and page not in listed
    ]
    for line in wrong:
        print(line)
    # As the .NET test runner prints it, so that eng/test.sh adds it to the rest: a test for each page.
    bad = min(len(wrong), len(pages))
    print(f"Test run summary:\n  total: {len(pages)}\n  failed: {bad}\n  succeeded: {len(pages) - bad}\n  skipped: 0")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
