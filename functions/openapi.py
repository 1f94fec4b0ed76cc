"""The API described (OpenAPI 3.1), from the same types that validate what comes in."""

from typing import Any

import msgspec

from complaints.commands import STAFF_COMMANDS, Add, Answer, Withdraw
from complaints.feedback_commands import Insist
from complaints.pack_format import PackFile
from complaints.settings.commands import CHANGE, CHANGES, ChangePack
from complaints.survey_commands import AnswerSurvey, DeclineSurvey
from functions.attachments import FileOffer
from functions.dryrun import DryRun
from functions.forms import Form, ToldForm
from functions.openapi_desk import desk, settings
from functions.openapi_parts import COMPLAINANT, KEY, REFERENCE, STAFF, Security, in_query, operation

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


def description() -> dict[str, Any]:
    """The whole description."""
    kinds: list[type[msgspec.Struct]] = [Form, ToldForm, Add, Answer, Insist, Withdraw, FileOffer, DryRun]
    kinds.extend((AnswerSurvey, DeclineSurvey, PackFile))
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
        "paths": _public(refs) | _own_case(refs) | _files(refs) | desk(refs) | settings(refs),
        "components": {
            "schemas": components | {"Problem": _PROBLEM},
            "securitySchemes": {
                "access": {"type": "http", "scheme": "bearer"},
                "staff": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    }


def _public(refs: dict[str, Any]) -> dict[str, Any]:
    site = in_query("site", required=True)
    return {
        "/health": {"get": operation("Whether this installation answers", {"200": "It does"})},
        "/v1/form": {
            "get": operation("What a form needs", {"200": "The form"}, [site, in_query("lang")]),
        },
        "/v1/challenge": {
            "get": operation("A challenge for a proof of work", {"200": "The challenge"}, [in_query("site")])
        },
        "/v1/complaints": {
            "post": operation(
                "Takes a complaint",
                {"201": "It is taken; `Location` names it"},
                [KEY | {"required": True}],
                refs["Form"],
            )
        },
    }


def _own_case(refs: dict[str, Any]) -> dict[str, Any]:
    own = "/v1/complaints/{reference}"

    def write(summary: str, status: str, body: str) -> dict[str, Any]:
        return {
            "parameters": [REFERENCE],
            "post": operation(summary, {status: "Done"}, [KEY], refs[body], COMPLAINANT),
        }

    def read(summary: str, *asked: dict[str, Any]) -> dict[str, Any]:
        return operation(summary, {"200": "Shown"}, list(asked), security=COMPLAINANT)

    messages = write("More information from the complainant", "202", "Add")
    messages["get"] = read("Older messages", in_query("cursor"))
    return {
        own: {"parameters": [REFERENCE], "get": read("The public view of a complaint")},
        f"{own}/messages": messages,
        f"{own}/answer": write("The answer to a decision", "200", "Answer"),
        f"{own}/convert": write("Says that feedback is a complaint", "200", "Insist"),
        f"{own}/withdrawal": write("Takes the complaint back", "200", "Withdraw"),
        f"{own}/survey": write("Says how the complaint was handled, once", "200", "AnswerSurvey"),
        f"{own}/survey/decline": write("Asks not to be asked", "200", "DeclineSurvey"),
    }


def _files(refs: dict[str, Any]) -> dict[str, Any]:
    own, staff = "/v1/complaints/{reference}/attachments", "/v1/desk/complaints/{reference}/attachments"
    one = REFERENCE | {"name": "attachment", "example": "0f8fad5bd9cb469fa16570867728950e"}

    def fetch(security: Security) -> dict[str, Any]:
        found = operation("Where a kept file can be fetched, for 5 minutes", {"200": "Shown"})
        return {"parameters": [REFERENCE, one], "get": found | {"security": security}}

    place = {"201": "`upload` says how the file is sent: once, within 5 minutes, just as it was offered"}
    seen = {"200": "It was looked at: `state` is `kept` or `refused`"}
    offered = operation("A place for one file", place, [KEY], refs["FileOffer"], COMPLAINANT)
    announced = operation("The file was uploaded", seen, [KEY], security=COMPLAINANT)
    return {
        own: {"parameters": [REFERENCE], "post": offered},
        f"{own}/{{attachment}}": fetch(COMPLAINANT),
        f"{own}/{{attachment}}/arrived": {"parameters": [REFERENCE, one], "post": announced},
        f"{staff}/{{attachment}}": fetch(STAFF),
    }
