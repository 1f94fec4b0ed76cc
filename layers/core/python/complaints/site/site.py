"""A website that takes complaints, and the terms under which it handles them.

Checklists: what has to be done in each complaint of a category; each item becomes a task.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct
from msgspec.structs import replace

from complaints.calendars.site_holidays import SiteHolidays
from complaints.calendars.working_calendar import Calendar
from complaints.case.clock import Clock
from complaints.case.correspondence.letter import Enclosure
from complaints.case.correspondence.letterhead import PLAIN, Letterhead
from complaints.promise_packs.schema import ExternalBody, Pack, PackClock
from complaints.site.pack_events import OURS, RECORDED
from complaints.values.casework.retention import FormerRules, RetentionRule
from complaints.values.codes import Codes
from complaints.values.competence import Topic
from complaints.values.field_types import (
    CodeName,
    Country,
    CurrencyText,
    Feedback,
    Language,
    LongText,
    MoneyText,
    ShortText,
    StrictInput,
    Text,
)
from complaints.values.own_fields import OwnField

MOST_ITEMS = 15
"""Items of one checklist: a case has fifty tasks at most, and may be classified more than once."""


class ChecklistItem(StrictInput, frozen=True, kw_only=True):
    """One thing to do, so many calendar `days` after the case was classified or assessed."""

    text: Text
    days: Annotated[int, Meta(ge=0, le=365)]


class Checklist(StrictInput, frozen=True, kw_only=True):
    """What has to be done in each complaint of a `category`, or without one in every complaint."""

    category: CodeName | None = None
    items: Annotated[tuple[ChecklistItem, ...], Meta(min_length=1, max_length=MOST_ITEMS)]

    @property
    def name(self) -> str:
        """How the tasks made of it are known; of that for every complaint empty."""
        return self.category or ""


def checklists_for(checklists: Iterable[Checklist], category: str | None) -> Iterator[Checklist]:
    """Those that hold for a complaint of this category."""
    return (each for each in checklists if each.category in (None, category))


TelephoneNumber = Annotated[str, Meta(max_length=30, pattern=r"^\+?[0-9][0-9 ()./-]{3,}$(?!\n)")]
"""A number as people dial it, as in `+1 (800) 555-0100`."""

Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$(?!\n)")]
"""A month, as in `2026-02`."""

MOST_TRANSACTIONS = 10**12

SITE_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""The form of the key of a site."""


class HandlingProfile(Struct, frozen=True, kw_only=True):
    """How one site handles complaints, and what promise packs ask about it: where it works and in what trade.

    `origins` are compared whole (CORS). `approval_limit` is the money, in `currency`, above which
    a decision needs a second person; `agent_limit` and `reviewer_limit` are the authority of these roles,
    where it is another. `budgets` are what remedies can be paid from, as the organisation calls them.
    `contact` tells people without mail how to reach it, in letters on paper. `external_body` is where one can
    go with a complaint, `authority` with a request about personal data. Letters name `telephone` where a law
    asks for a number.
    With `two_stages` there is a review by somebody else also where a law knows one final response.
    `region` is that of the country, unless it says another. Only a site on `trial` may promise by unconfirmed
    figures. `feedback` are the kinds that its form takes beside complaints; the widget asks which it is
    with `widget_feedback`. `webhook` is the address of its own system that gets events. `transactions` is how
    many orders, contracts or visits there were, by month: complaints are told per thousand of them.
    Whoever decides, approves or works on a review must be trained in `decision_topics`, `approval_topics`
    and `review_topics`. The access log is kept for `access_log_days`; with `shows_readers` complainants see
    when staff of which role read their case, and no name. `retention` says how long it is kept what
    people wrote; without a rule, for ever. While it
    `holds_letters`, because very many complaints come at once, these are taken, and automatic letters wait.
    With `privacy_approval` one of several who protect data agrees to the erasure that another wants and no
    person asked for, and to an evidence pack with names.
    With `anonymous` the form takes complaints of whoever gives no contact details, and reads the answers by
    a receipt.
    """

    name: ShortText
    zone: ShortText
    language: Language
    languages: tuple[Language, ...]
    origins: tuple[ShortText, ...] = ()
    holidays: ShortText
    windows: dict[str, tuple[tuple[str, str], ...]] | None = None
    approval_limit: MoneyText = "500"
    agent_limit: MoneyText | None = None
    reviewer_limit: MoneyText | None = None
    currency: CurrencyText = "EUR"
    budgets: tuple[ShortText, ...] = ()
    always_approve: bool = False
    agents_extend: bool = False
    external_body: ExternalBody | None = None
    external_body_at_once: bool = False
    authority: ExternalBody | None = None
    telephone: TelephoneNumber | None = None
    two_stages: bool = False
    contact: Text | None = None
    country: Country | None = None
    region: ShortText | None = None
    sector: CodeName | None = None
    regulated: bool = False
    trial: bool = False
    is_open: bool = True
    takes_mail: bool = False
    proof_wanted: bool = True
    feedback: tuple[Feedback, ...] = (Feedback.PRAISE, Feedback.SUGGESTION, Feedback.QUESTION)
    widget_feedback: bool = False
    webhook: ShortText | None = None
    checklists: tuple[Checklist, ...] = ()
    transactions: dict[Month, Annotated[int, Meta(ge=0, le=MOST_TRANSACTIONS)]] = {}
    decision_topics: tuple[Topic, ...] = ()
    approval_topics: tuple[Topic, ...] = ()
    review_topics: tuple[Topic, ...] = ()
    access_log_days: Annotated[int, Meta(ge=30, le=3650)] = 365
    shows_readers: bool = False
    holds_letters: bool = False
    retention: tuple[RetentionRule, ...] = ()
    anonymous: bool = False
    privacy_approval: bool = True

    @property
    def takes_data_requests(self) -> bool:
        """Whether requests about personal data come as cases of their own kind."""
        return Feedback.PERSONAL_DATA in self.feedback

    @property
    def needs_competence(self) -> bool:
        """Whether anything at this site depends on records of competence."""
        return bool(self.decision_topics or self.approval_topics or self.review_topics)


class SiteRecord(HandlingProfile, frozen=True, kw_only=True):
    """The profile as stored: with the version of the secret by which its webhooks are signed, and since
    when that is the one, where there was another before. Rules of retention that were changed hold on for a
    while (`former_retention`)."""

    webhook_secret: int = 1
    webhook_rotated: datetime | None = None
    former_retention: tuple[FormerRules, ...] = ()


class Texts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A site's own texts by language: how it introduces its procedure, and its privacy notice.

    A complaint keeps the version of the notice that was read. `blocks` are its own words for paragraphs
    that promise packs ask for in letters, by the ids of those; `letters` those that it adds after the
    greeting, by the kinds of letters, with placeholders (`custom_paragraphs.py`). `enclosures` are the files
    that such paragraphs speak of, by the same ids.
    """

    introduction: dict[Language, LongText] = {}
    notice: dict[Language, LongText] = {}
    notice_version: str = "1"
    blocks: dict[CodeName, dict[Language, Text]] = {}
    letterhead: Letterhead = PLAIN
    letters: dict[CodeName, dict[Language, str]] = {}
    enclosures: dict[CodeName, dict[Language, Enclosure]] = {}


def text_in(texts: Mapping[str, str], *languages: str) -> str | None:
    """The text in the first of these languages that there is one in."""
    return next((texts[tag] for tag in languages if tag in texts), None)


class Site(SiteRecord, frozen=True, kw_only=True):
    """One site with all its settings; `key` is what a page names in `data-site`.

    `team`, `manager`, `quality` and `safety` are mail addresses of staff. Clocks of the packs `formerly` in
    force run on in the cases that have them. `own` packs did not come with the product. `told` are the
    versions of packs that administrators were written of.
    """

    key: str
    team: str
    manager: str
    quality: str | None = None
    safety: str | None = None
    packs: tuple[str, ...] = ("iso10002-default",)
    formerly: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    migrated: dict[str, int] = {}
    told: dict[str, int] = {}
    codes: Codes = Codes()
    texts: Texts = Texts()
    decrees: SiteHolidays = SiteHolidays()
    fields: tuple[OwnField, ...] = ()


class SiteTerms(Struct, frozen=True):
    """What a case is handled under: the site, its packs, and the working calendar of each pack."""

    site: Site
    packs: tuple[Pack, ...]
    calendars: dict[str, Calendar]

    def calendar(self, pack: str, version: int = 0) -> Calendar:
        """The calendar of a version of the pack with this id; without a version, of its last."""
        return self.calendars.get(f"{pack}/{version}", self.calendars[pack])

    def in_force(self, at: datetime) -> tuple[Pack, ...]:
        """The packs that hold at an instant, each by the date that it is then in the pack's zone."""
        return tuple(
            pack
            for pack in self.packs
            if pack.is_in_force(at.astimezone(ZoneInfo(self.calendar(pack.id, pack.version).zone)).date())
        )

    @property
    def working_days(self) -> Calendar:
        """The calendar by whose business days the site is measured as a whole: that of its first pack, in the
        zone of the site."""
        return replace(self.calendars[self.packs[0].id], zone=self.site.zone)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site: times are said in it, and a day begins and ends by it."""
        return ZoneInfo(self.site.zone)

    def today(self, now: datetime) -> date:
        """The date in the site's zone."""
        return now.astimezone(self.zone).date()

    def is_to_come(self, day: str, now: datetime) -> bool:
        """Whether a date (ISO 8601) is later than that of the site's zone."""
        return date.fromisoformat(day) > self.today(now)

    def pack_of(self, clock: Clock) -> Pack | None:
        """The pack of a clock, in the version that it started under; `None` if the site has none such."""
        named = (clock.pack, clock.pack_version)
        return next((pack for pack in self.packs if (pack.id, pack.version) == named), None)

    def rule_of(self, clock: Clock) -> PackClock | None:
        """What its pack says of a clock; `None` if the site has none such."""
        pack = self.pack_of(clock)
        return next((each for each in pack.clocks if each.id == clock.id), None) if pack else None

    def ends_with_first_decision(self, clocks: Iterable[Clock]) -> bool:
        """Whether the first decision on a case with these clocks is a final response: a pack of one of them
        knows one, the procedure of the site has no second stage, and there is a body outside."""
        if self.site.two_stages or self.external_body is None:
            return False
        return any(pack.final_response for clock in clocks if (pack := self.pack_of(clock)))

    @property
    def external_body(self) -> ExternalBody | None:
        """Where a person may go who disagrees at level 2: the site's own word, else that of a pack."""
        named = (pack.external_body for pack in self.packs)
        return self.site.external_body or next((body for body in named if body), None)

    @property
    def outside_events(self) -> frozenset[str]:
        """Events of the packs that no step of the product records: staff must record them."""
        clocks = [clock for pack in self.packs for clock in pack.clocks]
        named = {event for clock in clocks for event in (clock.starts_on, clock.stops_on)}
        return frozenset(named) - OURS | RECORDED & named

    def language_for(self, *preferred: str) -> str:
        """The first language of those asked for that the site speaks, or the site's own."""
        for tag in chain.from_iterable(map(_narrowing, preferred)):
            if tag in self.site.languages:
                return tag
        return self.site.language


def _narrowing(tag: str) -> Iterator[str]:
    """`pt-BR` is also `pt` (RFC 4647, lookup)."""
    parts = tag.lower().replace("_", "-").split("-")
    while parts:
        yield "-".join(parts)
        parts.pop()
