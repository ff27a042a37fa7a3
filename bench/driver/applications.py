"""The applications, each a module in bench/apps with the callable `application`, and what a client sends to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Application:
    name: str
    title: str
    module: str
    method: str
    request_body: bytes
    response_body: bytes

    @property
    def script(self) -> str:
        return self.module + ".py"


def _json_answer() -> bytes:
    import json

    return json.dumps({"items": [{"id": number, "name": f"item {number}"} for number in range(20)]}).encode()


_BLOCK = b"0123456789abcdef"

APPLICATIONS = {
    application.name: application
    for application in (
        Application("hello", "hello (14 bytes)", "hello", "GET", b"", b"Hello, World!\n"),
        Application("mebibyte", "1 MiB response", "mebibyte", "GET", b"", _BLOCK * 65536),
        Application("echo", "64 KiB echo (POST)", "echo", "POST", _BLOCK * 4096, _BLOCK * 4096),
        Application("django", "Django JSON view", "django_json", "GET", b"", _json_answer()),
    )
}
