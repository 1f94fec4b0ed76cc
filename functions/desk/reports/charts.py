"""Figures as a page shows them: each as a sentence, as bars, and as a table with the same numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from babel.numbers import format_decimal, format_percent
from msgspec.structs import replace

from complaints.reporting.figure import Figure
from complaints.reporting.metrics.measures import KINDS, QUESTIONS

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues
    from functions.use_cases.report_numbers import Told

SOLID, STRIPES, DOTS = "solid", "stripes", "dots"
FLOWS = {"received": SOLID, "closed": STRIPES, "open": DOTS}
"""The numbers of a report of volume, and how their bars are drawn."""

Label = Callable[[str, str], str]
"""The words for a value of what complaints are sorted by."""

LinkOf = Callable[[Figure], str | None]
"""The address of the cases behind a figure; none where they are not shown."""

BEFORE = ("before", "year_ago")
"""The columns of the period before and of that of a year ago."""

_MEDIAN = ("percentile", "50")
GROUP_COLUMNS: dict[str, tuple[tuple[str, str | None, str | None], ...]] = {
    "volume": (
        ("received", None, None),
        ("closed", None, None),
        ("open", None, None),
        ("overdue", None, None),
    ),
    "timeliness": (
        ("acknowledged_in_time", None, None),
        ("decided_in_time", None, None),
        ("days_to_decision", *_MEDIAN),
        ("extended", None, None),
    ),
    "redress": (("promised", None, None), ("remedied", None, None), ("remedies_in_time", None, None)),
    "reviews": (("refused", None, None), ("escalated", "level", "2"), ("reopened", None, None)),
    "causes": (("cause_known", None, None), ("repeated", None, None), ("actions_in_time", None, None)),
    "survey": (("survey_answered", None, None), ("respect", None, None), ("outcome", None, None)),
}
"""What a table of groups shows of each report: the names of figures, and what these are sorted by."""


class LinkedCell(NamedTuple):
    """A cell that leads to the cases behind it."""

    text: str | int
    address: str


class Bar(NamedTuple):
    """One bar; `width` is in percent of the longest, `pattern` how it is filled. `share` says what part of a
    whole it is, if of one."""

    label: str
    number: int
    width: float
    pattern: str
    share: str = ""


Cell = str | int | LinkedCell


class Chart(NamedTuple):
    """One thing that a report shows. `finding` says it in a sentence, `columns` are ends of msgids."""

    id: str
    finding: str
    bars: list[Bar]
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


class ChartBuilder:
    """Makes what is shown of figures, in the words of a language; `label` names what they are sorted by, and
    `link_of` leads to the cases behind them."""

    def __init__(
        self, told: Sequence["Told"], catalogues: "Catalogues", language: str, label: Label, link_of: LinkOf
    ) -> None:
        self._figures = [each.figure for each in told if each.figure.group is None]
        self._groups = [each.figure for each in told if each.figure.group is not None]
        self._earlier = {_key(each.figure): each for each in told if each.figure.group is None}
        self._label, self._link_of = label, link_of
        self._catalogues, self._language = catalogues, language

    def of(self, report: str, by: str | None) -> Iterator[Chart]:
        """What a report shows, after its groups where it was asked by some."""
        if by and report in GROUP_COLUMNS:
            yield self._by_groups(report, by)
        shown = {
            "volume": self.of_volume,
            "timeliness": self.of_timeliness,
            "redress": self.of_redress,
            "reviews": self.of_reviews,
            "causes": self.of_causes,
            "survey": self.of_survey,
        }
        yield from shown[report]()

    def _by_groups(self, report: str, by: str) -> Chart:
        """The most telling figures of each group; the bars are of the first."""
        columns = GROUP_COLUMNS[report]
        found: dict[str, dict[tuple[str, str | None, str | None], Figure]] = {}
        for each in self._groups:
            found.setdefault(each.group or "", {})[_key(each)] = each
        first = [figures[columns[0]] for figures in found.values() if columns[0] in figures]
        first.sort(key=lambda each: -each.count)
        names = {each.group: self._label(by, each.group or "") for each in first}
        return Chart(
            "groups",
            self._say("reports.groups", n=len(first)),
            _bars((names[each.group], each.count, SOLID) for each in first),
            ("what", *(f"group.{name}" for name, _, _ in columns)),
            [
                (names[each.group], *(self._cell(found[each.group or ""].get(key)) for key in columns))
                for each in first
            ],
        )

    def _cell(self, figure: Figure | None) -> Cell:
        """A figure in a table, which leads to its cases where they are shown."""
        if figure is None:
            return ""
        text = self._told(figure)
        address = self._link_of(figure)
        return LinkedCell(text, address) if address else text

    def _told(self, figure: Figure) -> str | int:
        return figure.amount or (figure.count if figure.of is None else self._share(figure))

    def _number(self, figure: Figure) -> Cell:
        """The number of a figure, which leads to its cases where they are shown."""
        address = self._link_of(figure)
        return LinkedCell(figure.count, address) if address else figure.count

    def _was(self, figure: Figure) -> tuple[Cell, Cell]:
        """What it was in the period before, and a year ago."""
        told = self._earlier.get(_key(figure))
        earlier = (told.before, told.year_ago) if told else (None, None)
        before, year_ago = (self._nothing(figure) if each is None else self._told(each) for each in earlier)
        return before, year_ago

    def _nothing(self, figure: Figure) -> str | int:
        """What is said of a period that has no such figure: of something there was none, and of too few cases
        there is no median."""
        is_counted = figure.by != "percentile" and figure.mean is None and figure.amount is None
        return 0 if is_counted else self._say("reports.none.of_none")

    def _was_not(self, figure: Figure) -> tuple[Cell, Cell]:
        """What the rest of the whole was in the period before, and a year ago."""
        told = self._earlier.get(_key(figure))
        before, year_ago = (
            self._told(replace(each, count=(each.of or 0) - each.count)) if each else 0
            for each in ((told.before, told.year_ago) if told else (None, None))
        )
        return before, year_ago

    def of_volume(self) -> Iterator[Chart]:
        """What came in, ended and was open; then by what it is sorted by."""
        whole = [(self._figure(flow), pattern) for flow, pattern in FLOWS.items()]
        yield Chart(
            "all",
            " ".join(self._count(f"reports.count.{figure.figure}", figure.count) for figure, _ in whole),
            _bars((self._say(f"reports.column.{each.figure}"), each.count, drawn) for each, drawn in whole),
            ("what", "number", *BEFORE),
            [
                (self._say(f"reports.column.{each.figure}"), self._number(each), *self._was(each))
                for each, _ in whole
            ],
        )
        rate = next((each for each in self._figures if each.figure == "per_thousand"), None)
        if rate:
            yield self._rate(rate)
        yield self._split("overdue", self._figure("overdue"))
        yield self._percentiles("age", ("age_of_open",))
        for kind in KINDS:
            yield self._sorted_by(kind)
        reasons = [each for each in self._figures if each.by == "reason"]
        yield self._shares("reason", reasons, self._say("reports.none.closed"))

    def of_timeliness(self) -> Iterator[Chart]:
        """What was done in time, and how it was decided."""
        yield self._in_time("acknowledged", self._figure("acknowledged_in_time"))
        yield self._in_time("decided", self._figure("decided_in_time"))
        outcomes = [each for each in self._figures if each.by == "outcome"]
        yield self._shares("outcome", outcomes, self._say("reports.none.decided"))
        yield self._days()
        yield self._split("extended", self._figure("extended"))
        yield self._split("paused", self._figure("paused"))
        yield self._split("first_contact", self._figure("first_contact"))
        yield self._split("letters_failed", self._figure("letters_failed"))

    def of_redress(self) -> Iterator[Chart]:
        """What was promised to put things right and what was done, by kind; then the money by currency."""
        kinds, money = (self._pairs(by) for by in ("remedy", "currency"))
        yield Chart(
            "remedy",
            self._most([promised for promised, _ in kinds], self._say("reports.none.promised")),
            _bars((self._named(promised), promised.count, SOLID) for promised, _ in kinds),
            ("what", "promised", "remedied", *BEFORE),
            [
                (self._named(promised), self._number(promised), self._number(done), *self._was(promised))
                for promised, done in kinds
            ],
        )
        if money:
            yield Chart(
                "currency",
                self._say("reports.money"),
                [],
                ("what", "promised", "remedied", *BEFORE),
                [
                    (promised.value or "", promised.amount or "", done.amount or "", *self._was(promised))
                    for promised, done in money
                ],
            )
        yield self._split("remedies_in_time", self._figure("remedies_in_time"), "in_time", "late")

    def of_reviews(self) -> Iterator[Chart]:
        """How many decisions were overturned, by level, and what bodies outside decided; what was refused,
        taken further and reopened."""
        for name in ("overturned", "outside"):
            found = [each for each in self._figures if each.figure == name]
            yield self._shares(name, found, self._say(f"reports.none.{name}"))
        yield self._split("refused", self._figure("refused"))
        levels = [each for each in self._figures if each.figure == "escalated"]
        yield Chart(
            "escalated",
            self._say("reports.escalated", n=sum(each.count for each in levels)),
            _bars((self._named(each), each.count, SOLID) for each in levels),
            ("what", "number", *BEFORE),
            [(self._named(each), self._number(each), *self._was(each)) for each in levels],
        )
        yield self._split("reopened", self._figure("reopened"))

    def of_causes(self) -> Iterator[Chart]:
        """Why people had to complain, and whether corrective actions were done and helped."""
        found = [each for each in self._figures if each.by == "cause"]
        yield self._shares("causes", found, self._say("reports.none.any"))
        yield self._split("cause_known", self._figure("cause_known"))
        yield self._split("repeated", self._figure("repeated"))
        yield self._split("actions_in_time", self._figure("actions_in_time"), "in_time", "late")
        yield self._split("actions_effective", self._figure("actions_effective"))

    def of_survey(self) -> Iterator[Chart]:
        """Who answered of those who were asked; then each question with its mean and its marks."""
        everybody, *groups = (each for each in self._figures if each.figure == "survey_answered")
        rate = self._say("reports.survey_answered", share=self._share(everybody))
        finding = rate if everybody.of else self._say("reports.none.survey_answered")
        yield self._shares("survey_answered", groups, "")._replace(finding=finding)
        for question in QUESTIONS:
            found = {each.by: each for each in self._figures if each.figure == question}
            marks = [each for each in self._figures if each.figure == question and each.by == "mark"]
            finding = self._mean(found[None]) if None in found else self._say("reports.none.survey")
            yield self._shares(f"survey_{question}", marks, "")._replace(finding=finding)

    def _mean(self, answers: Figure) -> str:
        mean = format_decimal(answers.mean or 0, locale=self._language)
        return self._say("reports.survey_mean", mean=mean, share=self._share(answers))

    def _pairs(self, by: str) -> list[tuple[Figure, Figure]]:
        """What was promised, each beside what was done."""
        found = [each for each in self._figures if each.by == by]
        return list(zip(found[::2], found[1::2], strict=True))

    def _sorted_by(self, kind: str) -> Chart:
        """The level says where work stands, all else what came in."""
        shown = "open" if kind == "level" else "received"
        found = [each for each in self._figures if each.by == kind]
        shown_figures = [each for each in found if each.figure == shown]
        flows = {flow: [each for each in found if each.figure == flow] for flow in FLOWS}
        labels = [self._named(each) for each in shown_figures]
        counted = [[self._number(each) for each in flows[flow]] for flow in FLOWS]
        was = [self._was(each) for each in shown_figures]
        return Chart(
            kind,
            self._most(shown_figures, self._say(f"reports.none.{shown}")),
            _bars((self._named(each), each.count, FLOWS[shown], self._short(each)) for each in shown_figures),
            ("what", *FLOWS, "share", *BEFORE),
            list(zip(labels, *counted, map(self._share, shown_figures), *zip(*was, strict=True), strict=True))
            if was
            else [],
        )

    def _shares(self, id: str, parts: Sequence[Figure], none: str) -> Chart:
        """Parts of a whole; where there are none at all, `none` says so and nothing is drawn."""
        if not any(each.count for each in parts):
            return Chart(id, none, [], (), [])
        return Chart(
            id,
            self._most(parts, none),
            _bars((self._named(each), each.count, SOLID, self._short(each)) for each in parts),
            ("what", "number", "share", *BEFORE),
            [(self._named(each), self._number(each), self._share(each), *self._was(each)) for each in parts],
        )

    def _in_time(self, id: str, figure: Figure) -> Chart:
        finding = self._say(f"reports.{id}", share=self._share(figure))
        none = self._say(f"reports.none.{id}")
        return self._split(id, figure, "in_time", "late")._replace(finding=finding if figure.of else none)

    def _split(self, id: str, figure: Figure, part: str = "", rest: str = "") -> Chart:
        """A part, and the rest of what it is a part of; `part` and `rest` are ends of the msgids of their
        names."""
        if not figure.of:
            return Chart(id, self._say("reports.none.any"), [], (), [])
        others = replace(figure, count=figure.of - figure.count)
        name, other = (self._say(f"reports.{end}") for end in (part or f"part.{id}", rest or f"rest.{id}"))
        parts = (name, figure, SOLID), (other, others, STRIPES)
        return Chart(
            id,
            self._say("reports.part", what=name, share=self._share(figure)),
            _bars((label, each.count, pattern, self._short(each)) for label, each, pattern in parts),
            ("what", "number", "share", *BEFORE),
            [
                (name, self._number(figure), self._share(figure), *self._was(figure)),
                (other, others.count, self._share(others), *self._was_not(figure)),
            ],
        )

    def _days(self) -> Chart:
        """After how many days was decided: half of all, nine of ten, and how many by some days."""
        bands = [each for each in self._figures if each.figure == "decided_within"]
        found = self._percentiles("days", ("days_to_decision", "working_days_to_decision"))
        return self._shares("days", bands, "")._replace(finding=found.finding)

    def _percentiles(self, id: str, names: Sequence[str]) -> Chart:
        """Of what half is within, and of what nine of ten are, in a sentence for each of these figures."""
        said: list[str] = []
        rows: list[tuple[Cell, ...]] = []
        for name in names:
            parts = [each for each in self._figures if each.figure == name and each.by == "percentile"]
            if parts:
                half, most = parts
                said.append(self._say(f"reports.{name}", half=half.count, most=most.count))
                rows += [
                    (self._say(f"reports.percentile.{each.value}"), each.count, *self._was(each))
                    for each in parts
                ]
        finding = " ".join(said) or self._say(f"reports.none.{id}")
        return Chart(id, finding, [], ("what", "days", *BEFORE) if rows else (), rows)

    def _rate(self, rate: Figure) -> Chart:
        """Complaints for each thousand transactions that the site entered."""
        if rate.rate is None:
            return Chart("per_thousand", self._say("reports.none.any"), [], (), [])
        number = format_decimal(rate.rate, locale=self._language)
        said = self._say("reports.per_thousand", rate=number, n=rate.count, of=rate.of)
        told = self._earlier[_key(rate)]
        was = ("" if each is None else each.rate or "" for each in (told.before, told.year_ago))
        name = self._say("reports.title.per_thousand")
        return Chart("per_thousand", said, [], ("what", "number", *BEFORE), [(name, number, *was)])

    def _most(self, parts: Sequence[Figure], none: str) -> str:
        """Which there are most of, unless several are; `none` where there are none at all."""
        most = max((each.count for each in parts), default=0)
        if not most:
            return none
        first, *others = (each for each in parts if each.count == most)
        if others:
            return self._say("reports.even", share=self._share(first))
        return self._say("reports.most", what=self._named(first), share=self._share(first))

    def _share(self, part: Figure) -> str:
        """How many of how many, and as a percentage where there are enough."""
        if not part.of:
            return self._say("reports.none.of_none")
        if part.percent is None:
            return self._say("reports.share", n=part.count, of=part.of)
        percent = format_percent(part.percent / 100, locale=self._language)
        return self._say("reports.share.percent", n=part.count, of=part.of, percent=percent)

    def _short(self, part: Figure) -> str:
        """The percentage alone, where there are enough."""
        return "" if part.percent is None else format_percent(part.percent / 100, locale=self._language)

    def _figure(self, name: str) -> Figure:
        return next(each for each in self._figures if each.figure == name and each.by is None)

    def _named(self, figure: Figure) -> str:
        return self._label(figure.by or "", figure.value or "")

    def _say(self, msgid: str, **values: object) -> str:
        return self._catalogues.text(self._language, msgid, **values)

    def _count(self, msgid: str, n: int) -> str:
        return self._catalogues.count(self._language, msgid, n)


def _key(figure: Figure) -> tuple[str, str | None, str | None]:
    return figure.figure, figure.by, figure.value


def _bars(parts: Iterable[tuple[str, int, str] | tuple[str, int, str, str]]) -> list[Bar]:
    found = list(parts)
    longest = max((number for _, number, *_ in found), default=0) or 1
    return [
        Bar(label, number, round(100 * number / longest, 1), how, *share)
        for label, number, how, *share in found
    ]
