"""The desk, described: what staff and administrators may call."""

from typing import Any

from complaints.commands import STAFF_COMMANDS
from complaints.example_letters import KINDS
from complaints.settings.commands import CHANGES
from complaints.settings.setting import Kind
from functions.openapi_parts import KEY, REFERENCE, STAFF, VERSION, in_query, operation

_PREVIEWED = {
    "description": "The body of the change, and which letter is shown",
    "type": "object",
    "required": ["letter", "language"],
    "properties": {"letter": {"enum": list(KINDS)}, "language": {"type": "string"}},
}


def desk(refs: dict[str, Any]) -> dict[str, Any]:
    """Cases, queues, letters and mail; `refs` are the schemas of bodies by name."""
    case = "/v1/desk/complaints/{reference}"

    def read(summary: str, *asked: str) -> dict[str, Any]:
        return {
            "get": operation(summary, {"200": "Shown"}, [in_query(name) for name in asked], security=STAFF)
        }

    filters = ("queue", "level", "category", "site", "cursor", "limit")
    taken_down = operation(
        "Takes a complaint down that was told by telephone, in a letter or in person",
        {"201": "It is taken; `Location` names the case"},
        [KEY | {"required": True}],
        refs["ToldForm"],
        STAFF,
    )
    letter = REFERENCE | {"name": "letter", "example": "000001.1"}
    return {
        "/v1/desk/me": read("Who I am and what I may do"),
        "/v1/desk/members": read("To whom a case, or with `for=act` an action, can be given", "site", "for"),
        "/v1/desk/complaints": read("A queue, the most urgent first", *filters) | {"post": taken_down},
        "/v1/desk/mail": read("Mail that came in, and what became of it", "site", "cursor", "limit"),
        case: {"parameters": [REFERENCE]} | read("The whole case"),
        f"{case}/audit": {"parameters": [REFERENCE]} | read("The chain of facts, and whether it verifies"),
        f"{case}/letters": {"parameters": [REFERENCE]} | read("The letters of the case"),
        f"{case}/letters/{{letter}}": {"parameters": [REFERENCE, letter]}
        | read("One letter as a page (HTML) to print"),
    } | _commands(f"{case}/commands", refs)


def _commands(at: str, refs: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{at}/{verb}": {
            "parameters": [REFERENCE],
            "post": operation(
                f"The command {verb}", {"200": "The new case"}, [VERSION, KEY], refs[kind.__name__], STAFF
            ),
        }
        for verb, kind in STAFF_COMMANDS.items()
    }


_SETTING = "/v1/desk/settings/{kind}/{name}"
_NAME = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
_KIND = _NAME | {"name": "kind", "schema": {"type": "string", "enum": list(Kind)}}
_PACK = _NAME | {"name": "pack", "example": "iso10002-default"}


def settings(refs: dict[str, Any]) -> dict[str, Any]:
    """Settings and packs: what is settled, its changes, and what they would change."""
    every = operation("What is settled", {"200": "Shown"}, security=STAFF)
    one = operation("A setting and its history", {"200": "Shown"}, security=STAFF)
    packs = operation("The promises in force, and those that could be", {"200": "Shown"}, security=STAFF)
    shown = {
        "/v1/desk/settings": {"get": every},
        _SETTING: {"parameters": [_KIND, _NAME], "get": one},
        "/v1/desk/packs": {"get": packs},
    }
    changes = {
        f"{_SETTING.format(kind=of, name='{name}')}/commands/{verb}": {
            "parameters": [_NAME],
            "post": operation(
                f"The change {verb} of a {of}",
                {"200": "The setting as it is then"},
                [VERSION, KEY],
                refs[change.__name__],
                STAFF,
            ),
        }
        for (of, verb), change in CHANGES.items()
    }
    return shown | _tried(refs) | changes


def _tried(refs: dict[str, Any]) -> dict[str, Any]:
    """What is asked before a change is made; nothing is changed by it."""
    promises = operation(
        "What other promises would change for open cases; nothing is changed",
        {"200": "A page of the clocks that would change"},
        [in_query("cursor"), in_query("limit")],
        refs["DryRun"],
        STAFF,
    )
    previewed = operation(
        "A letter as it would be after a change of a site's `texts`, or of the `site`; nothing is changed",
        {"200": "An example of the `letter` in the `language`: `from`, `subject`, `text` and `html`"},
        body=_PREVIEWED,
        security=STAFF,
    )
    touched = operation(
        "Which promises of open cases a change of a site's `calendar`, or of the `site`, touches",
        {"200": "A page of the promises that would be reckoned otherwise; the earlier of two moments binds"},
        [in_query("cursor"), in_query("limit")],
        refs["ChangeCalendar"],
        STAFF,
    )
    return {
        f"{_SETTING}/preview": {"parameters": [_KIND, _NAME], "post": previewed},
        f"{_SETTING}/dry-run": {"parameters": [_KIND, _NAME], "post": touched},
        "/v1/desk/packs/{pack}/dry-run": {"parameters": [_PACK], "post": promises},
    }
