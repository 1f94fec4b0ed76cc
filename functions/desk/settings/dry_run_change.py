"""A change of a setting that is tried at the desk by whoever may make it; nothing is written."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from complaints.settings.changes import CHANGES, Change
from complaints.settings.commands import CHANGE
from complaints.settings.rules import action
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.errors import NotFound
from functions.desk.settings import settings
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.visit import Visit

if TYPE_CHECKING:
    pass


class ChangeTrial(NamedTuple):
    """Who tries a change of what; `body` is as it came."""

    at: settings.SettingsAccess
    change: type[Change]
    body: dict[str, Any]
    context: SettingsContext


def begin(visit: Visit, kind: str, name: str, kinds: Collection[SettingKind]) -> ChangeTrial:
    """Lets somebody try a change of one of these kinds. Raises `NotFound`, `Forbidden`."""
    change = CHANGES.get((kind, CHANGE))
    if change is None or change.kind not in kinds:
        raise NotFound
    asked = action(CHANGE, change.kind)
    found = auth.claims(visit, asked)
    body = dict(visit.request.body)
    at = settings.settings_access(visit, found, change.kind, name, asked, changes=True)
    return ChangeTrial(at, change, body, settings.settings_context(visit.deps, at))


def command_of(change: type[Change], setting: Setting, body: dict[str, Any]) -> Change:
    """The change that a body asks for; it needs no reason to be tried. Raises `Invalid`."""
    return read(change, {"reason": "A dry run."} | settings.whole(change, setting, body))
