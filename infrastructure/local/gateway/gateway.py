"""The gateway itself: from a request to the function's answer, with the platform's limits around it."""

import gzip
import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.gateway.events import STAGE, answer, event
from infrastructure.local.gateway.http import Answer, Request, problem
from infrastructure.local.gateway.routes import Match, Routes

BODY_LIMIT = 10 * 1024 * 1024
FUNCTION_LIMIT = 6 * 1024 * 1024
"""Bytes of JSON that Lambda hands to a function, and takes from one."""

COMPRESS_FROM = 1024

log = logging.getLogger(__name__)

Function = Callable[[dict[str, Any], LambdaContext], Mapping[str, Any]]
Methods = Mapping[str, object]


class Gateway:
    """Hands requests to the API function. `routes` says which methods each pattern has."""

    def __init__(self, function: Function, routes: Mapping[str, Methods]) -> None:
        self._function = function
        self._methods = routes
        self._routes = Routes(routes)

    def answer(self, request: Request, path: str) -> Answer:
        """The answer to a request; `path` is its path without the stage's prefix."""
        if len(request.body) > BODY_LIMIT:
            return problem(413, "too-large", "The request is too large.")
        match = self._routes.match(path)
        if match is None:
            return problem(404, "not-found", "There is nothing at this address.")
        return _compressed(request, self._routed(request, path, match))

    def _routed(self, request: Request, path: str, match: Match) -> Answer:
        methods = self._methods[match.pattern]
        if request.method in methods:
            return self._called(request, path, match)
        if request.method == "HEAD" and "GET" in methods:
            return self._called(_as_get(request), path, match)
        refused = problem(405, "wrong-method", "This address does not take that method.")
        return refused.with_headers([("Allow", ", ".join(sorted(methods)))])

    def _called(self, request: Request, path: str, match: Match) -> Answer:
        asked = event(request, path, match)
        if _size(asked) > FUNCTION_LIMIT:
            return problem(413, "too-large", "The request is too large.")
        try:
            got = self._function(asked, LambdaContext("api"))
        except Exception:
            log.exception("The function failed.")
            return problem(502, "gateway", "The function did not answer.")
        if _size(got) > FUNCTION_LIMIT:
            log.error("The answer of %s is too large for Lambda.", match.pattern)
            return problem(502, "gateway", "The function did not answer.")
        return answer(got)


def _size(payload: Mapping[str, Any]) -> int:
    """How large an event or an answer is as Lambda carries it: JSON in UTF-8, and what is in base64 so."""
    return len(msgspec.json.encode(payload))


def without_stage(path: str) -> str:
    """The path as the function sees it: everything is served at the root and under `/api` alike."""
    prefix = f"/{STAGE}"
    return path.removeprefix(prefix) or "/" if path == prefix or path.startswith(prefix + "/") else path


def _as_get(request: Request) -> Request:
    return Request("GET", request.path, request.query, request.headers, request.body, request.source)


def _compressed(request: Request, got: Answer) -> Answer:
    vary = [("Vary", "Accept-Encoding")]
    if len(got.body) <= COMPRESS_FROM or got.header("content-encoding"):
        return got
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return got.with_headers(vary)
    return got.with_headers([*vary, ("Content-Encoding", "gzip")], gzip.compress(got.body, 5, mtime=0))
