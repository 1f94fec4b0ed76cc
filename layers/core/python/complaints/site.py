"""A website that takes complaints, and the terms under which it handles them."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from msgspec import Struct

from complaints.calendar import Calendar
from complaints.pack_format import Pack
from complaints.words import Category


class Site(Struct, frozen=True, kw_only=True):
    """The settings of one site; `key` is what a page names in `data-site`.

    `origins` are compared whole (CORS). `approval_limit` is the money, in `currency`, above which
    a remedy needs a second person. `team` and `manager` are mail addresses of staff.
    """

    key: str
    name: str
    zone: str
    language: str
    languages: tuple[str, ...]
    origins: tuple[str, ...] = ()
    categories: tuple[Category, ...] = tuple(Category)
    holidays: str
    packs: tuple[str, ...] = ("iso10002-default",)
    windows: dict[str, tuple[tuple[str, str], ...]] | None = None
    approval_limit: str = "500"
    currency: str = "EUR"
    always_approve: bool = False
    team: str
    manager: str
    is_open: bool = True
    proof_wanted: bool = True
    notice_version: str = "1"


class Terms(Struct, frozen=True):
    """What a case is handled under: the site, its packs, and the working calendar of each pack."""

    site: Site
    packs: tuple[Pack, ...]
    calendars: dict[str, Calendar]

    def calendar(self, pack: str) -> Calendar:
        """The calendar that the pack with this id reckons with."""
        return self.calendars[pack]

    def today(self, now: datetime) -> date:
        """The date of the site's zone."""
        return now.astimezone(ZoneInfo(self.site.zone)).date()

    def language_for(self, *wanted: str) -> str:
        """The first language of those asked for that the site speaks, or the site's own."""
        for tag in chain.from_iterable(map(_narrowing, wanted)):
            if tag in self.site.languages:
                return tag
        return self.site.language


def _narrowing(tag: str) -> Iterator[str]:
    """`pt-BR` is also `pt` (RFC 4647, lookup)."""
    parts = tag.lower().replace("_", "-").split("-")
    while parts:
        yield "-".join(parts)
        parts.pop()
