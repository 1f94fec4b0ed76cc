"""Unusual reading: it rings, and so does a day that nobody could look at."""

from datetime import timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import access_pk, case_pk, entry_sk, setting_pk
from complaints.adapters.dynamodb.models import AccessItem, EntryItem
from complaints.case.people.parties import RespondentKind
from complaints.casework.people.parties import NameRespondent
from complaints.context.decision_context import Context
from complaints.management.privacy.reading_alarms import ReadingAlarm
from complaints.management.privacy.reading_watches import WatchReading
from complaints.management.record import RecordKind
from complaints.reporting.unusual_reading import Why
from complaints.settings.setting import SettingKind
from complaints.settings.settings_context import among
from complaints.values.casework.access_log import AccessEntry, AccessKind, Handles
from complaints.values.people import Actor, Role
from functions.use_cases.management.management_records import records_context
from functions.workers.schedule import READING_AT
from tests.alarms.cloudwatch import counted, rings
from tests.installation import Installation
from tests.settings_stores import SAM, FakeShelf, change_member

Capsys = pytest.CaptureFixture[str]


def reads(installation: Installation, reference: str, member: str) -> None:
    at = installation.clock.moment
    entry = AccessEntry(
        place=reference,
        member=member,
        kind=AccessKind.CASE,
        site="demo",
        at=at,
        roles=(Role.AGENT,),
        handled_by=Handles.OTHER,
    )
    installation.world.access_log.note(entry, at + timedelta(days=90))


def look_next_day(installation: Installation, hour: int = 1, steps: int = 1_000_000) -> None:
    morning = (installation.clock.moment + timedelta(days=1)).replace(hour=hour, minute=READING_AT)
    installation.clock.moment = morning
    installation.run_schedule(steps=steps)


def alarms(installation: Installation) -> list[ReadingAlarm]:
    found = installation.world.management_records.of_site("demo", RecordKind.READING_ALARM)
    return [each.content for each in found if isinstance(each.content, ReadingAlarm)]


def about_a_colleague(installation: Installation) -> str:
    """A case in which somebody complains about Deniz, that Robin has."""
    reference = installation.take(uuid4().hex, owner="Robin")
    world = installation.world
    case, terms = world.cases.load(reference), world.sites.terms("demo")
    assert case is not None
    deniz = next(each for each in world.members.all() if each.id == "Deniz")
    command = NameRespondent(kind=RespondentKind.PERSON, name=deniz.name.upper())
    by = Actor("staff", "Robin", (Role.AGENT,))
    world.casework.carry_out(case, command, Context(now=world.now(), by=by, terms=terms))
    return reference


@pytest.mark.alarm("UnusualReading")
def test_a_case_about_a_colleague_that_somebody_reads_without_having_it_rings_once(
    installation: Installation, capsys: Capsys
) -> None:
    reference = about_a_colleague(installation)
    for member in ("Robin", "Sam"):
        reads(installation, reference, member)
    look_next_day(installation)
    found = counted(capsys)
    assert [(each.member, each.why, each.cases) for each in alarms(installation)] == [
        ("Sam", Why.COLLEAGUE, (reference,))
    ]
    assert rings("UnusualReading", found)
    assert not rings("ReadingNotWatched", found)
    installation.clock.moment += timedelta(hours=1)
    installation.run_schedule()
    assert len(alarms(installation)) == 1
    assert not rings("UnusualReading", counted(capsys)), "each is raised once"


def test_other_cases_of_a_person_under_watch_are_found_by_their_address(installation: Installation) -> None:
    watched, other = (installation.take(uuid4().hex, owner="Robin") for _ in range(2))
    world = installation.world
    record = world.management_records.load(RecordKind.READING_WATCH, f"demo.{uuid4().hex}")
    by = Actor("staff", "Paula", (Role.PRIVACY,))
    command = WatchReading(cases=(watched,), reason="Stands in the public eye.")
    context = replace(records_context(world, record, by), gathered={watched: (watched,)})
    world.records_service.carry_out(record, command, context)
    reads(installation, other, "Sam")
    look_next_day(installation)
    assert [(each.member, each.why, each.cases) for each in alarms(installation)] == [
        ("Sam", Why.WATCHED, (other,))
    ]


@pytest.mark.alarm("UnusualReading")
def test_a_right_to_see_more_that_somebody_gave_rings_the_day_after_and_once(
    installation: Installation, capsys: Capsys
) -> None:
    """Also where it was taken back on the same day: the cases may be read by then."""
    world = installation.world
    for roles in ((Role.PRIVACY,), (Role.AGENT,)):
        asked = among(
            world.settings_store.all(), now=world.now(), by=SAM, shipped_data=FakeShelf(), serves=("demo",)
        )
        maya = world.settings_store.load(SettingKind.MEMBER, "maya")
        world.settings_service.carry_out(maya, change_member(*roles), asked)
    look_next_day(installation)
    assert [(each.member, each.why, each.given_by) for each in alarms(installation)] == [
        ("maya", Why.GIVEN, "sam")
    ]
    assert rings("UnusualReading", counted(capsys))
    installation.run_schedule(timedelta(hours=1))
    assert len(alarms(installation)) == 1


def test_a_member_whose_record_cannot_be_read_keeps_nothing_from_being_watched(
    installation: Installation, capsys: Capsys
) -> None:
    reference = about_a_colleague(installation)
    reads(installation, reference, "Sam")
    broken = EntryItem(setting_pk(SettingKind.MEMBER, "Robin"), entry_sk(1))
    broken.update(actions=[EntryItem.data.set(b"{")])
    look_next_day(installation)
    assert [each.cases for each in alarms(installation)] == [(reference,)]
    assert rings("ReadingNotWatched", counted(capsys))


@pytest.mark.alarm("ReadingNotWatched")
def test_a_day_of_the_access_log_that_cannot_be_read_rings(
    installation: Installation, capsys: Capsys
) -> None:
    reads(installation, "C-7K3M9-QX2HT-7", "Sam")
    entry = next(iter(AccessItem.query(access_pk("C-7K3M9-QX2HT-7"))))
    entry.update(actions=[AccessItem.row.set("{")])
    look_next_day(installation, hour=4)
    assert not rings("ReadingNotWatched", counted(capsys)), "it is looked in the first hours of a day"
    installation.clock.moment -= timedelta(days=1)
    look_next_day(installation)
    assert rings("ReadingNotWatched", counted(capsys))


def test_a_case_that_cannot_be_read_keeps_no_other_from_being_watched(
    installation: Installation, capsys: Capsys
) -> None:
    broken, readable = (about_a_colleague(installation) for _ in range(2))
    for reference in (broken, readable):
        reads(installation, reference, "Sam")
    EntryItem(case_pk(broken), entry_sk(1)).update(actions=[EntryItem.data.set(b"{")])
    look_next_day(installation)
    assert [each.cases for each in alarms(installation)] == [(readable,)]
    assert rings("ReadingNotWatched", counted(capsys))


def test_a_look_that_has_no_time_rings_and_the_next_one_goes_on(
    installation: Installation, capsys: Capsys
) -> None:
    reads(installation, about_a_colleague(installation), "Sam")
    look_next_day(installation, steps=0)
    assert alarms(installation) == []
    assert rings("ReadingNotWatched", counted(capsys))
    installation.run_schedule(timedelta(hours=1))
    assert len(alarms(installation)) == 1
