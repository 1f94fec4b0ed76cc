"""The API described (OpenAPI 3.1), from the same types that validate what comes in."""

from typing import Any

import msgspec

from complaints.commands import STAFF_COMMANDS, Add, Answer, Withdraw
from complaints.feedback_commands import Insist
from complaints.pack_format import PackFile
from complaints.settings.commands import CHANGE, CHANGES, ChangePack
from complaints.settings.setting import Kind
from functions.attachments import FileOffer
from functions.dryrun import DryRun
from functions.forms import Form, ToldForm

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "allowed_commands": {"type": "array", "items": {"type": "string"}},
    },
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
_REFERENCE = {
    "name": "reference",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "example": "C-7K3M9-QX2HT-7",
}
_VERSION = {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}
_Security = list[dict[str, list[str]]]
_COMPLAINANT: _Security = [{"access": []}]
_STAFF: _Security = [{"staff": []}]


def description() -> dict[str, Any]:
    """The whole description."""
    kinds: list[type[msgspec.Struct]] = [Form, ToldForm, Add, Answer, Insist, Withdraw, FileOffer, DryRun]
    kinds.append(PackFile)
    kinds.extend((*STAFF_COMMANDS.values(), *CHANGES.values()))
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    refs = {kind.__name__: schema for kind, schema in zip(kinds, schemas, strict=True)}
    for (_, verb), change in CHANGES.items():
        # What a change does not name stays as it is.
        if verb == CHANGE:
            components[change.__name__]["required"] = ["reason"]
    for holder in (ChangePack, DryRun):
        components[holder.__name__]["properties"]["file"] = refs["PackFile"]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Answerable", "version": "1", "license": {"name": "MIT", "identifier": "MIT"}},
        "paths": _public(refs) | _own_case(refs) | _files(refs) | _desk(refs) | _settings(refs),
        "components": {
            "schemas": components | {"Problem": _PROBLEM},
            "securitySchemes": {
                "access": {"type": "http", "scheme": "bearer"},
                "staff": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    }


def _public(refs: dict[str, Any]) -> dict[str, Any]:
    site = _asked("site", required=True)
    return {
        "/health": {"get": _operation("Whether this installation answers", {"200": "It does"})},
        "/v1/form": {
            "get": _operation("What a form needs", {"200": "The form"}, [site, _asked("lang")]),
        },
        "/v1/challenge": {
            "get": _operation("A challenge for a proof of work", {"200": "The challenge"}, [_asked("site")])
        },
        "/v1/complaints": {
            "post": _operation(
                "Takes a complaint",
                {"201": "It is taken; `Location` names it"},
                [_KEY | {"required": True}],
                refs["Form"],
            )
        },
    }


def _own_case(refs: dict[str, Any]) -> dict[str, Any]:
    own = "/v1/complaints/{reference}"

    def write(summary: str, status: str, body: str) -> dict[str, Any]:
        return {
            "parameters": [_REFERENCE],
            "post": _operation(summary, {status: "Done"}, [_KEY], refs[body], _COMPLAINANT),
        }

    def read(summary: str, *asked: dict[str, Any]) -> dict[str, Any]:
        return _operation(summary, {"200": "Shown"}, list(asked), security=_COMPLAINANT)

    messages = write("More information from the complainant", "202", "Add")
    messages["get"] = read("Older messages", _asked("cursor"))
    return {
        own: {"parameters": [_REFERENCE], "get": read("The public view of a complaint")},
        f"{own}/messages": messages,
        f"{own}/answer": write("The answer to a decision", "200", "Answer"),
        f"{own}/convert": write("Says that feedback is a complaint", "200", "Insist"),
        f"{own}/withdrawal": write("Takes the complaint back", "200", "Withdraw"),
    }


def _files(refs: dict[str, Any]) -> dict[str, Any]:
    own, staff = "/v1/complaints/{reference}/attachments", "/v1/desk/complaints/{reference}/attachments"
    one = _REFERENCE | {"name": "attachment", "example": "0f8fad5bd9cb469fa16570867728950e"}

    def fetch(security: _Security) -> dict[str, Any]:
        found = _operation("Where a kept file can be fetched, for 5 minutes", {"200": "Shown"})
        return {"parameters": [_REFERENCE, one], "get": found | {"security": security}}

    place = {"201": "`upload` says how the file is sent: once, within 5 minutes, just as it was offered"}
    seen = {"200": "It was looked at: `state` is `kept` or `refused`"}
    offered = _operation("A place for one file", place, [_KEY], refs["FileOffer"], _COMPLAINANT)
    announced = _operation("The file was uploaded", seen, [_KEY], security=_COMPLAINANT)
    return {
        own: {"parameters": [_REFERENCE], "post": offered},
        f"{own}/{{attachment}}": fetch(_COMPLAINANT),
        f"{own}/{{attachment}}/arrived": {"parameters": [_REFERENCE, one], "post": announced},
        f"{staff}/{{attachment}}": fetch(_STAFF),
    }


def _desk(refs: dict[str, Any]) -> dict[str, Any]:
    case = "/v1/desk/complaints/{reference}"

    def read(summary: str, *asked: str) -> dict[str, Any]:
        return {
            "get": _operation(summary, {"200": "Shown"}, [_asked(name) for name in asked], security=_STAFF)
        }

    filters = ("queue", "level", "category", "site", "cursor", "limit")
    taken_down = _operation(
        "Takes a complaint down that was told by telephone, in a letter or in person",
        {"201": "It is taken; `Location` names the case"},
        [_KEY | {"required": True}],
        refs["ToldForm"],
        _STAFF,
    )
    letter = _REFERENCE | {"name": "letter", "example": "000001.1"}
    return {
        "/v1/desk/me": read("Who I am and what I may do"),
        "/v1/desk/members": read("To whom a case, or with `for=act` an action, can be given", "site", "for"),
        "/v1/desk/complaints": read("A queue, the most urgent first", *filters) | {"post": taken_down},
        "/v1/desk/mail": read("Mail that came in, and what became of it", "site", "cursor", "limit"),
        case: {"parameters": [_REFERENCE]} | read("The whole case"),
        f"{case}/audit": {"parameters": [_REFERENCE]} | read("The chain of facts, and whether it verifies"),
        f"{case}/letters": {"parameters": [_REFERENCE]} | read("The letters of the case"),
        f"{case}/letters/{{letter}}": {"parameters": [_REFERENCE, letter]}
        | read("One letter as a page (HTML) to print"),
    } | {
        f"{case}/commands/{verb}": {
            "parameters": [_REFERENCE],
            "post": _operation(
                f"The command {verb}",
                {"200": "The new case"},
                [_VERSION, _KEY],
                refs[kind.__name__],
                _STAFF,
            ),
        }
        for verb, kind in STAFF_COMMANDS.items()
    }


def _settings(refs: dict[str, Any]) -> dict[str, Any]:
    setting = "/v1/desk/settings/{kind}/{name}"
    kinds = {"type": "string", "enum": list(Kind)}
    kind = {"name": "kind", "in": "path", "required": True, "schema": kinds}
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    every = _operation("What is settled", {"200": "Shown"}, security=_STAFF)
    one = _operation("A setting and its history", {"200": "Shown"}, security=_STAFF)
    shown = {"/v1/desk/settings": {"get": every}, setting: {"parameters": [kind, name], "get": one}}
    pack = name | {"name": "pack", "example": "iso10002-default"}
    tried = _operation(
        "What other promises would change for open cases; nothing is changed",
        {"200": "A page of the clocks that would change"},
        [_asked("cursor"), _asked("limit")],
        refs["DryRun"],
        _STAFF,
    )
    packs = _operation("The promises in force, and those that could be", {"200": "Shown"}, security=_STAFF)
    shown["/v1/desk/packs"] = {"get": packs}
    touched = _operation(
        "Which promises of open cases a change of a site's `calendar`, or of the `site`, touches",
        {"200": "A page of the promises that would be reckoned otherwise; the earlier of two moments binds"},
        [_asked("cursor"), _asked("limit")],
        refs["ChangeCalendar"],
        _STAFF,
    )
    shown[f"{setting}/dry-run"] = {"parameters": [kind, name], "post": touched}
    shown["/v1/desk/packs/{pack}/dry-run"] = {"parameters": [pack], "post": tried}
    return shown | {
        f"{setting.format(kind=of, name='{name}')}/commands/{verb}": {
            "parameters": [name],
            "post": _operation(
                f"The change {verb} of a {of}",
                {"200": "The setting as it is then"},
                [_VERSION, _KEY],
                refs[change.__name__],
                _STAFF,
            ),
        }
        for (of, verb), change in CHANGES.items()
    }


def _asked(name: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": {"type": "string"}}


def _operation(
    summary: str,
    answers: dict[str, str],
    parameters: list[dict[str, Any]] | None = None,
    body: Any = None,
    security: _Security | None = None,
) -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    operation: dict[str, Any] = {
        "summary": summary,
        "responses": {status: {"description": text} for status, text in answers.items()}
        | {"default": {"description": "A problem", "content": {"application/problem+json": problem}}},
    }
    if parameters:
        operation["parameters"] = parameters
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if security:
        operation["security"] = security
    return operation
