"""The format of a regulator's return, as a data file: what it counts or lists, by which codes, and by which
source that is known.

A file is taken whole or not at all. Where the source of a list could not be read, the list is not confirmed,
and neither is the return.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import replace

from complaints.calendars.durations import Duration, usual
from complaints.reporting.figure import Period
from complaints.values.field_types import Country, CurrencyText, Outcome

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$(?!\n)")]
Words = Annotated[str, Meta(min_length=1, max_length=500)]
WebAddress = Annotated[str, Meta(pattern=r"^https?://[^\s<>\x22]+$(?!\n)")]


class ReturnRefused(ValueError):
    """A file of a return that the product must not run on."""


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a return; what the format does not know is refused."""


class ReturnSource(Part, frozen=True, kw_only=True):
    """Where a list of the return comes from, and whether that was read."""

    of: Words
    name: Words
    url: WebAddress
    confirmed: bool
    note: Words


class CodeOf(StrEnum):
    """What of a case is mapped. `PRODUCT` is what the site says that its category is about; `CAUSE` the root
    cause of the last finding; `OUTCOME` that of the last decision communicated by the end of the period."""

    PRODUCT = "product"
    CATEGORY = "category"
    SUBCATEGORY = "subcategory"
    CAUSE = "cause"
    OUTCOME = "outcome"
    ENDED_BECAUSE = "ended_because"
    CHANNEL = "channel"
    KIND = "kind"


class Grouping(Part, frozen=True, kw_only=True):
    """The regulator's codes of one kind, and how the site's own are mapped to them.

    The codes of a case are tried in the order of `source` (`from` in the file). A code that is not named is
    mapped as the code it stands below: `billing.wrong_amount` as `billing`. `labels` are the regulator's
    codes with its words. With `each_point` a case has the codes of the categories of all its points, each
    once; a point without a category has that of the case.
    """

    name: Id
    each_point: bool = False
    source: Annotated[tuple[CodeOf, ...], Meta(min_length=1)] = field(name="from")
    labels: dict[str, Words]
    codes: dict[str, str]


class Within(Part, frozen=True, kw_only=True):
    """A time from the receipt of a complaint; the day of receipt is not counted."""

    amount: Annotated[int, Meta(ge=1, le=366)]
    unit: Literal["business_days", "calendar_days", "weeks", "months"]

    @property
    def length(self) -> Duration:
        return usual(self.amount, self.unit)


class Counted(StrEnum):
    """What a measure counts. A case is closed when its first decision was communicated, or when it ended
    before."""

    OPENED = "opened"
    OUTSTANDING_BEFORE = "outstanding_before"
    OUTSTANDING_AFTER = "outstanding_after"
    CLOSED = "closed"
    REDRESS = "redress"


class Measure(Part, frozen=True, kw_only=True):
    """One measure: of the closed cases those `within` a time, or with one of the `outcomes`. It is counted
    `by` these groupings; none stands for all of them together."""

    name: Id
    by: tuple[Id, ...] | None = None
    counts: Counted
    within: Within | None = None
    outcomes: tuple[Outcome, ...] = ()


class Value(StrEnum):
    """What a column says that is no code. Dates are those of the site; `REDRESS` is what was paid in the
    period, each currency by itself."""

    REFERENCE = "reference"
    SITE = "site"
    STATUS = "status"
    RECEIVED_ON = "received_on"
    CLOSED_ON = "closed_on"
    DAYS_TO_CLOSE = "days_to_close"
    REDRESS = "redress"


class Column(Part, frozen=True, kw_only=True):
    """A column: a value, or a code by one of the groupings; one of a `closed` case only is empty before."""

    name: Words
    value: Value | None = None
    grouping: Id | None = None
    when_closed: bool = False


class MissingField(Part, frozen=True, kw_only=True):
    """What the regulator asks for, and the return does not say."""

    name: Words
    reason: Words


class _Return(Part, frozen=True, kw_only=True):
    """What all returns have. `first` is the day on which their first period begins, the first one of a month,
    and `months` how long a period is. `pack` is the promise pack whose calendar says what business days are;
    a site without it uses its own. `redress` are the kinds of remedies whose money counts, `not_redress`
    those whose does not."""

    format: Literal[1]
    name: Id
    title: Words
    regulator: Words
    country: Country
    first: date
    months: Annotated[int, Meta(ge=1, le=12)]
    currency: CurrencyText
    pack: Id
    sources: Annotated[tuple[ReturnSource, ...], Meta(min_length=1)]
    groupings: tuple[Grouping, ...]
    redress: tuple[str, ...]
    not_redress: tuple[str, ...]
    missing: tuple[MissingField, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether the source of each of its lists was read."""
        return all(source.confirmed for source in self.sources)

    def period_of(self, day: date) -> Period:
        """The regulator's period that a day is in; before the first one they are counted back, for a trial.

        >>> from complaints.adapters.config.shipped_data import return_named
        >>> return_named("nhs-ko41a").period_of(date(2027, 2, 28)).last
        datetime.date(2027, 3, 31)
        """
        since = (day.year - self.first.year) * 12 + day.month - self.first.month
        begun = self.first.year * 12 + self.first.month - 1 + since - since % self.months
        (year, month), (end, last) = (divmod(each, 12) for each in (begun, begun + self.months - 1))
        return Period(date(year, month + 1, 1), date(end, last + 1, monthrange(end, last + 1)[1]))

    def grouping(self, name: str) -> Grouping:
        """The grouping with this name. Raises `StopIteration` for one that there is not."""
        return next(each for each in self.groupings if each.name == name)


def with_own_codes(definition: "RegulatorReturn", own: Mapping[str, Mapping[str, str]]) -> "RegulatorReturn":
    """The return as a site sends it: in its groupings, by name, its `own` codes come before those that ship.
    A code that the regulator has no more maps nothing."""
    groupings = tuple(
        replace(each, codes=each.codes | {code: to for code, to in mapped.items() if to in each.labels})
        if (mapped := own.get(each.name, {}))
        else each
        for each in definition.groupings
    )
    return replace(definition, groupings=groupings)


class FiguresReturn(_Return, frozen=True, kw_only=True, tag_field="kind", tag="figures"):
    """A return of figures: each measure by all groupings together."""

    measures: Annotated[tuple[Measure, ...], Meta(min_length=1)]


class CasesReturn(_Return, frozen=True, kw_only=True, tag_field="kind", tag="cases"):
    """A return with a row for each case that was open at some time of the period."""

    columns: Annotated[tuple[Column, ...], Meta(min_length=1)]


RegulatorReturn = FiguresReturn | CasesReturn


def read_return(data: bytes) -> RegulatorReturn:
    """The return of a file (JSON, format 1). Raises `ReturnRefused` for the first thing that is wrong."""
    try:
        found: RegulatorReturn = msgspec.json.decode(data, type=FiguresReturn | CasesReturn)
    except msgspec.MsgspecError as error:
        raise ReturnRefused(str(error)) from error
    for fault in _faults(found):
        raise ReturnRefused(fault)
    return found


def _faults(read: RegulatorReturn) -> Iterator[str]:
    """What stands in more than one place, and does not go together."""
    named = [each.name for each in read.groupings]
    parts = read.columns if isinstance(read, CasesReturn) else read.measures
    if read.first.day != 1:
        yield "a period begins on the first day of a month"
    if len(set(named)) < len(named) or len({each.name for each in parts}) < len(parts):
        yield "two parts have one name"
    for grouping in read.groupings:
        for code, to in grouping.codes.items():
            if to not in grouping.labels:
                yield f"{grouping.name}: {code} is mapped to {to}, which is no code of the regulator"
    if both := {*read.redress} & {*read.not_redress}:
        yield f"{min(both)} is redress and is not"
    if isinstance(read, CasesReturn):
        for column in read.columns:
            if (column.value is None) == (column.grouping is None):
                yield f"{column.name}: has a value or a grouping"
            elif column.grouping and column.grouping not in named:
                yield f"{column.name}: there is no grouping {column.grouping}"
    else:
        for measure in read.measures:
            if measure.counts is not Counted.CLOSED and (measure.within or measure.outcomes):
                yield f"{measure.name}: only what is closed has a time or an outcome"
            for name in {*(measure.by or ())} - {*named}:
                yield f"{measure.name}: there is no grouping {name}"
