"""A change of a setting that is tried at the desk by whoever may make it; nothing is written."""

from collections.abc import Container
from typing import Any, NamedTuple

from complaints.refusals import NotFound
from complaints.settings.commands import CHANGE, CHANGES, Change
from complaints.settings.rules import action
from complaints.settings.setting import Kind, Setting
from complaints.settings.surroundings import Surroundings
from functions import doors, office
from functions.reading import read
from functions.visits import current


class Trial(NamedTuple):
    """Who tries a change of what; `body` is as it came."""

    at: office.AtTheOffice
    change: type[Change]
    body: dict[str, Any]
    given: Surroundings


def begin(kind: str, name: str, kinds: Container[Kind]) -> Trial:
    """Lets somebody try a change of one of these kinds. Raises `NotFound`, `Forbidden`."""
    change = CHANGES.get((kind, CHANGE))
    if change is None or change.kind not in kinds:
        raise NotFound
    visit, asked = current(), action(CHANGE, change.kind)
    found = doors.claims(visit, asked)
    body = dict(visit.body)
    at = office.at_the_office(visit, found, change.kind, name, asked, changes=True)
    return Trial(at, change, body, office.given_at(at))


def command_of(change: type[Change], setting: Setting, body: dict[str, Any]) -> Change:
    """The change that a body asks for; it needs no reason to be tried. Raises `Invalid`."""
    return read(change, {"reason": "A dry run."} | office.whole(change, setting, body))
