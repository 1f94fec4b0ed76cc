"""Every endpoint: what is open to everybody is listed, and every answer carries the headers that it must."""

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import Parameter, signature
from typing import NamedTuple

import pytest

from app import METHODS, app
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.settings.changes import (
    CHANGES,
)
from functions.openapi.document import description
from tests.each import each
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun

OPEN = {
    ("GET", "/"),
    ("GET", "/complain"),
    ("GET", "/desk/signed-out"),
    ("GET", "/health"),
    ("GET", "/openapi"),
    ("GET", "/openapi.json"),
    ("GET", "/openapi/{operation}"),
    ("GET", "/procedure"),
    ("GET", "/problems"),
    ("GET", "/problems/{code}"),
    ("GET", "/status"),
    ("GET", "/v1/form"),
    ("GET", "/v1/challenge"),
    ("OPTIONS", "/v1/form"),
    ("OPTIONS", "/v1/challenge"),
    ("OPTIONS", "/v1/complaints"),
    ("OPTIONS", "/v1/complaints/{reference}"),
    ("OPTIONS", "/v1/complaints/{reference}/answer"),
    ("OPTIONS", "/v1/complaints/{reference}/attachments"),
    ("OPTIONS", "/v1/complaints/{reference}/attachments/{attachment}"),
    ("OPTIONS", "/v1/complaints/{reference}/attachments/{attachment}/arrived"),
    ("OPTIONS", "/v1/complaints/{reference}/adjustments"),
    ("OPTIONS", "/v1/complaints/{reference}/contact"),
    ("OPTIONS", "/v1/complaints/{reference}/convert"),
    ("OPTIONS", "/v1/complaints/{reference}/data"),
    ("OPTIONS", "/v1/complaints/{reference}/link"),
    ("OPTIONS", "/v1/complaints/{reference}/messages"),
    ("OPTIONS", "/v1/complaints/{reference}/remedies"),
    ("OPTIONS", "/v1/complaints/{reference}/survey"),
    ("OPTIONS", "/v1/complaints/{reference}/survey/decline"),
    ("OPTIONS", "/v1/complaints/{reference}/withdrawal"),
}
"""What everybody may do without credentials, a key or a proof."""

PAGES = {
    "/",
    "/complain",
    "/complain/done",
    "/openapi",
    "/openapi.json",
    "/openapi/{operation}",
    "/problems",
    "/procedure",
    "/procedure/report",
    "/problems/{code}",
    "/status",
    "/status/{reference}",
    "/status/{reference}/address",
    "/status/{reference}/adjustments",
    "/status/{reference}/contact",
    "/status/{reference}/data",
    "/status/{reference}/files/{attachment}",
    "/status/{reference}/letters/{letter}",
    "/tasks/{reference}/{task}",
    "/tasks/{reference}/{task}/files",
    "/tasks/{reference}/{task}/files/{attachment}/arrived",
    "/{proxy+}",
}
"""What is no part of the API, and so not described; nor are the pages of the desk."""

DESK = "/desk"
COOKIES = {("GET", "/desk/sign-in")}
"""What gives cookies to somebody who is not signed in."""

KEPT = {"/", "/procedure", "/problems/{code}", "/openapi.json", "/v1/form"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

SITE_COLOURS = re.compile(r" 'sha256-[A-Za-z0-9+/=]{44}'")
"""The hash of the style sheet with the colours of a site, on the pages of that site."""


class Endpoint(NamedTuple):
    """One method of one route, and an address of it."""

    method: str
    route: str

    def call(self, complaint: Complaint, **headers: str) -> Answer:
        """Asks for it, of a complaint that is there."""
        names = {"reference": complaint.reference, "verb": "note", "code": "stale", "proxy+": "nothing"}
        names |= {"operation": "get_health"}
        names |= {
            "attachment": "f-1",
            "letter": "000001.1",
            "kind": "site",
            "name": "demo",
            "pack": "tr-consumer",
        }
        path = self.route
        for name, value in names.items():
            path = path.replace(f"{{{name}}}", value)
        body = {"text": "x"} if self.method in ("POST", "PUT", "PATCH") else None
        return complaint.run.call(self.method, f"{path}?site=demo", body, **headers)


def endpoints() -> Iterator[Endpoint]:
    """Every method of every route that is bound."""
    return (Endpoint(method, route) for route, methods in app.routes.items() for method in methods)


every_endpoint = each("endpoint", endpoints(), " ".join)


@pytest.fixture(scope="module")
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


@every_endpoint
def test_only_what_is_listed_is_open_to_everybody(complaint: Complaint, endpoint: Endpoint) -> None:
    got = endpoint.call(complaint)
    assert (200 <= got.status < 300) is (tuple(endpoint) in OPEN), got.status
    assert 200 <= got.status < 500


def test_every_handler_takes_the_parameters_of_its_route() -> None:
    """Handlers are imported at their first call: a wrong name would be found by a visitor."""
    named = {
        (entry.view_function.__qualname__, frozenset(re.findall(r"{(\w+)}", path)))
        for path, methods in app.routes.items()
        for entry in methods.values()
        if "<locals>" not in entry.view_function.__qualname__ and path != "/{proxy+}"
    }
    assert ("functions.public.form.intake.receive_complaint", frozenset()) in named
    for name, placeholders in named:
        module, _, handler = name.rpartition(".")
        taken = signature(getattr(import_module(module or "functions.system"), handler)).parameters
        takes_any = any(each.kind is Parameter.VAR_KEYWORD for each in taken.values())
        assert takes_any or set(taken) == {"visit"} | placeholders, name


def test_every_route_has_an_answer_to_every_method() -> None:
    assert {
        route: sorted(methods) for route, methods in app.routes.items() if set(methods) != set(METHODS)
    } == {}


@every_endpoint
def test_one_kind_of_credentials_opens_none_of_the_other(complaint: Complaint, endpoint: Endpoint) -> None:
    if tuple(endpoint) in OPEN:
        return
    wrong = complaint.access if "/v1/desk" in endpoint.route else Staff(complaint.run).token()
    got = endpoint.call(complaint, Authorization=f"Bearer {wrong}")
    is_led_to_sign_in = got.status == 303 and endpoint.route.startswith(DESK)
    assert is_led_to_sign_in or 400 <= got.status < 500


def bound_for(path: str) -> str:
    """The route behind a described path: each command is described by itself."""
    path = re.sub(r"/settings/\w+/\{name\}/", "/settings/{kind}/{name}/", path)
    path = re.sub(r"/records/\w+/\{id\}/commands", "/records/{kind}/{id}/commands", path)
    return re.sub(r"/commands/\w+$", "/commands/{verb}", path)


def test_every_route_of_the_api_is_described() -> None:
    described = {
        (bound_for(path), method.upper())
        for path, operations in description()["paths"].items()
        for method in operations
        if method != "parameters"
    }
    bound = {
        (route, method)
        for route, methods in app.routes.items()
        for method, entry in methods.items()
        if route not in PAGES
        and not route.startswith(DESK)
        and entry.view_function.__name__ not in ("wrong_method", "preflight")
    }
    assert described == bound


def test_every_command_is_described() -> None:
    paths = [path.split("/") for path in description()["paths"] if "/commands/" in path]
    assert {path[-1] for path in paths if "complaints" in path} == set(STAFF_COMMANDS)
    assert {(path[4], path[-1]) for path in paths if "settings" in path} == set(CHANGES)


@every_endpoint
def test_every_answer_carries_the_headers_that_it_must(complaint: Complaint, endpoint: Endpoint) -> None:
    got = endpoint.call(complaint)
    headers = got.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert (headers["Set-Cookie"] is not None) is (tuple(endpoint) in COOKIES)
    if got.body:
        assert headers["Content-Type"].endswith("; charset=utf-8")
    if endpoint.route not in KEPT and tuple(endpoint) not in OPEN:
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
    if headers["Content-Type"] == "text/html; charset=utf-8":
        policy = SITE_COLOURS.sub("", headers["Content-Security-Policy"] or "")
        assert policy == POLICY
        assert headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    else:
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


@every_endpoint
def test_no_stranger_s_page_may_read_an_answer(complaint: Complaint, endpoint: Endpoint) -> None:
    got = endpoint.call(complaint, Origin="https://stranger.example")
    assert not [name for name in got.headers if name.lower().startswith("access-control-")]


@every_endpoint
def test_a_page_of_the_site_may_read_what_complainants_may(complaint: Complaint, endpoint: Endpoint) -> None:
    own = "http://127.0.0.1:8000"
    headers = endpoint.call(complaint, Origin=own).headers
    is_theirs = endpoint.route.startswith(("/v1/form", "/v1/challenge", "/v1/complaints"))
    assert headers["Access-Control-Allow-Origin"] == (own if is_theirs else None)
    assert headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_theirs else "same-origin")
    assert ("Origin" in (headers["Vary"] or "")) is is_theirs
    assert headers["Access-Control-Allow-Credentials"] is None
