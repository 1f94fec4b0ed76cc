"""The secret of a webhook, given to an administrator who asks for it: it stands in no record and no log."""

from typing import TYPE_CHECKING

from chalice.app import Response
from msgspec import Struct

from complaints.delivery.webhook_signing import as_shown, secret_of
from complaints.settings.setting import SettingKind
from complaints.site.site import SiteRecord
from complaints.values.errors import NotFound
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings import settings
from functions.desk.settings.page import address_of, called, place_of, zone_at
from functions.desk.settings.settings import SettingsAccess
from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit

if TYPE_CHECKING:
    from complaints.context.ports import Secrets


READING = "read_secret"


class WebhookSecret(Struct, frozen=True, kw_only=True):
    """`whsec_` and 32 bytes in base64: a receiver verifies by it (Standard Webhooks)."""

    secret: str
    version: int


def reveal(visit: Visit, kind: str, name: str) -> Response:
    """The secret in force, and which version it is."""
    _, record = _asked(visit, kind, name)
    return json_response(
        WebhookSecret(secret=_secret(visit.deps.secrets, name, record), version=record.webhook_secret)
    )


@desk_page
def show(visit: Visit, kind: str, name: str) -> Response:
    """The secret in force, as a page that nobody keeps."""
    at, record = _asked(visit, kind, name)
    back = address_of(kind, name)
    return desk_layout(
        visit,
        "setting-secret.html",
        at.by,
        at.me,
        address=back,
        place=place_of(at.setting.kind),
        zone=zone_at(visit.deps.sites, at.setting),
        called=called(at.setting),
        back=back,
        secret=_secret(visit.deps.secrets, name, record),
        version=record.webhook_secret,
    )


def _asked(visit: Visit, kind: str, name: str) -> tuple[SettingsAccess, SiteRecord]:
    """Raises `Forbidden`; `NotFound` for what has no webhook, and so no secret."""
    known = settings.kind_called(kind)
    at = settings.settings_access(visit, auth.claims(visit, READING), known, name, READING)
    record = at.setting.record
    if known is not SettingKind.SITE or not isinstance(record, SiteRecord) or record.webhook is None:
        raise NotFound
    visit.request.note(secret_version=record.webhook_secret)
    return at, record


def _secret(secrets: "Secrets", site: str, record: SiteRecord) -> str:
    return as_shown(secret_of(secrets.key("webhook"), site, record.webhook_secret))
