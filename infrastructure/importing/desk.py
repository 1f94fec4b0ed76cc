"""The desk of an installation, asked over HTTP: it takes a ticket, has it already, or says what is wrong."""

import json
from typing import Any

import urllib3

from infrastructure.importing.mapping_file import Field, Mapping
from infrastructure.importing.row_mapper import Flaw, NotTaken, Ticket, named

SECONDS = 30
"""API Gateway gives up after 29."""

_TRIES = urllib3.Retry(
    total=6, status_forcelist=(429, 502, 503, 504), allowed_methods=None, backoff_factor=0.5,
    respect_retry_after_header=True, raise_on_status=False,
)  # fmt: skip
"""A repetition is safe: the key of a ticket makes it the same one."""

_OF_THE_ROW = (400, 413, 422)
_POINTERS: dict[str, Field] = {
    "/complainant": "email",
    "/complainant/email": "email",
    "/complainant/name": "name",
    "/complainant/phone": "phone",
    "/complainant/post": "post",
    "/complainant/kind": "kind",
    "/complainant/preferred_way": "preferred_way",
    "/on_behalf_of": "represented",
    "/on_behalf_of/name": "represented",
    "/on_behalf_of/relation": "relation",
    "/on_behalf_of/authority": "authority",
}


class Stopped(Exception):
    """Nothing more can be sent; the text says why."""


class Desk:
    """Takes tickets at `url` with the token of a reviewer."""

    def __init__(self, url: str, token: str) -> None:
        self._url = f"{url.rstrip('/')}/v1/desk/imports"
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._pool = urllib3.PoolManager(retries=_TRIES, timeout=SECONDS)

    def take(self, ticket: Ticket, mapping: Mapping) -> bool:
        """Whether it was taken now, and not before. Raises `NotTaken`, `Stopped`."""
        headers = self._headers | {"Idempotency-Key": ticket.key}
        body = json.dumps(ticket.body, ensure_ascii=False).encode()
        try:
            got = self._pool.request("POST", self._url, body=body, headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            raise Stopped(f"The installation does not answer: {error}") from error
        if got.status == 201:
            return "Idempotent-Replayed" not in got.headers
        problem = _problem(got)
        if got.status in _OF_THE_ROW:
            raise NotTaken(*_flaws(problem, mapping))
        raise Stopped(f"{got.status} {problem.get('title', '')} {problem.get('detail', '')}".strip())


def _problem(got: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    try:
        return dict(got.json())
    except (ValueError, TypeError):
        return {}


def _flaws(problem: dict[str, Any], mapping: Mapping) -> list[Flaw]:
    """What is wrong, by the columns that it came from."""
    errors = problem.get("errors") or [{"pointer": "", "detail": problem.get("detail", "")}]
    return [Flaw(_column(wrong["pointer"], mapping), wrong["detail"]) for wrong in errors]


def _column(pointer: str, mapping: Mapping) -> str:
    own = mapping.own.get(pointer.removeprefix("/fields/"))
    if own:
        return named(own.columns)
    field = _POINTERS.get(pointer, pointer.removeprefix("/"))
    columns = {str(each): named(columns) for each, columns in mapping.columns.items()}
    return columns.get(field, field)
