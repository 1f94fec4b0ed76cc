"""The addresses of SCIM: a bearer token lets the directory in, and every refusal is an error of SCIM."""

import hmac
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from math import ceil
from typing import Any

import msgspec
from chalice.app import Response

from complaints.adapters.container import Container, container
from complaints.delivery import rate_limits
from complaints.settings.members import directory
from complaints.settings.setting import SettingKind
from complaints.values.directory import Directory
from complaints.values.errors import NotSignedIn, Refusal
from functions.api.scim import discovery, users
from functions.api.scim.errors import ScimError
from functions.api.scim.user_resource import projected
from functions.http.parsing.json_body import read_object
from functions.http.request import Request, current_request
from functions.http.responses import NO_STORE, headers_of, status_of

TYPE = "application/scim+json; charset=utf-8"
_encode = msgspec.json.Encoder().encode


def _scim(handler: Callable[..., Response]) -> Callable[..., Response]:
    """Wraps a handler: whoever has no token is refused, and each refusal is an error of SCIM."""

    @wraps(handler)
    def answered(**named: str) -> Response:
        request = current_request()
        try:
            return handler(**named)
        except ScimError as error:
            request.note(problem=error.scim_type or error.status)
            return _answer(error.body, error.status, error.headers)
        except Refusal as refusal:
            request.note(problem=refusal.code)
            problem = ScimError(status_of(refusal), f"Refused: {refusal.code}.")
            return _answer(problem.body, problem.status, headers_of(refusal))

    return answered


@_scim
def all_users() -> Response:
    """`/Users`: lists them, finds one, and adds one."""
    deps = container()
    request = current_request()
    state = users.provisioned(deps, authenticated(deps, request))
    if request.method == "GET":
        return _answer(users.search(deps, state, request.query))
    resource = users.create(deps, state, _body(request))
    location = resource["meta"]["location"]
    return _answer(projected(resource, request.query), 201, {"Location": location})


@_scim
def search() -> Response:
    """A list that a body asks for (RFC 7644, 3.4.3)."""
    deps = container()
    request = current_request()
    state = users.provisioned(deps, authenticated(deps, request))
    return _answer(users.search(deps, state, _query(request)))


@_scim
def one_user(user: str) -> Response:
    """`/Users/{id}`: shows one, changes it, and deletes it."""
    deps = container()
    request = current_request()
    state = users.provisioned(deps, authenticated(deps, request))
    if request.method == "GET":
        return _answer(projected(users.show(deps, state, user), request.query))
    if request.method == "DELETE":
        users.delete(deps, state, user)
        return _answer(None, 204)
    change = users.replace if request.method == "PUT" else users.modify
    return _answer(projected(change(deps, state, user, _body(request)), request.query))


@_scim
def show_config() -> Response:
    """Which parts of the protocol there are."""
    return _answer(discovery.service_provider_config(_root(container(), current_request())))


@_scim
def list_types() -> Response:
    """The types of resources."""
    return _answer(_listed(discovery.resource_types(_root(container(), current_request()))))


@_scim
def show_type(name: str) -> Response:
    """One type of resources by its name."""
    return _answer(_named(discovery.resource_types(_root(container(), current_request())), name))


@_scim
def list_schemas() -> Response:
    """The schemas of resources."""
    return _answer(_listed(discovery.schemas(_root(container(), current_request()))))


@_scim
def show_schema(name: str) -> Response:
    """One schema by its URN."""
    return _answer(_named(discovery.schemas(_root(container(), current_request())), name))


def refused(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """What an address or a method that is not there answers below the root of SCIM."""
    error = ScimError(status, detail, headers=headers)
    return _answer(error.body, error.status, error.headers)


def _root(deps: Container, request: Request) -> str:
    """The address of all, for whoever has the token. Raises `NotSignedIn`."""
    authenticated(deps, request)
    return f"{deps.settings.url}/scim/v2"


def _listed(items: list[dict[str, Any]]) -> dict[str, Any]:
    page = {"startIndex": 1, "itemsPerPage": len(items)}
    return {"schemas": [users.LIST], "totalResults": len(items), **page, "Resources": items}


def _named(items: list[dict[str, Any]], name: str) -> dict[str, Any]:
    found = next((each for each in items if each["id"] == name), None)
    if found is None:
        raise ScimError(404, "There is nothing here.")
    return found


def authenticated(deps: Container, request: Request) -> Directory:
    """The directory, whose token the request brings. Raises `NotSignedIn`; `ScimError` (429) for more than
    are allowed in a minute.

    One read of one item judges a wrong token. Only the hash of the right one is kept: 256 random bits need
    no salt, and cannot be guessed.
    """
    request.note(caller="directory")
    hashed = sha256(request.bearer().encode()).hexdigest()
    record = directory.directory_of(deps.settings_store.load(SettingKind.DIRECTORY, directory.ID))
    if not hmac.compare_digest(hashed, record.token_hash) or not record.token_hash:
        raise NotSignedIn
    allowance = rate_limits.of_directory(hashed, deps.now())
    if not deps.outbox.may_leave(allowance):
        wait = max(ceil((allowance.until - deps.now()).total_seconds()), 1)
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
