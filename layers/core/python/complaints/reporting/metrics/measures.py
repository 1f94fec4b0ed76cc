"""What is counted of complaints (clause 8.4): the measures, their values, and a step of counting."""

from collections import Counter
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

TEXT = "text"
"""What values begin with that name a standard text."""

RULE = "rule"
"""What values begin with that name an automation rule; `REFUSED` begins those that name one of its actions
that a case did not take."""

ALL, ANSWERED, IN_TIME = "all", "answered", "in_time"
MET, MISSED, OVERTURNED = "met", "missed", "overturned"
ACCEPTED, REFUSED = "accepted", "refused"
CHECKED, EFFECTIVE = "checked", "effective"
FAILED = "failed"
CAME, LEFT = "came", "left"
"""Values of measures that hold whatever a complaint is about."""

REVIEW, OUTSIDE = 2, 3
"""The levels whose decisions are compared with the one before."""


class Measure(StrEnum):
    """What is counted. `OPEN` is a balance: what came into work on a date, less what left it.

    `PROMISES` stands on the date on which a promise to the complainant was kept, or was due and missed.
    `ACKNOWLEDGED` stands on the date of receipt; its values say how it ended and on which date, so that a
    past period always tells what was known at its end. `PROMISED` stands on the date on which a decision
    promised remedies, `REMEDIED` on that on which one was done; of each currency the money is counted, in
    ten-thousandths. `TEXTS` counts the standard texts that were chosen,
    `AUTOMATIONS` the applications of automation rules.
    `REVIEWED` is a decision of level 2 that was communicated, or one of a body outside.
    `SURVEYED` stands on the first of the month in which the invitation to the survey left, and says whether
    it was answered; `ANSWERS` on the first of the month of the answer, so that no shorter period tells who
    gave which.
    `DECISIONS` stands on the date on which the first decision was communicated: after how many days, with
    what cause, extended or not, and what the complainant answered to it by which date. `ESCALATED` stands on
    the date on which a complaint went to a level, `REOPENED` on that of the end that was no end.
    `REMEDIES_DUE` stands on the date by which a remedy was promised, `ACTIONS` on the dates of corrective
    actions.
    `OVERDUE` is a balance like `OPEN`, of open cases that missed a clock of the organisation. `FIRST_CONTACT`
    stands on the date of receipt of a complaint that was settled at once, `REPEATED` on that of one which
    repeats an earlier one of the same person, product and category. `LETTERS` stands on the date on which a
    letter was wanted, once it is known what became of it. `STAYS` stands on the date of receipt, too: that a
    complaint came, and in which months it was left and taken up again, so that the age of what was open at
    the end of a month is known for ever. `LOAD` is of members of staff: cases taken on, left and decided.
    """

    RECEIVED = "received"
    CLOSED = "closed"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    PROMISED = "promised"
    REMEDIED = "remedied"
    PROMISES = "promises"
    TEXTS = "texts"
    REVIEWED = "reviewed"
    SURVEYED = "surveyed"
    ANSWERS = "answers"
    AUTOMATIONS = "automations"
    DECISIONS = "decisions"
    ESCALATED = "escalated"
    REOPENED = "reopened"
    REMEDIES_DUE = "remedies_due"
    ACTIONS = "actions"
    OVERDUE = "overdue"
    FIRST_CONTACT = "first_contact"
    LETTERS = "letters"
    REPEATED = "repeated"
    STAYS = "stays"
    LOAD = "load"


SURVEY_GROUPS = ("language", "channel")
"""What answers to the survey are sorted by; never by who handled the case."""

QUESTIONS = ("easy", "respect", "understood", "time", "outcome")
"""What the survey asks, each from 1 (disagree) to 5 (agree); the last is about the result."""

MONEY_PARTS = 10_000
"""An amount has four decimals at most: money is counted in so many parts of a unit."""


class CounterKey(NamedTuple):
    """Whose number it is, of which local date of the site; `value` is `all`, or `<dimension>:<value>`."""

    site: str
    day: date
    measure: Measure
    value: str


Counts = Counter[CounterKey]
"""How much is to be added to each number."""

BALANCES = (Measure.OPEN, Measure.OVERDUE)
"""Measures whose number at the end of a period is the sum of all that came before."""

KINDS = ("category", "channel", "level")
"""What received, closed and open complaints are sorted by, as they were on the date on which they count."""

GROUPINGS = ("category", "cause", "level", "channel", "outcome")
"""What every measure can be asked by. A case stands in all its periods in the group that is known of it
last: its category, the cause that was found, the level that it reached, how it came, and the outcome of the
first decision that was told."""

GROUPED = frozenset(Measure) - {
    Measure.TEXTS, Measure.AUTOMATIONS, Measure.PROMISES, Measure.STAYS, Measure.LETTERS, Measure.LOAD
}  # fmt: skip
"""The measures that are kept by group. Ages are by site alone, as letters are."""

BY_MONTH = frozenset(Measure) - {Measure.TEXTS, Measure.AUTOMATIONS, Measure.PROMISES, Measure.STAYS}
"""The measures of which each month has a sum."""

BINS = (0, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 42, 56, 84, 126, 182, 366)
"""Upper ends of the bins into which days are put where complaints are sorted: so a group has few numbers."""


class GroupKey(NamedTuple):
    """Whose number it is: of a site in a month (its first date), of the `group` of what complaints are sorted
    `by`. `value` is that of the measure, with dates as their months and days in `BINS`."""

    site: str
    month: date
    by: str
    group: str
    measure: Measure
    value: str


GroupCounts = Counter[GroupKey]
"""How much is to be added to each number of a group."""


class Standing(NamedTuple):
    """What adds up from the first month on: what is in work and what is overdue, each month's growth on its
    first date, in all and by group; and how long complaints stayed, by their dates of receipt."""

    counts: Counts
    groups: GroupCounts
    stays: Counts


class Step(NamedTuple):
    """What is added on a date, or on that of a moment."""

    moment: datetime | date
    measure: Measure
    values: tuple[str, ...]
    by: int = 1
