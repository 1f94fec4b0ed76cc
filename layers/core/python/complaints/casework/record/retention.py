"""Retention (clause 4: confidentiality): when a rule of the site keeps what is in an ended case no longer.

A period ends with the last day that has the date of its beginning, or with the last day of a month that has
no such date (Regulation (EEC, Euratom) No 1182/71, Article 3 (2) (c)): what began on 29 February is kept
up to and including 28 February. It is due on the day after, by the date at the site.

Rules that were changed hold beside those that replace them for `NOTICE`: what any of them keeps is kept. So
a rule that is new, shorter, or gone erases nothing at once, and a mistake can be taken back.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from complaints.case.complaint import Complaint
from complaints.case.correspondence.mail import ReceivedMail
from complaints.case.fact import Fact
from complaints.case.record.erasure import (
    DataRemoval,
    DataRemovalBegun,
    DataRemovalRequested,
    DataRemovalStopped,
    DataRemoved,
    ErasureGround,
    ErasureRequested,
)
from complaints.casework.record.erasure import (
    ApplyRetention,
    BeginRemoval,
    FinishRemoval,
    RemoveWithWhole,
    must_not_be_held,
)
from complaints.casework.record.erasure import why_kept as why_not_erased
from complaints.context.decision_context import Context
from complaints.site.site import SiteRecord
from complaints.values.casework.retention import (
    KINDS,
    CountedFrom,
    FormerRules,
    KeptData,
    RetentionCandidate,
    RetentionRule,
    Rules,
    effect,
    rule_for,
)
from complaints.values.codes import DATA_REQUEST
from complaints.values.errors import NotNow, Refusal, Restricted

NOTICE = timedelta(days=30)
"""How long rules that were changed keep what they kept."""


def last_day(begin: date, months: int) -> date:
    """The last day of a period of months that begins on a date.

    >>> last_day(date(2024, 2, 29), 12), last_day(date(2026, 1, 31), 1)
    (datetime.date(2025, 2, 28), datetime.date(2026, 2, 28))
    """
    years, month = divmod(begin.month - 1 + months, 12)
    year = begin.year + years
    return date(year, month + 1, min(begin.day, monthrange(year, month + 1)[1]))


def changed(before: SiteRecord, rules: Rules, now: datetime) -> tuple[FormerRules, ...]:
    """The former rules of a site whose rules become these: none more where only the reasons change.

    Nor where rules were changed on the same day: those that lived for less than a day never were the ones
    that kept a case, and a mistake of one day is taken back as often as it is made.
    """
    today = now.astimezone(ZoneInfo(before.zone)).date()
    holding = [each for each in before.former_retention if today <= each.until]
    until = today + NOTICE
    is_same = effect(rules) == effect(before.retention)
    if is_same or any(each.until == until for each in holding):
        return tuple(holding)
    others = (each for each in holding if effect(each.rules) != effect(before.retention))
    return (*others, FormerRules(rules=before.retention, until=until))


def in_force(site: SiteRecord, today: date) -> Iterator[Rules]:
    """All sets of rules of which each keeps what it keeps on a date, the present one first."""
    yield site.retention
    yield from (each.rules for each in site.former_retention if today <= each.until)


def categories_of(cases: Iterable[Complaint]) -> tuple[str | None, ...]:
    """What cases are about, of which each rule has its say; `None` stands for one that has no category."""
    named = (sorted(each.categories - {DATA_REQUEST}) or (None,) for each in cases)
    return tuple(dict.fromkeys(code for codes in named for code in codes))


def kept_until(
    complaint: Complaint,
    data: KeptData,
    rules: Sequence[RetentionRule],
    zone: ZoneInfo,
    of_parts: Iterable[str | None] = (),
) -> tuple[date, RetentionRule] | None:
    """The last day on which rules keep such data of an ended case, and the rule that keeps it longest. What
    came after such data was removed once is kept from the last contact on.

    Of a case with points of several categories, each has its say, and so have those `of_parts`, the cases
    that became part of it: they are erased with it, and counted from its end. Nothing where one has no rule:
    then it is kept for ever.
    """
    assert complaint.ended_at is not None
    found = []
    contact, before = complaint.contacted_at, complaint.removal(data)
    is_anew = bool(before and contact and contact > before.requested_at)
    for category in dict.fromkeys((*categories_of([complaint]), *of_parts)):
        rule = rule_for(rules, data, category)
        if rule is None:
            return None
        begin = complaint.ended_at
        if contact and (is_anew or rule.counted_from is CountedFrom.LAST_CONTACT):
            begin = max(begin, contact)
        found.append((last_day(begin.astimezone(zone).date(), rule.months), rule))
    return max(found, key=lambda each: each[0])


def due_rule(
    complaint: Complaint,
    data: KeptData,
    site: SiteRecord,
    today: date,
    of_parts: Sequence[str | None] = (),
) -> RetentionRule | None:
    """The rule that keeps such data of a case, and of its parts, no longer on a date at its site; nothing
    while it is open.

    What else may keep it is said by `why_kept`.
    """
    if complaint.ended_at is None or data in complaint.gone:
        return None
    zone = ZoneInfo(site.zone)
    found = [kept_until(complaint, data, rules, zone, of_parts) for rules in in_force(site, today)]
    if any(each is None or today <= each[0] for each in found):
        return None
    return found[0][1] if found[0] else None


def due_rules(
    complaint: Complaint, site: SiteRecord, today: date, of_parts: Sequence[str | None] = ()
) -> tuple[RetentionRule, ...]:
    """The rules by which something of a case is due on a date at its site: all of it, or kinds of data."""
    whole = due_rule(complaint, KeptData.CASE, site, today, of_parts)
    if whole:
        return (whole,)
    found = (due_rule(complaint, data, site, today, of_parts) for data in KINDS)
    return tuple(rule for rule in found if rule)


def why_kept(complaint: Complaint, today: date) -> Refusal | None:
    """What keeps a case that no rule keeps: it is open or restricted, a hold, a remedy that is owed."""
    return Restricted() if complaint.restriction else why_not_erased(complaint, today)


UNREAD = "unread-mail"
"""What keeps a case of which a mail waits for staff."""


def in_short(why: Refusal) -> str:
    """The code of what keeps a case."""
    return why.rule if isinstance(why, NotNow) else why.code


def first_due(site: SiteRecord, today: date) -> date | None:
    """Nothing that began on this date or later can be due on a date at the site; `None`: nothing at all can.

    Two days more than that, for the zone and for the ends of months.
    """
    months = min((rule.months for rule in site.retention), default=None)
    return None if months is None else last_day(today, -months) + timedelta(days=2)


def may_be_due(candidate: RetentionCandidate, site: SiteRecord, today: date) -> bool:
    """Whether a case may be due, by what the index says of it: its own category, and when it ended."""
    rules = [
        rule_for(site.retention, data, candidate.category) for data in KeptData if data not in candidate.gone
    ]
    months = min((rule.months for rule in rules if rule), default=None)
    if months is None:
        return False
    return last_day(candidate.ended_at.astimezone(ZoneInfo(site.zone)).date(), months) < today


def apply(complaint: Complaint, command: ApplyRetention, context: Context) -> list[Fact]:
    """Asks for the erasure of what is due, or for the removal of the kinds of data that are, if nothing keeps
    it."""
    today = context.terms.today(context.now)
    if why_kept(complaint, today):
        return []
    return [
        ErasureRequested(at=context.now, by=context.by, ground=ErasureGround.NOT_NEEDED, rule=rule)
        if rule.data is KeptData.CASE
        else _requested(complaint, rule, context)
        for rule in due_rules(complaint, context.terms.site, today, command.of_parts)
    ]


def keeps_mail(mail: ReceivedMail, asked: DataRemoval, zone: ZoneInfo) -> bool:
    """Whether a mail stays where those of its case are removed: one of a person that waits for staff, whose
    words stand nowhere else, is kept from the day on which it came."""
    return mail.is_unread and is_kept_unread(
        mail.received_at, asked.rule, asked.requested_at.astimezone(zone).date(), zone
    )


def is_kept_unread(received_at: datetime, rule: RetentionRule, today: date, zone: ZoneInfo) -> bool:
    """Whether a mail that waits for staff is kept, and with it the whole of its case, where that is due by
    the rule: for as long as the rule keeps a case, from the day on which the mail came."""
    return today <= last_day(received_at.astimezone(zone).date(), rule.months)


def remove_with_whole(complaint: Complaint, command: RemoveWithWhole, context: Context) -> list[Fact]:
    """Asks for the same removal in a case that became part of another one."""
    return [_requested(complaint, command.rule, context)]


def _requested(complaint: Complaint, rule: RetentionRule, context: Context) -> DataRemovalRequested:
    before = complaint.removal(rule.data)
    again = bool(before and before.removed_at)
    return DataRemovalRequested(at=context.now, by=context.by, data=rule.data, rule=rule, again=again)


def begin_removal(complaint: Complaint, command: BeginRemoval, context: Context) -> list[Fact]:
    """Lets a removal begin, or stops it: what keeps the case may have come since it was asked for, and the
    write of these facts decides which was first. Nothing follows where it began before.

    A case that is part of another one is held with that one, of which the same is removed.
    """
    asked = complaint.removal(command.data)
    if asked is None or asked.removed_at or asked.begun_at:
        return []
    keeps = must_not_be_held if complaint.merged_into else _keeps
    kind = DataRemovalStopped if keeps(complaint, context) else DataRemovalBegun
    return [kind(at=context.now, by=context.by, data=command.data, rule=asked.rule)]


def _keeps(complaint: Complaint, context: Context) -> Refusal | None:
    return why_kept(complaint, context.terms.today(context.now))


def finish_removal(complaint: Complaint, command: FinishRemoval, context: Context) -> list[Fact]:
    """Nothing follows where it is finished already."""
    asked = complaint.removal(command.data)
    if asked is None or asked.removed_at:
        return []
    return [
        DataRemoved(at=context.now, by=context.by, data=command.data, rule=asked.rule, count=command.count)
    ]
