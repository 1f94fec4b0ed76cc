"""Files that go with the letters of a site: a place to upload one.

offer ─▶ (upload to the store) ─▶ put_enclosure: looked at, and kept or refused
"""

from datetime import timedelta

from chalice.app import Response

from complaints.case.record.attachments import LINK_HOLDS, FileType
from complaints.settings.commands import PutEnclosure
from complaints.settings.rules import action
from complaints.settings.setting import SettingKind
from complaints.settings.site.enclosures import MOST_BYTES, enclosure_key
from complaints.values.errors import Invalid, NotFound, Wrong
from functions.desk.settings import settings
from functions.desk.settings.settings import SettingsAccess
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.parts.complaint import local_time
from functions.serializers.parts.files import Place
from functions.use_cases.files.file_offers import FileOffer, id_for

PUT = action(PutEnclosure.verb, SettingKind.TEXTS)


def offer_for_letters(visit: Visit, kind: str, name: str) -> Response:
    """Gives a place for one file: 201, or the same place again for the same key and body."""
    at = who_encloses(visit, kind, name)
    return json_response(offered(visit, at, read(FileOffer, visit.request.body)), 201)


def who_encloses(visit: Visit, kind: str, name: str) -> SettingsAccess:
    """Who brings a file for the letters of a site. Raises `Forbidden`, `NotFound`."""
    found = auth.claims(visit, PUT)
    if kind != SettingKind.TEXTS:
        raise NotFound
    return settings.settings_access(visit, found, SettingKind.TEXTS, name, PUT)


def offered(visit: Visit, at: SettingsAccess, wish: FileOffer) -> Place:
    """The place for a file. Raises `Invalid` for what no letter could enclose."""
    if wish.type is not FileType.PDF:
        raise Invalid(Wrong("/type", "not-a-pdf"))
    if wish.size > MOST_BYTES:
        raise Invalid(Wrong("/size", "out-of-range", MOST_BYTES))
    site = at.setting.id
    id = id_for(visit, site)
    until: timedelta = LINK_HOLDS
    return Place(
        id=id,
        upload=visit.deps.files.offer(enclosure_key(site, id), wish.type, wish.size, until),
        expires_at=local_time(visit.deps.now() + until, visit.deps.sites.terms(site).zone),
    )
