"""The addresses of SCIM: a bearer token lets the directory in, and every refusal is an error of SCIM."""

import hmac
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from math import ceil
from typing import Any

import msgspec
from chalice.app import Response

from complaints.delivery import rate_limits
from complaints.settings.members import directory
from complaints.settings.setting import SettingKind
from complaints.values.directory import Directory
from complaints.values.errors import NotSignedIn, Refusal
from functions.http.parsing.json_body import read_object
from functions.http.request import Request
from functions.http.responses import NO_STORE, headers_of, status_of
from functions.http.visit import Visit
from functions.scim import discovery, users
from functions.scim.errors import ScimError
from functions.scim.user_resource import projected

TYPE = "application/scim+json; charset=utf-8"
_encode = msgspec.json.Encoder().encode


def _scim(handler: Callable[..., Response]) -> Callable[..., Response]:
    """Wraps a handler: whoever has no token is refused, and each refusal is an error of SCIM."""

    @wraps(handler)
    def answered(visit: Visit, **named: str) -> Response:
        request = visit.request
        try:
            return handler(visit, **named)
        except ScimError as error:
            request.note(problem=error.scim_type or error.status)
            return _answer(error.body, error.status, error.headers)
        except Refusal as refusal:
            request.note(problem=refusal.code)
            problem = ScimError(status_of(refusal), f"Refused: {refusal.code}.")
            return _answer(problem.body, problem.status, headers_of(refusal))

    return answered


@_scim
def all_users(visit: Visit) -> Response:
    """`/Users`: lists them, finds one, and adds one."""
    state = users.provisioned(visit.deps, authenticated(visit))
    if visit.request.method == "GET":
        return _answer(users.search(visit.deps, state, visit.request.query))
    resource = users.create(visit.deps, state, _body(visit.request))
    location = resource["meta"]["location"]
    return _answer(projected(resource, visit.request.query), 201, {"Location": location})


@_scim
def search(visit: Visit) -> Response:
    """A list that a body asks for (RFC 7644, 3.4.3)."""
    state = users.provisioned(visit.deps, authenticated(visit))
    return _answer(users.search(visit.deps, state, _query(visit.request)))


@_scim
def one_user(visit: Visit, user: str) -> Response:
    """`/Users/{id}`: shows one, changes it, and deletes it."""
    state = users.provisioned(visit.deps, authenticated(visit))
    if visit.request.method == "GET":
        return _answer(projected(users.show(visit.deps, state, user), visit.request.query))
    if visit.request.method == "DELETE":
        users.delete(visit.deps, state, user)
        return _answer(None, 204)
    change = users.replace if visit.request.method == "PUT" else users.modify
    return _answer(projected(change(visit.deps, state, user, _body(visit.request)), visit.request.query))


@_scim
def show_config(visit: Visit) -> Response:
    """Which parts of the protocol there are."""
    return _answer(discovery.service_provider_config(_root(visit)))


@_scim
def list_types(visit: Visit) -> Response:
    """The types of resources."""
    return _answer(_listed(discovery.resource_types(_root(visit))))


@_scim
def show_type(visit: Visit, name: str) -> Response:
    """One type of resources by its name."""
    return _answer(_named(discovery.resource_types(_root(visit)), name))


@_scim
def list_schemas(visit: Visit) -> Response:
    """The schemas of resources."""
    return _answer(_listed(discovery.schemas(_root(visit))))


@_scim
def show_schema(visit: Visit, name: str) -> Response:
    """One schema by its URN."""
    return _answer(_named(discovery.schemas(_root(visit)), name))


def refused(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """What an address or a method that is not there answers below the root of SCIM."""
    error = ScimError(status, detail, headers=headers)
    return _answer(error.body, error.status, error.headers)


def _root(visit: Visit) -> str:
    """The address of all, for whoever has the token. Raises `NotSignedIn`."""
    authenticated(visit)
    return f"{visit.deps.settings.url}/scim/v2"


def _listed(items: list[dict[str, Any]]) -> dict[str, Any]:
    page = {"startIndex": 1, "itemsPerPage": len(items)}
    return {"schemas": [users.LIST], "totalResults": len(items), **page, "Resources": items}


def _named(items: list[dict[str, Any]], name: str) -> dict[str, Any]:
    found = next((each for each in items if each["id"] == name), None)
    if found is None:
        raise ScimError(404, "There is nothing here.")
    return found


def authenticated(visit: Visit) -> Directory:
    """The directory, whose token the request brings. Raises `NotSignedIn`; `ScimError` (429) for more than
    are allowed in a minute.

    One read of one item judges a wrong token. Only the hash of the right one is kept: 256 random bits need
    no salt, and cannot be guessed.
    """
    visit.request.note(caller="directory")
    hashed = sha256(visit.request.bearer().encode()).hexdigest()
    record = directory.directory_of(visit.deps.settings_store.load(SettingKind.DIRECTORY, directory.ID))
    if not hmac.compare_digest(hashed, record.token_hash) or not record.token_hash:
        raise NotSignedIn
    allowance = rate_limits.of_directory(hashed, visit.deps.now())
    if not visit.deps.outbox.may_leave(allowance):
        wait = max(ceil((allowance.until - visit.deps.now()).total_seconds()), 1)
        raise ScimError(429, "Too many requests.", headers={"Retry-After": str(wait)})
    return record


def _body(request: Request) -> dict[str, Any]:
    """The object that was sent, as `application/scim+json` or as JSON. Raises a `Refusal`."""
    kind = request.headers.get("content-type", "")
    as_json = kind.lower().replace("application/scim+json", "application/json")
    return read_object(request.raw, as_json, request.headers.get("content-encoding", ""))


def _query(request: Request) -> dict[str, str]:
    """What a search asks for, as the address of a list would say it. Raises a `Refusal`, `ScimError`."""
    lists = {name: value for name, value in _body(request).items() if isinstance(value, str | int | list)}
    return {
        name: ",".join(str(each) for each in value) if isinstance(value, list) else str(value)
        for name, value in lists.items()
    }


def _answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    text = "" if body is None else _encode(body).decode()
    return Response(
        body=text, status_code=status, headers={**NO_STORE, "Content-Type": TYPE, **(headers or {})}
    )
