"""The token of the directory: made for an administrator who asks, shown once, and kept as a hash."""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from chalice.app import Response
from msgspec import Struct

from complaints.settings.member_commands import SetDirectoryToken
from complaints.settings.members.directory import ID
from complaints.settings.rules import action
from complaints.settings.setting import SettingKind
from complaints.values.field_types import Text
from functions.desk.settings import settings
from functions.desk.settings.settings import SettingsAccess
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit

ROTATING = action(SetDirectoryToken.verb, SettingKind.DIRECTORY)


class RotateToken(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for another token of the directory; the one before ends at once."""

    reason: Text


class DirectoryToken(Struct, frozen=True, kw_only=True):
    """The token, which is shown here only, and the address that the directory calls."""

    token: str
    address: str


class Rotated(NamedTuple):
    """Who asked, and what was made."""

    at: SettingsAccess
    token: DirectoryToken


def rotate(visit: Visit) -> Response:
    """Another token in place of the one before."""
    return json_response(rotated(visit, visit.request.body).token)


def rotated(visit: Visit, body: Mapping[str, Any]) -> Rotated:
    """Raises `Forbidden`, and `Invalid` for a `body` that is no `RotateToken`."""
    found = auth.claims(visit, ROTATING)
    asked = read(RotateToken, body)
    at = settings.settings_access(visit, found, SettingKind.DIRECTORY, ID, ROTATING)
    token = secrets.token_urlsafe(32)
    command = SetDirectoryToken(token_hash=sha256(token.encode()).hexdigest(), reason=asked.reason)
    visit.deps.settings_service.carry_out(at.setting, command, settings.settings_context(visit.deps, at))
    return Rotated(at, DirectoryToken(token=token, address=f"{visit.deps.settings.url}/scim/v2"))
