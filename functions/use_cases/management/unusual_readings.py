"""Unusual reading: what of a day in the access log somebody should ask about becomes an alarm, once.

The schedule looks at a day when it is over, and at what it needs only then: nothing is written while somebody
reads. Of the cases that were read it loads the heads in batches and the entries one by one, for who complains
and who is complained about in them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, timedelta
from functools import cache, partial
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from complaints.adapters.config import telemetry
from complaints.audit_trail import hash_chain
from complaints.case.fact import Fact
from complaints.case.people.parties import ComplainantJoined, RespondentNamed
from complaints.casework.people.contact_details import WITH_ADDRESS
from complaints.delivery.email_address import mail_address
from complaints.management.privacy.reading_alarms import MOST_NAMED, RaiseReadingAlarm, code_of
from complaints.management.privacy.reading_watches import ReadingWatch
from complaints.management.record import RecordKind
from complaints.reporting.unusual_reading import (
    DAYS_BEFORE,
    UnusualReading,
    Why,
    could_be_many,
    read_of_others,
    unusual,
)
from complaints.settings.events import decode
from complaints.settings.members.rights_given import givers_on, is_of_day
from complaints.settings.setting import SettingKind
from complaints.values.casework.access_log import AccessEntry
from complaints.values.errors import NotNow, Unavailable
from complaints.values.people import MACHINE, Member
from complaints.values.text.normalization import match_key
from functions.use_cases.management.management_records import records_context

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.case import Case


LOOKED_AT = MappingProxyType({1: 1, 2: 1, 3: 2})
"""At which hours of a day (UTC) it is looked, and how many days back: the second look is for one that failed,
the third for a whole day on which none came to its end."""

MOST = 2_000
"""How many entries of a site and a day are looked at, the latest first."""
MOST_CASES = 500
"""Of how many cases of a site and a day it is asked whom they concern."""
MOST_MEMBERS = 20
"""Of how many members who read many cases on a day the four weeks before are read."""

RAISED, NOT_WATCHED = "UnusualReadings", "ReadingNotWatched"
"""The metrics of alarms that were raised, and of days that could not be looked at (docs/alarms.md)."""


History = Callable[[str], Sequence[Fact]]
"""What happened to a member, by their id: of all sites each is read once."""


class People(NamedTuple):
    """Whom a case concerns, as names and addresses are compared."""

    complainants: frozenset[str]
    respondents: frozenset[str]


def look(deps: "Container", has_time: Callable[[], bool]) -> None:
    """Looks at all sites where it is the hour for it, while it `has_time`. One that fails, or has no time, is
    named, and stops no other; the second look begins with those that the first one came to last."""
    now = deps.now().astimezone(UTC)
    if now.hour not in LOOKED_AT:
        return
    day = now.date() - timedelta(days=LOOKED_AT[now.hour])
    history = cache(partial(_history, deps, day))
    for site in sorted((each.key for each in deps.sites.all()), reverse=now.hour % 2 == 0):
        try:
            _look_at(deps, site, day, has_time, history)
        except Exception as error:
            _not_watched(error, site)


def _look_at(deps: "Container", site: str, day: date, has_time: Callable[[], bool], history: History) -> None:
    """Raises an alarm of each thing that is unusual at a site on a day. Raises `Unavailable`."""
    for alarm in _of_rights(deps, site, day, has_time, history):
        _raise(deps, site, alarm)
    if not has_time():
        raise Unavailable
    today = deps.access_log.of_site(site, day, MOST)
    for each in unusual_on(deps, site, day, today):
        alarm = RaiseReadingAlarm(
            member=each.member, day=day, why=each.why, number=each.cases, usual=each.usual, team=each.team
        )
        _raise(deps, site, alarm)
    for alarm in _of_people(deps, site, day, today, has_time):
        _raise(deps, site, alarm)


def _of_rights(
    deps: "Container", site: str, day: date, has_time: Callable[[], bool], history: History
) -> Iterator[RaiseReadingAlarm]:
    """Who was given a right to see what others do not, whether or not they have it still, and by whom. A
    member whose record cannot be read keeps no other from being looked at. Raises `Unavailable`."""
    for member in deps.members.all():
        if not has_time():
            raise Unavailable
        try:
            facts = history(member.id)
        except Unavailable:
            raise
        except Exception as error:
            _not_watched(error, site)
            continue
        for giver in givers_on(facts, site, day):
            yield RaiseReadingAlarm(member=member.id, day=day, why=Why.GIVEN, given_by=giver)


def _history(deps: "Container", day: date, member: str) -> Sequence[Fact]:
    """What happened to a member, without private words, where something did on a day: one query. Raises
    `Unavailable`, `MsgspecError`."""
    entries = deps.settings_store.sealed_entries(SettingKind.MEMBER, member)
    facts = [fact for entry in entries for fact in decode(entry.data).facts]
    return facts if any(is_of_day(fact, day) for fact in facts) else ()


def _not_watched(error: Exception, site: str, **fields: str) -> None:
    telemetry.failure("reading not watched", error, site=site, **fields)
    telemetry.count(NOT_WATCHED)


def unusual_on(deps: "Container", site: str, day: date, today: Sequence[AccessEntry]) -> list[UnusualReading]:
    """What the entries of a day alone say: one query for each member who read many cases on it, up to a
    limit."""
    begin, end = day - timedelta(days=DAYS_BEFORE), day - timedelta(days=1)
    before = {
        member: [each for each in deps.access_log.of_member(member, begin, end, MOST) if each.site == site]
        for member in could_be_many(today)[:MOST_MEMBERS]
    }
    return unusual(today, before)


def _of_people(
    deps: "Container",
    site: str,
    day: date,
    today: Iterable[AccessEntry],
    has_time: Callable[[], bool],
) -> Iterator[RaiseReadingAlarm]:
    """Who read a case that concerns a colleague, or of a person under watch, without having it."""
    known = list(today)
    read = list(dict.fromkeys(each.reference for each in known if each.reference))[:MOST_CASES]
    cases = (
        {name: case for name, case in deps.cases.load_all(read).items() if not case.complaint.erasure}
        if read
        else {}
    )
    concerned = _concerned(deps, site, cases, has_time)
    staff = _staff(deps.members.all())
    watched = _watched(deps, site, has_time)
    of = {
        Why.COLLEAGUE: {n for n, who in concerned.items() if staff & (who.complainants | who.respondents)},
        Why.WATCHED: {n for n, who in concerned.items() if n in watched or watched & who.complainants},
    }
    assignees = {name: case.complaint.assignee for name, case in cases.items()}
    for why, names in of.items():
        for member, references in read_of_others(known, names, assignees).items():
            yield RaiseReadingAlarm(
                member=member, day=day, why=why, number=len(references), cases=references[:MOST_NAMED]
            )


def _concerned(
    deps: "Container", site: str, cases: Mapping[str, "Case"], has_time: Callable[[], bool]
) -> dict[str, People]:
    """Whom each of the cases concerns. One that cannot be read, such as without its data key, is named and
    left out; so are those for which there is no time."""
    found: dict[str, People] = {}
    for name, case in cases.items():
        if not has_time():
            _not_watched(Unavailable(), site)
            break
        try:
            found[name] = _people(deps, case)
        except Exception as error:
            _not_watched(error, site, reference=name)
    return found


def _staff(members: Iterable[Member]) -> frozenset[str]:
    active = [each for each in members if each.active]
    return _keys(each.name for each in active) | _addresses(each.email for each in active)


def _watched(deps: "Container", site: str, has_time: Callable[[], bool]) -> frozenset[str]:
    """The cases under watch, and who complains in them."""
    records = deps.management_records.of_site(site, RecordKind.READING_WATCH)
    named = {
        case
        for each in records
        if isinstance(each.content, ReadingWatch) and not each.content.ended_on
        for case in each.content.cases
    }
    found = deps.cases.load_all(islice(sorted(named), MOST_CASES)) if named else {}
    there = {name: case for name, case in found.items() if not case.complaint.erasure}
    people = _concerned(deps, site, there, has_time).values()
    return frozenset(named).union(*(each.complainants for each in people))


def _people(deps: "Container", case: "Case") -> People:
    """Whom a case concerns: one query. Of a sealed case who complains stands apart, and is compared with
    nobody."""
    facts = [
        hash_chain.opened(fact, place, entry.private)
        for entry in deps.cases.entries(case.complaint.reference)
        for place, fact in hash_chain.known(entry.data)
    ]
    joined = [each for each in facts if isinstance(each, ComplainantJoined)]
    addresses = [each.email or "" for each in facts if isinstance(each, WITH_ADDRESS)]
    return People(
        _keys([case.card.name, *(each.name for each in joined)])
        | _addresses([*addresses, *(each.email or "" for each in joined)]),
        _keys(each.name for each in facts if isinstance(each, RespondentNamed)),
    )


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(match_key(each) for each in names if each.strip())


def _addresses(emails: Iterable[str]) -> frozenset[str]:
    return _keys(address for each in emails if (address := mail_address(each)))


def _raise(deps: "Container", site: str, found: RaiseReadingAlarm) -> None:
    id = f"{site}.{code_of(found.member, found.why, found.day, found.given_by)}"
    record = deps.management_records.load(RecordKind.READING_ALARM, id)
    if record.content is not None:
        return
    try:
        deps.records_service.carry_out(record, found, records_context(deps, record, MACHINE))
    except NotNow:
        # Another run of the schedule was first.
        return
    telemetry.note("unusual reading", site=site, rule=found.why)
    telemetry.count(RAISED)
