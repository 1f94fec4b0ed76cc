"""What the pages of alarms, themes and actions show beside their fields: numbers by month, and what belongs
together."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent

from complaints.management.hidden_records import is_hidden
from complaints.management.improvement.actions import Action
from complaints.management.improvement.alarms import Alarm
from complaints.management.improvement.themes import Theme
from complaints.management.record import ManagementRecord, RecordKind
from complaints.management.service import may_do
from complaints.reporting.trends.comparison import Comparison, Side
from complaints.reporting.trends.watch import Dimension, Series, month_of
from complaints.values.codes import CodeList
from functions.desk.records.forms import FormWords
from functions.desk.records.records import OpenedRecord
from functions.use_cases.management.trends import before_and_after, year_before

if TYPE_CHECKING:
    from complaints.adapters.container import Container


MOST_CASES = 100
"""How many cases of a theme its page leads to, the last linked first."""

_LISTS = {Dimension.CATEGORY: CodeList.CATEGORIES, Dimension.CAUSE: CodeList.CAUSES}


class MonthRow(NamedTuple):
    """A month: what was counted when the alarm was raised (none of a theme), and what is counted now."""

    month: str
    then: int | None
    now: int


class SideRow(NamedTuple):
    """The months of one side of a comparison, their complaints, and how many that is in a month."""

    first: str
    last: str
    numbers: str
    number: int
    per_month: str


class Compared(NamedTuple):
    """What is counted before and since, and what the numbers say; `chance` in percent, as it is read."""

    counted: str
    verdict: str
    chance: str
    sides: tuple[SideRow, SideRow]


class Linked(NamedTuple):
    """Another record that belongs to this one."""

    id: str
    title: str
    state: str


def of_alarm(deps: "Container", at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """What was counted then and now, and where a theme is made of it."""
    alarm = at.record.content
    assert isinstance(alarm, Alarm)
    now = year_before(deps, at.record.site, [alarm.series], alarm.month)[alarm.series]
    months = list(now)
    then = dict(zip(months[-1 - len(alarm.before) :], (*alarm.before, alarm.number), strict=True))
    asked = {"site": at.record.site, alarm.series.by.value: alarm.series.value}
    return {
        "numbers": [MonthRow(_month(words, each), then.get(each), number) for each, number in now.items()],
        "month": _month(words, alarm.month),
        "expected": format_decimal(alarm.expected, locale=words.language),
        "chance": _percent(words, alarm.chance),
        "new_theme": asked if may_do(at.by, "open", RecordKind.THEME) else None,
    }


def of_theme(deps: "Container", at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """The months of what it is about, its cases, and the alarms and actions that name it."""
    theme, site, code = at.record.content, at.record.site, at.record.code
    assert isinstance(theme, Theme)
    today = deps.sites.terms(site).today(deps.now())
    numbers = year_before(deps, site, theme.series, month_of(today))
    alarms = deps.management_records.of_site(site, RecordKind.ALARM)
    actions = deps.management_records.of_site(site, RecordKind.ACTION)
    asked = {"site": site, "theme": code} | ({"cause": theme.cause} if theme.cause else {})
    return {
        "numbers": {
            _series_named(words, one): [
                MonthRow(_month(words, each), None, number) for each, number in of_series.items()
            ]
            for one, of_series in numbers.items()
        },
        "cases": theme.cases[: -MOST_CASES - 1 : -1],
        "alarms": [
            Linked(each.id, _month(words, each.content.month), _series_named(words, each.content.series))
            for each in alarms
            if isinstance(each.content, Alarm)
            and each.content.theme == code
            and not is_hidden(each, at.me, deps.sites.terms(site).site)
        ],
        "actions": [
            _action(words, each)
            for each in actions
            if isinstance(each.content, Action) and each.content.theme == code
        ],
        "new_action": asked if may_do(at.by, "plan", RecordKind.ACTION) else None,
    }


def of_action(deps: "Container", at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """The complaints of its cause before it was done and since, in equal periods; its theme; what follows."""
    action, site = at.record.content, at.record.site
    assert isinstance(action, Action)
    theme = None
    if action.theme:
        theme = deps.management_records.load(RecordKind.THEME, f"{site}.{action.theme}")
        theme = None if is_hidden(theme, at.me, deps.sites.terms(site).site) else theme
    series = _counted_for(action, theme)
    found = before_and_after(deps, site, series, action.done_on) if action.done_on else {}
    counted = {one: each for one, each in found.items() if each.before.number or each.after.number}
    asked = {"site": site, "follows": at.record.code}
    asked |= {name: value for name in ("theme", "cause") if (value := getattr(action, name))}
    return {
        "source": (action.source or "").partition("#")[0],
        "state": action.state,
        "compared": [_compared(words, one, comparison) for one, comparison in (counted or found).items()],
        "theme": Linked(theme.id, theme.content.title, "")
        if theme and isinstance(theme.content, Theme)
        else None,
        "another": asked
        if action.state == "not_effective" and may_do(at.by, "plan", RecordKind.ACTION)
        else None,
    }


def _counted_for(action: Action, theme: ManagementRecord | None) -> tuple[Series, ...]:
    """What is counted of an action: what its theme is about, and its own cause."""
    own = (Series(Dimension.CAUSE, action.cause),) if action.cause else ()
    of_theme = theme.content.series if theme and isinstance(theme.content, Theme) else ()
    return tuple(dict.fromkeys((*of_theme, *own)))


def _compared(words: FormWords, series: Series, found: Comparison) -> Compared:
    return Compared(
        counted=_series_named(words, series),
        verdict="less" if found.is_less else "more" if found.is_more else "same",
        chance=_percent(words, found.chance),
        sides=(_side(words, found.before), _side(words, found.after)),
    )


def _action(words: FormWords, record: ManagementRecord) -> Linked:
    assert isinstance(record.content, Action)
    state = words.say(f"words.action_state.{record.content.state}")
    return Linked(record.id, record.content.text, state)


def _side(words: FormWords, side: Side) -> SideRow:
    return SideRow(
        first=_month(words, side.first),
        last=_month(words, side.last),
        numbers=", ".join(map(str, side.numbers)),
        number=side.number,
        per_month=format_decimal(round(side.per_month, 1), locale=words.language),
    )


def _series_named(words: FormWords, series: Series) -> str:
    """What is counted, in the words of the site."""
    by, value = series
    return words.code_of(_LISTS[by], value) if by in _LISTS else value


def _month(words: FormWords, month: date) -> str:
    return format_skeleton("yMMMM", month, locale=words.language)


def _percent(words: FormWords, share: float) -> str:
    """A small chance with two digits that count."""
    return format_percent(float(f"{share:.2g}"), "#,##0.####%", locale=words.language)
