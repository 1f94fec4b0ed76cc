"""The yearly report (ISO 10002, clauses 4 and 8.7): what is published of complaints, with nobody recognised.

    prepared ─▶ written ─▶ approved by a second person ─▶ published ─▶ withdrawn, or replaced by an edition

Its figures are frozen when it is prepared, with small counts suppressed (`reporting/suppression.py`). What is
published stays until the next edition replaces it, or it is withdrawn.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

from msgspec import Struct, field
from msgspec.structs import replace

from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.published_figures import PublishedFigures
from complaints.management.evaluation.shared import PeriodContent, content_of, period_wrong
from complaints.management.evaluation.telephone_numbers import has_telephone_number
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.errors import Invalid, NotNow, SecondPersonNeeded, Wrong
from complaints.values.field_types import Language, ShortText, Text
from complaints.values.people import Actor, Role

_CASE = r"\bC-?[0-9A-HJKMNP-TV-Z]{5}-?[0-9A-HJKMNP-TV-Z]{5}-?[0-9A-Z]\b"
_TELEPHONE = r"(?:\+ ?\(?[0-9]|(?<![0-9])(?<![0-9][/.,-])(?!(?<=[0-9] )[0-9]{3}\b)0)(?:[ ()/-]{0,3}[0-9]){8,}"
_NAMES_SOMEBODY = re.compile(f"@|{_CASE}|{_TELEPHONE}")
"""A mail address, a reference of a case, or a telephone number that begins with + or 0 and has nine digits or
more. A zero within a number of thousands begins none. Other numbers are found by their groups."""

_YEAR = r"(?:19|20)[0-9]{2}"
_DATES = re.compile(
    rf"(?<![0-9])(?:{_YEAR}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-]{_YEAR}|"
    rf"{_YEAR} ?[/–-] ?(?:{_YEAR}|[0-9]{{2}}))(?![0-9])"
)
"""A date, or a range of years: no telephone number, whatever digits stand beside it."""


class Edition(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was published, by `number`: figures of a period, and in each language what was learned and what
    was changed."""

    number: int
    since: date
    until: date
    figures: PublishedFigures
    learned: dict[Language, Text]
    changed: dict[Language, Text]
    published_on: date


class YearlyReport(PeriodContent, frozen=True, kw_only=True):
    """The report that is worked on, and the edition that is published.

    `is_new` says that it is not what was published. `written_by` are the members who prepared it or wrote of
    it.
    """

    prepared_on: date
    figures: PublishedFigures = PublishedFigures()
    learned: dict[Language, Text] = field(default_factory=dict)
    changed: dict[Language, Text] = field(default_factory=dict)
    written_by: tuple[ShortText, ...] = ()
    approved_by: ShortText | None = None
    approved_on: date | None = None
    is_new: bool = True
    editions: int = 0
    published: Edition | None = None
    withdrawn_on: date | None = None


class YearlyReportRecorded(RecordFact, frozen=True, kw_only=True):
    content: YearlyReport


class PrepareReport(RecordCommand, frozen=True, kw_only=True):
    """Begins an edition: the figures of a period are taken as they are now, and stay so."""

    verb: ClassVar[str] = "prepare"
    since: date
    until: date


class WriteReport(RecordCommand, frozen=True, kw_only=True):
    """Says what was learned and what was changed, in the languages of the site; approval begins anew."""

    verb: ClassVar[str] = "write"
    learned: dict[Language, Text]
    changed: dict[Language, Text]


class ApproveReport(RecordCommand, frozen=True, kw_only=True):
    """Says that somebody who prepared and wrote none of it has looked: nobody can be recognised."""

    verb: ClassVar[str] = "approve"


class PublishReport(RecordCommand, frozen=True, kw_only=True):
    """Publishes the approved edition, in place of an earlier one."""

    verb: ClassVar[str] = "publish"


class WithdrawReport(RecordCommand, frozen=True, kw_only=True):
    """Takes the published edition back."""

    verb: ClassVar[str] = "withdraw"
    reason: Text


def prepare(record: ManagementRecord, command: PrepareReport, context: RecordsContext) -> YearlyReport:
    """`context.gathered` are the figures of the period. What was written is kept. Raises `Invalid`."""
    if wrong := tuple(period_wrong(command.since, command.until, context.today)):
        raise Invalid(*wrong)
    made = YearlyReport(
        since=command.since,
        until=command.until,
        prepared_on=context.today,
        figures=context.gathered or PublishedFigures(),
        written_by=(context.by.id,),
    )
    if record.content is None:
        return made
    report = content_of(record, YearlyReport)
    return replace(
        made,
        learned=report.learned,
        changed=report.changed,
        written_by=_with_author(report, context),
        editions=report.editions,
        published=report.published,
        withdrawn_on=report.withdrawn_on,
    )


def write(record: ManagementRecord, command: WriteReport, context: RecordsContext) -> YearlyReport:
    """Raises `Invalid` for a text that is missing in a language, or that names somebody."""
    texts = {"learned": command.learned, "changed": command.changed}
    wrong = [each for name, by_language in texts.items() for each in _wrong(name, by_language, context)]
    if wrong:
        raise Invalid(*wrong)
    report = content_of(record, YearlyReport)
    return replace(
        report,
        learned=command.learned,
        changed=command.changed,
        written_by=_with_author(report, context),
        approved_by=None,
        approved_on=None,
        is_new=True,
    )


def approve(record: ManagementRecord, command: ApproveReport, context: RecordsContext) -> YearlyReport:
    """Raises `SecondPersonNeeded` for whoever prepared or wrote it, `NotNow` while a language is missing."""
    report = content_of(record, YearlyReport)
    if any(map(context.is_own, report.written_by)):
        raise SecondPersonNeeded
    if any(_wrong("", texts, context) for texts in (report.learned, report.changed)):
        raise NotNow
    return replace(report, approved_by=context.by.id, approved_on=context.today)


def publish(record: ManagementRecord, command: PublishReport, context: RecordsContext) -> YearlyReport:
    """The approved report becomes the next edition.

    Raises `Invalid` where another public report has a day of its period: the difference of two periods would
    tell what each of them suppresses.
    """
    report = content_of(record, YearlyReport)
    if any(_overlaps(report, each.content) for each in context.records if each.id != record.id):
        raise Invalid(Wrong("/since", "overlapping-period"))
    number = report.editions + 1
    edition = Edition(
        number=number,
        since=report.since,
        until=report.until,
        figures=report.figures,
        learned=report.learned,
        changed=report.changed,
        published_on=context.today,
    )
    return replace(report, published=edition, editions=number, is_new=False, withdrawn_on=None)


def withdraw(record: ManagementRecord, command: WithdrawReport, context: RecordsContext) -> YearlyReport:
    """What was published is public no longer; it has to be approved anew."""
    return replace(
        content_of(record, YearlyReport),
        published=None,
        withdrawn_on=context.today,
        approved_by=None,
        approved_on=None,
        is_new=True,
    )


def _with_author(report: YearlyReport, context: RecordsContext) -> tuple[str, ...]:
    return tuple(sorted({*report.written_by, context.by.id}))


def _overlaps(report: YearlyReport, other: Content | None) -> bool:
    """Whether what another report has published is of a day of this one's period."""
    edition = other.published if isinstance(other, YearlyReport) else None
    return edition is not None and edition.since <= report.until and report.since <= edition.until


def _wrong(field: str, texts: Mapping[str, str], context: RecordsContext) -> list[Wrong]:
    """What is wrong with the texts of a report, by language."""
    missing = [each for each in context.site.languages if not texts.get(each)]
    naming = [each for each, text in texts.items() if _names_somebody(_DATES.sub("…", text))]
    return [
        *(Wrong(f"/{field}/{language}", "missing") for language in missing),
        *(Wrong(f"/{field}/{language}", "names-somebody") for language in naming),
    ]


def _names_somebody(text: str) -> bool:
    return bool(_NAMES_SOMEBODY.search(text)) or has_telephone_number(text)


def _allowed(content: YearlyReport, by: Actor) -> tuple[str, ...]:
    return tuple(_verbs(content, by))


def _verbs(content: YearlyReport, by: Actor) -> Iterator[str]:
    yield from ("prepare", "write")
    if content.is_new and content.approved_by:
        yield "publish"
    elif content.is_new and content.learned:
        yield "approve"
    if content.published:
        yield "withdraw"


_WRITERS = frozenset({Role.QUALITY, Role.ADMIN})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.YEARLY_REPORT,
        content=YearlyReport,
        fact=YearlyReportRecorded,
        rules={
            PrepareReport: prepare,
            WriteReport: write,
            ApproveReport: approve,
            PublishReport: publish,
            WithdrawReport: withdraw,
        },
        roles={
            "prepare": _WRITERS,
            "write": _WRITERS,
            "approve": _WRITERS | {Role.REVIEWER},
            "publish": _WRITERS,
            "withdraw": _WRITERS,
        },
        begins=("prepare",),
        summaries={
            "prepare": "Begins an edition of a yearly report with the figures of a period",
            "write": "Says what was learned and changed in the year, in the languages of the site",
            "approve": "Says that a second person found nobody recognisable in a yearly report",
            "publish": "Publishes an approved yearly report on the page of the procedure",
            "withdraw": "Takes a published yearly report back",
        },
        title="period",
        columns=("since", "until", "approved_on", "editions", "withdrawn_on"),
        of_members=("written_by", "approved_by"),
        helped=("since", "learned"),
        unlisted=("figures", "is_new", "published"),
        needs=(RecordKind.YEARLY_REPORT,),
        allowed=_allowed,
    )
