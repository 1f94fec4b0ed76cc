"""What websites and complainants may call, described."""

from collections.abc import Iterable
from typing import Any

from functions.openapi.operations.components import (
    COMPLAINANT,
    CURSOR,
    KEY,
    LANG,
    LIMIT,
    REFERENCE,
    STAFF,
    Answer,
    Refs,
    Security,
    in_path,
    in_query,
    operation,
)

_OWN = "/v1/complaints/{reference}"
ATTACHMENT = in_path("attachment", "0f8fad5bd9cb469fa16570867728950e")
SITE = in_query("site", about="The key of the site")
_REPLAYED = ("Idempotent-Replayed",)


def complainants(refs: Refs) -> dict[str, Any]:
    """Forms, complaints and their files; `refs` are the schemas of bodies and answers by name."""
    return _public(refs) | _own_case(refs) | _files(refs)


def _public(refs: Refs) -> dict[str, Any]:
    needs, challenge = Answer("The form", refs["FormNeeds"]), Answer("The challenge", refs["Challenge"])
    taken = Answer("The complaint is accepted", refs["Receipt"], ("Location", *_REPLAYED))
    site = SITE | {"required": True, "example": "demo"}
    key = KEY | {"required": True}
    return {
        "/health": {
            "get": operation("Whether this installation answers", {"200": Answer("It does", refs["Health"])})
        },
        "/v1/form": {"get": operation("What a form needs", {"200": needs}, [site, LANG])},
        "/v1/challenge": {"get": operation("A challenge for a proof of work", {"200": challenge}, [SITE])},
        "/v1/complaints": {"post": operation("Accepts a complaint", {"201": taken}, [key], refs["Form"])},
    }


def _own_case(refs: Refs) -> dict[str, Any]:
    view = refs["PublicView"]

    def write(summary: str, status: str, body: str) -> dict[str, Any]:
        done = {status: Answer("The complaint after the change", view, _REPLAYED)}
        post = operation(summary, done, [KEY], refs[body], COMPLAINANT)
        return {"parameters": [REFERENCE], "post": post}

    def read(summary: str, shape: str, asked: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
        return operation(
            summary, {"200": Answer("The requested data", refs[shape])}, asked, security=COMPLAINANT
        )

    shown = {"parameters": [REFERENCE], "get": read("The public view of a complaint", "PublicView")}
    messages = write("More information from the complainant", "202", "Add")
    return {
        _OWN: shown,
        f"{_OWN}/data": {
            "parameters": [REFERENCE],
            "get": operation(
                "All data held about the complaint",
                {
                    "200": Answer("The requested data", refs["OwnData"], ("Content-Disposition",)),
                    "303": Answer(
                        "Too large for an answer: a file to download within 5 minutes",
                        None,
                        ("Location",),
                    ),
                },
                security=COMPLAINANT,
            ),
        },
        f"{_OWN}/messages": messages | {"get": read("Older messages", "Messages", [LIMIT, CURSOR])},
        f"{_OWN}/answer": write("The answer to a decision", "200", "Answer"),
        f"{_OWN}/convert": write("Turns feedback into a complaint", "200", "Insist"),
        f"{_OWN}/contact": write(
            "Corrects contact details; a mail address holds once it is confirmed", "200", "CorrectOwnContact"
        ),
        f"{_OWN}/adjustments": write(
            "Says what the person needs, such as large print or an interpreter", "200", "AdjustOwn"
        ),
        f"{_OWN}/link": {
            "parameters": [REFERENCE],
            "post": operation(
                "Ends all links and tokens of the complaint, for a new one or for good",
                {"200": Answer("What opens the complaint now", refs["OwnLink"], _REPLAYED)},
                [KEY],
                refs["ChangeOwnLink"],
                COMPLAINANT,
            ),
        },
        f"{_OWN}/remedies": write("Declines one remedy of several", "200", "DeclineOwnRemedy"),
        f"{_OWN}/withdrawal": write("Withdraws the complaint", "200", "Withdraw"),
        f"{_OWN}/survey": write(
            "Answers the survey about how the complaint was handled, once", "200", "AnswerSurvey"
        ),
        f"{_OWN}/survey/decline": write("Declines the survey", "200", "DeclineSurvey"),
    }


def _files(refs: Refs) -> dict[str, Any]:
    return uploads(refs, f"{_OWN}/attachments", "File", COMPLAINANT)


def uploads(refs: Refs, own: str, shown: str, security: Security = STAFF) -> dict[str, Any]:
    """How a file is added below the address `own`, and fetched; what came of it is `shown`."""
    place = Answer(
        "How to upload the file: once, within 5 minutes, as it was offered", refs["Place"], _REPLAYED
    )
    seen = Answer("The file was inspected: `state` is `kept` or `refused`", refs[shown])
    offered = operation("Where to upload one file", {"201": place}, [KEY], refs["FileOffer"], security)
    announced = operation(
        "The file was uploaded",
        {"200": seen},
        [KEY],
        refs["Announcement"],
        security,
        may_leave_body=True,
    )
    return {
        own: {"parameters": [REFERENCE], "post": offered},
        f"{own}/{{attachment}}": fetched(refs, security),
        f"{own}/{{attachment}}/arrived": {"parameters": [REFERENCE, ATTACHMENT], "post": announced},
    }


def fetched(refs: Refs, security: Security = STAFF) -> dict[str, Any]:
    """Where a kept file can be fetched."""
    found = {"200": Answer("The file, and its address", refs["FetchedFile"])}
    get = operation("The address of a stored file, valid for 5 minutes", found, security=security)
    return {"parameters": [REFERENCE, ATTACHMENT], "get": get}
