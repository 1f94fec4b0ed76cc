"""What must be true of a setting before it holds. Every wrong value is named, by its pointer."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping

import msgspec

from complaints.calendars.opening_hours import WindowsRefused, check_week
from complaints.calendars.time_zones import UnknownZone, zone_named
from complaints.delivery.email_address import mail_address
from complaints.delivery.webhook_address import fault_of
from complaints.letters.content.blocks import PARAGRAPHS
from complaints.settings.setting import Setting
from complaints.settings.settings_context import ShippedData
from complaints.site.site import SiteRecord
from complaints.values.casework.retention import effect
from complaints.values.codes import Codes
from complaints.values.errors import Wrong
from complaints.values.field_types import CodeName
from complaints.values.people import Member, Role

_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:(\d{1,5}|\*))?")


def wrong_site(
    record: SiteRecord, key: str, shipped_data: ShippedData, members: Iterable[Member]
) -> Iterator[Wrong]:
    """What is wrong with how a site handles complaints."""
    try:
        zone_named(record.zone)
    except UnknownZone:
        yield Wrong("/zone", "unknown-zone")
    if record.windows is not None:
        try:
            check_week(record.windows)
        except WindowsRefused:
            yield Wrong("/windows", "windows")
    if record.holidays not in shipped_data.calendars:
        yield Wrong("/holidays", "unknown-calendar")
    yield from _wrong_languages(record, shipped_data)
    for place, origin in enumerate(record.origins):
        if not _ORIGIN.fullmatch(origin):
            yield Wrong(f"/origins/{place}", "not-an-origin")
    if record.always_approve and not has_reviewer(members, key):
        yield Wrong("/always_approve", "no-reviewer")
    if record.takes_data_requests and not handles_data_requests(members, key):
        yield Wrong("/feedback", "nobody-for-requests")


def wrong_webhook(record: SiteRecord, *, loopback: bool) -> Iterator[Wrong]:
    """Webhooks go to public https addresses; with `loopback` to this machine too."""
    fault = fault_of(record.webhook, loopback=loopback) if record.webhook is not None else None
    if fault:
        yield Wrong("/webhook", fault)


MOST_RULES = 50
MOST_FORMER = 12
"""On how many days retention rules are changed within the notice that each change has. Rules that still hold
beside the present ones may be taken back all the same: that makes one more, and no further one."""


def wrong_retention(record: SiteRecord, codes: Codes) -> Iterator[Wrong]:
    """There is one rule for all data of a kind and category, which is one of the site's, and not too many."""
    known = {None, *(code.code for code in codes.categories)}
    seen: set[tuple[str, str | None]] = set()
    for place, rule in enumerate(record.retention):
        if rule.category not in known:
            yield Wrong(f"/retention/{place}/category", "unknown-value")
        elif (rule.data, rule.category) in seen:
            yield Wrong(f"/retention/{place}/category", "twice")
        seen.add((rule.data, rule.category))
    if len(record.retention) > MOST_RULES:
        yield Wrong("/retention", "too-many", MOST_RULES)
    elif len(record.former_retention) > MOST_FORMER and not _is_taken_back(record):
        yield Wrong("/retention", "too-many", MOST_FORMER)


def _is_taken_back(record: SiteRecord) -> bool:
    """Whether the rules are such as hold already."""
    return effect(record.retention) in {effect(each.rules) for each in record.former_retention}


def wrong_checklists(record: SiteRecord, codes: Codes) -> Iterator[Wrong]:
    """Each category has one checklist, and is one of the site's."""
    known = {code.code for code in codes.categories}
    seen: set[str | None] = set()
    for place, checklist in enumerate(record.checklists):
        if checklist.category is not None and checklist.category not in known:
            yield Wrong(f"/checklists/{place}/category", "unknown-value")
        elif checklist.category in seen:
            yield Wrong(f"/checklists/{place}/category", "twice")
        seen.add(checklist.category)


def wrong_addresses(addresses: dict[str, str]) -> Iterator[Wrong]:
    """Which of the addresses, by their field, are no mail addresses."""
    for field, address in addresses.items():
        if mail_address(address) is None:
            yield Wrong(f"/{field}", "not-a-mail-address")


def wrong_texts(field: str, texts: Iterable[str], site: SiteRecord) -> Iterator[Wrong]:
    """Texts by language are in the site's languages, and there is one in its first where there is any."""
    tags = list(texts)
    yield from unsupported_languages(field, tags, site)
    if tags and site.language not in tags:
        yield Wrong(f"/{field}/{site.language}", "missing")


def unsupported_languages(field: str, tags: Iterable[str], site: SiteRecord) -> Iterator[Wrong]:
    """Texts by language that are in none of the site's languages."""
    for tag in tags:
        if tag not in site.languages:
            yield Wrong(f"/{field}/{tag}", "not-spoken")


def wrong_part_name(setting: Setting) -> Iterator[Wrong]:
    """What a site has many of is named by the key of the site, a dot, and a code."""
    code = setting.id.removeprefix(f"{setting.site}.")
    try:
        msgspec.convert(code, CodeName)
    except msgspec.ValidationError:
        yield Wrong("/id", "wrong-form")


def wrong_blocks(blocks: Mapping[str, Iterable[str]], site: SiteRecord) -> Iterator[Wrong]:
    """A site's own words are for paragraphs that letters hold, in the site's languages."""
    for name, texts in blocks.items():
        if name not in PARAGRAPHS:
            yield Wrong(f"/blocks/{name}", "unknown-value")
        yield from wrong_texts(f"blocks/{name}", texts, site)


def wrong_packs(packs: tuple[str, ...], shipped_data: ShippedData, own: Container[str]) -> Iterator[Wrong]:
    """Checks that packs exist and can be read: shipped ones, or the operator's."""
    if not packs:
        yield Wrong("/packs", "missing")
    for place, name in enumerate(packs):
        known = None if name in own else shipped_data.fault_of_pack(name)
        fault = "twice" if name in packs[:place] else known
        if fault:
            yield Wrong(f"/packs/{place}", fault)


def has_reviewer(members: Iterable[Member], site: str) -> bool:
    """Whether the site has a member who can be the second person."""
    return any(is_reviewer(member, site) for member in members)


def has_cleared_reviewer(members: Iterable[Member], site: str) -> bool:
    """Whether the site has a member who can review its sensitive cases."""
    return has_reviewer((member for member in members if member.sensitive), site)


def handles_data_requests(members: Iterable[Member], site: str) -> bool:
    """Whether the site has a member who can own its requests about personal data."""
    return any(member.handles(site) and member.sees_data_requests for member in members)


def is_reviewer(member: Member, site: str) -> bool:
    """Whether this member can be the second person of a site."""
    return member.serves(site) and Role.REVIEWER in member.roles


def _wrong_languages(record: SiteRecord, shipped_data: ShippedData) -> Iterator[Wrong]:
    for place, tag in enumerate(record.languages):
        if tag not in shipped_data.languages:
            yield Wrong(f"/languages/{place}", "no-catalogue")
    if record.language not in record.languages:
        yield Wrong("/language", "not-spoken")
