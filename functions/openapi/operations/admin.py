"""Settings and packs, described: what is settled, its changes, and what they would change."""

from typing import Any

from complaints.letters.content.examples import KINDS
from complaints.settings.changes import CHANGES
from complaints.settings.setting import SettingKind
from functions.openapi.operations.components import (
    CURSOR,
    KEY,
    LIMIT,
    STAFF,
    VERSION,
    Answer,
    Refs,
    in_path,
    in_query,
    operation,
)
from functions.openapi.operations.desk import read
from functions.openapi.operations.operation_summaries import CHANGES as WHAT_CHANGES

_SETTING = "/v1/desk/settings/{kind}/{name}"
_NAME = in_path("name", "demo", maxLength=200)
_KIND = in_path("kind", "site", enum=list(SettingKind))
_PACK = in_path("pack", "iso10002-default")
_RULE = in_path("name", "demo.cups", maxLength=200)
_NOT_MADE = "Takes the body of the change, which is not made"
_PREVIEWED = {
    "description": "The body of the change, and which letter is shown",
    "type": "object",
    "required": ["letter", "language"],
    "properties": {"letter": {"enum": list(KINDS)}, "language": {"type": "string"}},
    "examples": [{"letter": "acknowledgement", "language": "en"}],
}


def settings(refs: Refs) -> dict[str, Any]:
    """Settings and packs; `refs` are the schemas of bodies and answers by name."""
    one = Answer("The setting", refs["SettingView"], ("ETag",))
    shown = {
        "/v1/desk/settings": read("All settings", Answer("The settings", refs["Settings"])),
        _SETTING: read("A setting and its history", one) | {"parameters": [_KIND, _NAME]},
        "/v1/desk/texts": read(
            "The standard texts and the macros of a site",
            Answer("The standard texts", refs["StandardTexts"]),
            [in_query("site", about="One of my sites; without it, the first")],
        ),
        "/v1/desk/automations": read(
            "The automation rules of a site, with how often each was applied",
            Answer("The automation rules", refs["AutomationList"]),
            [in_query("site", about="One of my sites; without it, the first")],
        ),
        "/v1/desk/packs": read(
            "The promise packs in force, and the others", Answer("The promise packs", refs["Packs"])
        ),
    }
    several = operation(
        "Invites and changes several members by CSV; without the `plan` of a preview nothing is done",
        {"200": Answer("What each row does", refs["MembersCsv"])},
        [KEY],
        refs["PostMembersCsv"],
        STAFF,
    )
    token = operation(
        "Makes another token of the directory, which is shown here only; the one before ends",
        {"200": Answer("The token", refs["DirectoryToken"])},
        [KEY],
        refs["RotateToken"],
        STAFF,
    )
    shown["/v1/desk/directory/token"] = {"post": token}
    shown["/v1/desk/members/csv"] = {"post": several}
    return shown | _files(refs) | _secret(refs) | _tried(refs) | _changes(refs)


def _files(refs: Refs) -> dict[str, Any]:
    offered = operation(
        "Offers a place for a file (PDF, at most 2 MB) that is to go with letters of a site",
        {"201": Answer("Where the file may be uploaded", refs["Place"])},
        [KEY],
        refs["FileOffer"],
        STAFF,
    )
    return {
        f"{_SETTING}/files": {
            "parameters": [in_path("kind", "texts", enum=["texts"]), _NAME],
            "post": offered,
        }
    }


def _secret(refs: Refs) -> dict[str, Any]:
    context = operation(
        "The secret that signs the webhooks of a site",
        {"200": Answer("The secret in force", refs["WebhookSecret"])},
        security=STAFF,
    )
    return {
        f"{_SETTING}/secret": {"parameters": [in_path("kind", "site", enum=["site"]), _NAME], "post": context}
    }


def _changes(refs: Refs) -> dict[str, Any]:
    done = Answer("The setting after the change", refs["SettingView"], ("ETag", "Idempotent-Replayed"))
    return {
        f"{_SETTING.format(kind=of, name='{name}')}/commands/{verb}": {
            "parameters": [_NAME],
            "post": operation(
                WHAT_CHANGES[of, verb], {"200": done}, [VERSION, KEY], refs[change.__name__], STAFF
            ),
        }
        for (of, verb), change in CHANGES.items()
    }


def _tried(refs: Refs) -> dict[str, Any]:
    """What is asked before a change is made; nothing is changed by it."""
    promises = operation(
        "How other promise packs would change the deadlines of open cases; nothing is changed",
        {"200": Answer("A page of the deadlines that would change", refs["Changes"])},
        [CURSOR, LIMIT],
        refs["DryRun"],
        STAFF,
    )
    tried = operation(
        "What an automation rule would have done with past cases; nothing is changed",
        {"200": Answer("A page of the cases that the rule would have changed", refs["RuleTrial"])},
        [CURSOR, LIMIT, KEY],
        refs["ChangeAutomation"],
        STAFF,
        about=_NOT_MADE,
    )
    previewed = operation(
        "A preview of a letter after a change of a site's `texts`, or of the `site`; nothing is changed",
        {"200": Answer("An example of the letter", refs["Preview"])},
        [KEY],
        _PREVIEWED,
        STAFF,
    )
    touched = operation(
        "Which deadlines of open cases a change of a site's `calendar`, or of the `site`, affects",
        {"200": Answer("A page of the deadlines that would change", refs["MovedPromises"])},
        [CURSOR, LIMIT, KEY],
        refs["ChangeCalendar"],
        STAFF,
        about=_NOT_MADE,
    )
    return {
        f"{_SETTING}/preview": {"parameters": [_KIND, _NAME], "post": previewed},
        f"{_SETTING}/dry-run": {"parameters": [_KIND, _NAME], "post": touched},
        "/v1/desk/automations/{name}/dry-run": {"parameters": [_RULE], "post": tried},
        "/v1/desk/packs/{pack}/dry-run": {"parameters": [_PACK], "post": promises},
    }
