"""HTTP responses: maps each refusal to its status and text, and is the only module that builds
responses.

A refusal as an answer says it (RFC 9457).
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import msgspec
from chalice.app import Request as ChaliceRequest
from chalice.app import Response
from msgspec import UNSET, Meta, Struct, UnsetType

from complaints.adapters.config import telemetry
from complaints.adapters.container import Container, container
from complaints.values import errors
from complaints.values.competence import Lacking
from complaints.values.errors import Invalid, NotNow, Refusal, Wrong, WrongMethod
from functions.http import cors
from functions.http import request as http_request
from functions.http.request import Request

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


STATUS: dict[type[Refusal], int] = {
    errors.Unreadable: 400,
    errors.KeyMissing: 400,
    errors.NotSignedIn: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.MistypedReference: 404,
    errors.WrongMethod: 405,
    errors.NotNow: 409,
    errors.MailSettled: 409,
    errors.Stale: 412,
    errors.TooLarge: 413,
    errors.WrongType: 415,
    errors.Invalid: 422,
    errors.KeyReused: 422,
    errors.VersionNeeded: 428,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}

JSON = "application/json; charset=utf-8"
CSV = "text/csv; charset=utf-8"
JSON_LINES = "application/jsonl; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"

EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Cross-Origin-Opener-Policy": "same-origin",
    cors.RESOURCE_POLICY: "same-origin",
}
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"
"""The policy of all that brings none of its own: it loads nothing, and nobody shows it in a frame."""
EMPTY: Mapping[str, str] = {}
NO_STORE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}

Handler = Callable[..., Response]
Headers = dict[str, str | list[str]]
_encode = msgspec.json.Encoder().encode


def json_response(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON response; it is not cached unless `headers` say so."""
    return Response(
        body=_encode(body).decode(),
        status_code=status,
        headers=_with(JSON, headers or {}),
    )


def csv_response(sheet: str, headers: Mapping[str, str]) -> Response:
    """A CSV response, not cached."""
    return Response(body=sheet, status_code=200, headers=_with(CSV, headers))


def lines_response(records: Iterable[Any], headers: Mapping[str, str]) -> Response:
    """A response of JSON Lines, one record on each, not cached."""
    return Response(body=json_lines(records), status_code=200, headers=_with(JSON_LINES, headers))


def json_lines(records: Iterable[Any]) -> str:
    """Records as JSON, one on each line."""
    return "".join(f"{_encode(record).decode()}\n" for record in records)


def refusals_as_problems(handler: Callable[..., Response]) -> Handler:
    """Wraps a handler: a refusal becomes a problem (RFC 9457), an unknown error one calm sentence."""

    @wraps(handler)
    def answered(*args: str, **named: str) -> Response:
        try:
            return handler(*args, **named)
        except Refusal as refusal:
            return problem(container(), http_request.current_request(), refusal)
        except Exception as error:
            return _calm(container().catalogues, http_request.current_request(), error)

    return answered


def add_headers_and_log(
    received: ChaliceRequest, get_response: Callable[[ChaliceRequest], Response]
) -> Response:
    """What stands around every answer: who asks, headers, and one line in the log."""
    began = time.perf_counter()
    telemetry.correlate(received.context.get("requestId", ""))
    request = _request(received)
    http_request.set_current_request(request)
    response = get_response(received)
    response.headers.update(EVERY_ANSWER)
    response.headers.setdefault("Content-Security-Policy", NO_PAGE)
    response.headers.update(cors.headers(container(), request))
    telemetry.note(
        "answered",
        route=request.route,
        method=request.method,
        status=response.status_code,
        ms=round((time.perf_counter() - began) * 1000, 1),
        **request.noted,
    )
    return response


def problem(deps: Container, request: Request, refusal: Refusal) -> Response:
    """A refusal as a problem (RFC 9457), in the reader's language."""
    catalogues = deps.catalogues
    language = reader_language(catalogues, request)
    # Imported here: most requests are answered, and need no problem.
    from functions.http.responses import Problem, WrongField

    code, status = refusal.code, status_of(refusal)
    rule = refusal.rule if isinstance(refusal, NotNow) else None
    lacking = refusal.lacking if isinstance(refusal, errors.CompetenceNeeded) else ()
    detail = catalogues.text(language, f"api.rule.{rule}" if rule else f"api.problem.{code}.detail")
    request.note(problem=code)
    body = Problem(
        type=f"/problems/{code}",
        title=catalogues.text(language, f"api.problem.{code}.title"),
        status=status,
        detail=" ".join((detail, *lacking_texts(deps, language, lacking))),
        errors=[
            WrongField(pointer=each.pointer, detail=texts_of(catalogues, language, each))
            for each in refusal.errors
        ]
        if isinstance(refusal, Invalid)
        else UNSET,
        rule=rule or UNSET,
        allowed_commands=refusal.allowed if isinstance(refusal, NotNow) else UNSET,
        lacking=lacking or UNSET,
    )
    return _problem_response(body, status, headers_of(refusal))


def lacking_texts(deps: Container, language: str, lacking: "Iterable[Lacking]") -> Iterator[str]:
    """Which records of competence are missing, and which ended when: a sentence each."""
    text = deps.catalogues.text
    for each in lacking:
        topic = text(language, f"api.topic.{each.topic}")
        if each.ended is None:
            yield text(language, "api.competence.missing", topic=topic)
        else:
            day = deps.date_formats.day(language, each.ended)
            yield text(language, "api.competence.ended", topic=topic, day=day)


def _problem_response(body: Struct, status: int, headers: Mapping[str, str] = EMPTY) -> Response:
    return Response(body=_encode(body).decode(), status_code=status, headers=_with(PROBLEM, headers))


def status_of(refusal: Refusal) -> int:
    """The status of a refusal."""
    return status_of_kind(type(refusal))


def status_of_kind(kind: type[Refusal]) -> int:
    """The status of all refusals of a kind: its own line of the table, or that of the kind above it."""
    return next(STATUS[each] for each in kind.__mro__ if each in STATUS)


def texts_of(catalogues: "Catalogues", language: str, wrong: Wrong) -> str:
    """What is wrong with a value, in a language."""
    return catalogues.text(language, f"api.wrong.{wrong.code}", limit=wrong.limit or "")


def reader_language(catalogues: "Catalogues", request: Request) -> str:
    """The language of whoever reads the response to a request."""
    return catalogues.spoken(*request.languages)


def _with(kind: str, more: Mapping[str, str] = EMPTY) -> Headers:
    """The headers of an answer of this media type; `more` come last, and count."""
    return {"Content-Type": kind, **NO_STORE, **more}


def headers_of(refusal: Refusal) -> dict[str, str]:
    """What a refusal says in headers: when to come back, what is allowed, how to sign in."""
    if isinstance(refusal, errors.TooMany | errors.Unavailable):
        return {"Retry-After": str(refusal.retry_after)}
    if isinstance(refusal, WrongMethod):
        return {"Allow": ", ".join(refusal.allowed)}
    if isinstance(refusal, errors.NotSignedIn):
        return {"WWW-Authenticate": "Bearer"}
    return {}


def _calm(catalogues: "Catalogues", request: Request, error: Exception) -> Response:
    """An unexpected error: it is logged under an id, and the response holds the id and one sentence."""
    from functions.http.responses import Problem

    correlation = uuid4().hex[:12]
    telemetry.failure("unexpected", error, correlation=correlation, route=request.route)
    language = reader_language(catalogues, request)
    return _problem_response(
        Problem(
            type="/problems/unexpected",
            title=catalogues.text(language, "api.problem.unexpected.title"),
            status=500,
            detail=catalogues.text(language, "api.problem.unexpected.detail"),
            instance=correlation,
        ),
        500,
    )


def _request(received: ChaliceRequest) -> Request:
    query: Mapping[str, str] = received.query_params or {}
    raw = received.raw_body
    return Request(
        method=received.method,
        route=received.context.get("resourcePath", ""),
        headers={name.lower(): value for name, value in received.headers.items()},
        query=dict(query.items()),
        raw=raw.encode() if isinstance(raw, str) else raw,
        named=received.uri_params or {},
    )


class WrongField(Struct, frozen=True, kw_only=True):
    """One wrong field, by its JSON pointer (RFC 6901)."""

    pointer: str
    detail: str


class Problem(Struct, frozen=True, kw_only=True):
    """A problem (RFC 9457); `type` has a page. `allowed_commands` stand with `/problems/not-now` only,
    `lacking` with its rule `competence`: the topics without a record that holds, and when the last ended."""

    type: Annotated[str, Meta(pattern="^/problems/[a-z-]+$")]
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    errors: list[WrongField] | UnsetType = UNSET
    rule: str | UnsetType | None = UNSET
    allowed_commands: tuple[str, ...] | UnsetType = UNSET
    lacking: tuple[Lacking, ...] | UnsetType = UNSET
    instance: str | UnsetType = UNSET
