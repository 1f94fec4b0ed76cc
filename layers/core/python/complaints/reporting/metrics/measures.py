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


class Step(NamedTuple):
    """What is added on a date, or on that of a moment."""

    moment: datetime | date
    measure: Measure
    values: tuple[str, ...]
    by: int = 1
