"""Which automation rules apply to a case now, and because of which entry.

What rules do is never a cause: only entries of people are. So no rule can call for another, or for itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from msgspec import Struct

from complaints.automation.moments import Moment
from complaints.casework.workflow.automation import can_be_applied
from complaints.reporting.search.search_words import has_no_spaces, in_order
from complaints.values.casework.automation import Automation, Trigger
from complaints.values.field_types import Channel

_compared = lru_cache(maxsize=4_096)(in_order)

ANY_WORD = "*"
"""Ends a word that stands for all words that begin so."""


class Rule(Struct, frozen=True, kw_only=True):
    """An automation rule as the site has it: its `code`, and the `version` of its setting."""

    code: str
    version: int
    record: Automation


class DueRule(Struct, frozen=True):
    """A rule that applies, because of the entry with the number `cause`."""

    rule: Rule
    cause: int


def in_their_order(rules: Iterable[Rule]) -> list[Rule]:
    """The rules that hold, the first position first."""
    held = (rule for rule in rules if rule.record.is_on)
    return sorted(held, key=lambda rule: (rule.record.position, rule.code))


def due(rules: Iterable[Rule], moments: Sequence[Moment], now: datetime) -> Iterator[DueRule]:
    """The rules that apply to a case at `now`, in their order; none that was applied for its cause before."""
    last = moments[-1]
    if not last.complaint.stage.is_open or last.complaint.merged_into:
        return
    for rule in in_their_order(rules):
        cause = _cause(rule.record, moments, now)
        if cause and can_be_applied(last.complaint, rule.code, cause):
            yield DueRule(rule, cause)


def next_wait(rules: Iterable[Rule], moments: Sequence[Moment], now: datetime) -> datetime | None:
    """When the next rule will have waited long enough, if nothing happens until then."""
    last = moments[-1]
    if not last.complaint.stage.is_open or last.complaint.merged_into:
        return None
    cause = _last_of_people(moments)
    ends = (
        waited_until(rule.record, cause)
        for rule in rules
        if rule.record.is_on
        and rule.record.when is Trigger.WAITS
        and can_be_applied(last.complaint, rule.code, cause.number)
        and holds(rule.record, last)
    )
    return min((end for end in ends if end > now), default=None)


def holds(record: Automation, moment: Moment) -> bool:
    """Whether the complaint is such: each condition that names something holds.

    A complaint that another system took is such only for rules that name that channel.
    """
    complaint = moment.complaint
    if complaint.channel is Channel.IMPORT and Channel.IMPORT not in record.channels:
        return False
    if record.categories and complaint.categories.isdisjoint(record.categories):
        return False
    if record.channels and complaint.channel not in record.channels:
        return False
    if record.languages and complaint.language not in record.languages:
        return False
    if record.tags and {tag.casefold() for tag in record.tags}.isdisjoint(map(str.casefold, moment.tags)):
        return False
    if record.own_field and not _is_answered(record, moment.fields.get(record.own_field)):
        return False
    return _is_said(record.products, moment.products) and _is_said(record.words, moment.said)


def waited_until(record: Automation, cause: Moment) -> datetime:
    """When a rule has waited long enough since an entry, or since it was changed itself."""
    since = max(cause.at, record.since) if record.since else cause.at
    return since + timedelta(days=record.wait_days or 1)


def _cause(record: Automation, moments: Sequence[Moment], now: datetime) -> int | None:
    """The entry because of which a rule applies now: the complaint still is such."""
    if not holds(record, moments[-1]):
        return None
    match record.when:
        case Trigger.RECEIVED:
            cause = moments[0] if holds(record, moments[0]) else None
        case Trigger.CHANGED:
            cause = _change(record, moments)
        case Trigger.WAITS:
            cause = _last_of_people(moments)
            return cause.number if waited_until(record, cause) <= now else None
    is_before = cause and record.since and cause.at < record.since
    return None if cause is None or is_before else cause.number


def _change(record: Automation, moments: Sequence[Moment]) -> Moment | None:
    """The last entry of a person by which the complaint became such."""
    for before, after in zip(reversed(moments[:-1]), reversed(moments), strict=False):
        if after.by.is_person and holds(record, after) and not holds(record, before):
            return after
    return None


def _last_of_people(moments: Sequence[Moment]) -> Moment:
    """The last entry of a person; the receipt, where no other is."""
    return next((each for each in reversed(moments) if each.by.is_person), moments[0])


def _is_said(phrases: Iterable[str], said: str) -> bool:
    phrases = tuple(phrases)
    return not phrases or any(_stands(phrase, said) for phrase in phrases)


def _stands(phrase: str, said: str) -> bool:
    """Whether the words of a phrase stand together. Scripts without spaces have no ends of words."""
    words = _compared(phrase)
    if not words.strip():
        return False
    if has_no_spaces(words):
        return words.strip() in said
    return (words.rstrip() if phrase.rstrip().endswith(ANY_WORD) else words) in said


def _is_answered(record: Automation, answer: str | None) -> bool:
    if answer is None:
        return False
    if record.answers and answer not in record.answers:
        return False
    if record.at_least is None and record.at_most is None:
        return True
    try:
        number = Decimal(answer)
    except InvalidOperation:
        return False
    is_low = record.at_least is not None and number < Decimal(record.at_least)
    is_high = record.at_most is not None and number > Decimal(record.at_most)
    return not (is_low or is_high)
