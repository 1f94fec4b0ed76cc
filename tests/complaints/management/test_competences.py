"""Records of competence: who was trained in what, until when, and who may not go on without it."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from complaints.casework.competence import NOTICE
from complaints.management.competences import (
    MemberCompetence,
    RecordTraining,
    TakeBackTraining,
    TrainingResult,
    coverage,
    held_by,
    next_due,
    reminders,
    take_back,
    train,
)
from complaints.management.record import ManagementRecord, RecordKind
from complaints.values.competence import Competence, Lacking, Topic
from complaints.values.errors import Invalid
from complaints.values.people import Role
from tests.builders import DEMO, MONDAY, a_member
from tests.complaints.management.stores import context

TODAY = MONDAY.date()
COURSE = RecordTraining(member="grace", topic=Topic.LAW, on=TODAY, by="Course of the chamber")
NEW = ManagementRecord(kind=RecordKind.COMPETENCE, id="demo.grace")
HERE = replace(context(), members=(a_member("grace"), a_member("ada")))


def begun(*commands: RecordTraining) -> ManagementRecord:
    record = NEW
    for command in commands or (COURSE,):
        record = replace(record, content=train(record, command, HERE))
    return record


def refused(command: RecordTraining, record: ManagementRecord = NEW) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refusal:
        train(record, command, HERE)
    return [(wrong.pointer, wrong.code) for wrong in refusal.value.errors]


@pytest.mark.iso10002("4 competence: training")
def test_a_training_is_on_record_with_who_gave_it_and_how_long_it_holds() -> None:
    until = TODAY + timedelta(days=365)
    again = replace(COURSE, member=None, topic=Topic.SAFETY, until=until, evidence="Certificate 7")
    record = begun(COURSE, again)
    assert held_by("grace", [record]) == (Competence(Topic.LAW), Competence(Topic.SAFETY, until))
    assert held_by("ada", [record]) == ()


def test_what_was_not_passed_does_not_count() -> None:
    assert held_by("grace", [begun(replace(COURSE, result=TrainingResult.NOT_PASSED))]) == ()


def test_what_is_recorded_again_is_put_right_and_can_be_taken_back() -> None:
    record = begun(COURSE, replace(COURSE, until=TODAY))
    assert held_by("grace", [record]) == (Competence(Topic.LAW, TODAY),)
    left = take_back(record, TakeBackTraining(topic=Topic.LAW, on=TODAY), HERE)
    assert left == MemberCompetence(member="grace")
    with pytest.raises(Invalid):
        take_back(record, TakeBackTraining(topic=Topic.SAFETY, on=TODAY), HERE)


def test_what_is_wrong_is_named() -> None:
    assert refused(replace(COURSE, member=None)) == [("/member", "missing")]
    assert refused(replace(COURSE, member="nobody")) == [("/member", "unknown-value")]
    assert refused(replace(COURSE, member="ada"), begun()) == [("/member", "unknown-value")]
    assert refused(replace(COURSE, on=TODAY + timedelta(days=1))) == [("/on", "future")]
    assert refused(replace(COURSE, until=TODAY - timedelta(days=1))) == [("/until", "ends-before-it-begins")]


def test_nobody_records_their_own_training() -> None:
    mine = replace(HERE, by=replace(HERE.by, id="grace"))
    with pytest.raises(Invalid) as refusal:
        train(NEW, COURSE, mine)
    assert [wrong.code for wrong in refusal.value.errors] == ["own-training"]


@pytest.mark.iso10002("4 competence: warning")
def test_each_end_is_told_once_thirty_days_before() -> None:
    soon, later = TODAY + timedelta(days=40), TODAY + timedelta(days=90)
    record = begun(replace(COURSE, until=later), replace(COURSE, topic=Topic.SAFETY, until=soon))
    assert isinstance(record.content, MemberCompetence)
    first = next_due(record.content, None)
    assert first
    assert first.date() == soon - NOTICE
    told = list(reminders(record, replace(HERE, now=first, today=first.date())))
    assert [(letter.member, letter.records[0].day) for letter in told] == [(None, soon), ("grace", soon)]
    second = next_due(record.content, first)
    assert second
    assert second.date() == later - NOTICE
    assert next_due(record.content, second) is None


def test_what_ends_soon_after_is_told_too() -> None:
    soon, after = TODAY + timedelta(days=40), TODAY + timedelta(days=45)
    record = begun(replace(COURSE, until=after), replace(COURSE, topic=Topic.SAFETY, until=soon))
    assert isinstance(record.content, MemberCompetence)
    second = next_due(record.content, next_due(record.content, None))
    assert second
    told = list(reminders(record, replace(HERE, now=second, today=second.date())))
    assert {letter.records[0].day for letter in told} == {soon, after}


def test_a_record_that_another_follows_ends_unnoticed() -> None:
    again = replace(COURSE, on=TODAY - timedelta(days=1), until=TODAY)
    record = begun(COURSE, again)
    assert isinstance(record.content, MemberCompetence)
    assert next_due(record.content, None) is None


@pytest.mark.iso10002("6.4 resources: competence")
def test_of_each_role_it_is_said_who_has_all_that_it_needs() -> None:
    site = replace(DEMO, decision_topics=(Topic.LAW,), review_topics=(Topic.LISTENING,))
    ruth = a_member("ruth", roles=(Role.AGENT, Role.REVIEWER))
    members = (a_member("grace"), a_member("ada"), ruth, a_member("gone", active=False))
    law, heard = (Competence(Topic.LAW), Competence(Topic.LISTENING))
    records = [
        begun(),
        replace(NEW, content=train(NEW, replace(COURSE, member="ruth"), replace(HERE, members=members))),
    ]
    assert held_by("ruth", records) == (law,)
    assert heard not in held_by("ruth", records)
    agents, reviewers = coverage(site, members, records, TODAY)
    assert (agents.role, agents.valid, agents.of) == (Role.AGENT, 2, 3)
    assert [member.id for member, _ in agents.lacking] == ["ada"]
    assert (reviewers.valid, reviewers.of) == (0, 1)
    assert reviewers.lacking[0][1] == (Lacking(Topic.LISTENING),)
    assert coverage(DEMO, members, [], date(2026, 2, 2))[0].lacking == ()
