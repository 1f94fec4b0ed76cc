"""Serves static files as the distribution does in front of the bucket: no function is woken for them."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import brotli

from infrastructure.local.gateway.http import Answer, Request, problem
from infrastructure.statics.fingerprint import integrity
from infrastructure.statics.headers import GUARDS, PATHS, READ_ANYWHERE, cache_control, content_type

METHODS = ("GET", "HEAD")
SMALLEST_PACKED = 1000
"""Bytes from which CloudFront compresses."""


class StaticServer:
    """Answers for the files below `folder`, which `make_statics` wrote."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def answer(self, request: Request, path: str) -> Answer:
        """The file at `path`, which is one of `is_static`."""
        if request.method not in METHODS:
            refused = problem(405, "wrong-method", "This address does not take that method.")
            return refused.with_headers([("Allow", ", ".join(METHODS))])
        file = (self._folder / path.lstrip("/")).resolve()
        if not (file.is_relative_to(self._folder.resolve()) and file.is_file()):
            return problem(404, "not-found", "There is nothing at this address.")
        return _served(request, path, file.read_bytes())


def is_static(path: str) -> bool:
    """Whether this path belongs to the bucket and not to the API."""
    place = path.removeprefix("/")
    return any(
        place.startswith(pattern[:-1]) if pattern.endswith("*") else place == pattern for pattern in PATHS
    )


def _served(request: Request, path: str, content: bytes) -> Answer:
    tag = f'"{integrity(content)[-16:]}"'
    headers = [*READ_ANYWHERE.items(), *GUARDS.items()]
    headers += [("Cache-Control", cache_control(path)), ("ETag", tag), ("Vary", "Accept-Encoding")]
    if request.headers.get("if-none-match") == tag:
        return Answer(304, tuple(headers), b"")
    headers.append(("Content-Type", content_type(path)))
    return _packed(request, Answer(200, tuple(headers), content))


def _packed(request: Request, whole: Answer) -> Answer:
    asked = request.headers.get("accept-encoding", "")
    named = {coding.partition(";")[0].strip() for coding in asked.split(",")}
    coding = next((coding for coding in _PACK if coding in named), None)
    if coding is None or len(whole.body) < SMALLEST_PACKED:
        return whole
    return whole.with_headers([("Content-Encoding", coding)], _PACK[coding](whole.body))


@lru_cache(maxsize=64)
def _brotli(content: bytes) -> bytes:
    return bytes(brotli.compress(content))


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


_PACK: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}
