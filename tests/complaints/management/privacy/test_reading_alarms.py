"""Unusual reading is an alarm: data protection is told, and somebody else than the reader answers, once."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter
from complaints.management.declaration import RecordsContext
from complaints.management.kinds import declaration
from complaints.management.privacy.reading_alarms import (
    UNANSWERED_AFTER,
    ExplainReading,
    FollowUpReading,
    RaiseReadingAlarm,
    ReadingAlarm,
    ReadingAnswer,
    code_of,
)
from complaints.management.privacy.reading_watches import EndWatch, ReadingWatch, WatchReading
from complaints.management.record import RecordKind
from complaints.reporting.unusual_reading import Why
from complaints.values.errors import AlreadySo, Forbidden, Invalid, NotNow
from complaints.values.people import MACHINE, Actor, Member, Role
from tests.builders import DEMO, MONDAY
from tests.complaints.management.evaluation_records import AUDREY, QUINN, REX, TODAY, Kept, context

PAULA = Actor("staff", "paula", (Role.PRIVACY,))
ADA = Actor("staff", "ada", (Role.PRIVACY,))
FOUND = RaiseReadingAlarm(member="ada", day=TODAY, why=Why.MANY, number=31, usual=8)


def raised() -> Kept:
    kept = Kept(RecordKind.READING_ALARM, code_of("ada", Why.MANY, TODAY))
    kept.do(FOUND, MACHINE)
    return kept


def answer_of(kept: Kept) -> tuple[ReadingAnswer | None, str | None]:
    assert isinstance(kept.record.content, ReadingAlarm)
    return kept.record.content.answer, kept.record.content.answered_by


@pytest.mark.iso10002("4 confidentiality: unusual")
def test_whoever_protects_data_answers_with_a_reason_and_once() -> None:
    kept = raised()
    with pytest.raises(Invalid):
        kept.do(ExplainReading(), PAULA)
    kept.do(ExplainReading(reason="Stocktaking of the quarter."), PAULA)
    assert answer_of(kept) == (ReadingAnswer.EXPLAINED, "paula")
    with pytest.raises(NotNow):
        kept.do(FollowUpReading(reason="Talked to them."), PAULA)


def test_s12_the_reader_does_not_answer_and_nobody_else_who_protects_no_data() -> None:
    for by in (QUINN, REX, AUDREY):
        with pytest.raises(Forbidden):
            raised().do(ExplainReading(reason="It is fine."), by)
    with pytest.raises(NotNow):
        raised().do(ExplainReading(reason="It is fine."), ADA)
    kept = raised()
    kept.do(FollowUpReading(reason="Talked to them."), PAULA)
    assert answer_of(kept) == (ReadingAnswer.FOLLOWED_UP, "paula")


def test_who_gave_a_right_to_read_and_who_got_it_are_not_told_and_do_not_answer() -> None:
    """It may be one person with two accounts: where nobody else protects data, quality management is told."""
    given = RaiseReadingAlarm(member="ada", day=TODAY, why=Why.GIVEN, given_by="paula")
    kept = Kept(RecordKind.READING_ALARM, code_of("ada", Why.GIVEN, TODAY))
    kept.do(given, MACHINE)
    for by in (PAULA, ADA):
        with pytest.raises(NotNow):
            kept.do(ExplainReading(reason="It is fine."), by)
    members = tuple(officer(each) for each in ("ada", "paula", "noor"))
    assert [each[1] for each in told(members, alarm=kept)] == ["noor"]
    assert [each[:2] for each in told(members[:2], alarm=kept)] == [("quality", None)]


def test_another_account_of_the_reader_is_not_told_and_does_not_answer() -> None:
    ada, ada2 = officer("ada", email="ada@demo.example"), officer("paula", email="ada+2@demo.example")
    assert told((ada, ada2)) == [("quality", None, "many")]
    with pytest.raises(Forbidden):
        raised().do(ExplainReading(reason="It is fine."), PAULA, accounts={"ada", "paula"})


def test_no_person_raises_one_and_it_is_raised_once() -> None:
    with pytest.raises(Forbidden):
        Kept(RecordKind.READING_ALARM).do(FOUND, PAULA)
    with pytest.raises((AlreadySo, NotNow)):
        raised().do(FOUND, MACHINE)


def letters(
    members: tuple[Member, ...], later: timedelta = timedelta(), alarm: Kept | None = None
) -> list[Letter]:
    asking: RecordsContext = replace(context(MACHINE, now=MONDAY + later), members=members)
    return list(declaration(RecordKind.READING_ALARM).reminders((alarm or raised()).record, asking))


def told(
    members: tuple[Member, ...], later: timedelta = timedelta(), alarm: Kept | None = None
) -> list[tuple[str, str | None, str]]:
    return sorted((each.to, each.member, each.records[0].why) for each in letters(members, later, alarm))


def officer(id: str, **changed: Any) -> Member:
    return Member(id=id, name=id.title(), roles=(Role.PRIVACY,), sites=(DEMO.key,), **changed)


def test_those_who_protect_data_are_told_at_once_but_not_the_reader() -> None:
    members = (officer("ada"), officer("paula"), officer("pat", active=False))
    assert told(members) == [("owner", "paula", "many")]
    assert told((officer("ada"),)) == [("quality", None, "many")], "somebody hears of it"


def test_a_week_later_they_and_the_manager_are_told_of_one_that_nobody_answered() -> None:
    due = declaration(RecordKind.READING_ALARM).due
    content = raised().record.content
    assert due(content, None) == MONDAY
    assert due(content, MONDAY) == MONDAY + UNANSWERED_AFTER
    assert due(content, MONDAY + UNANSWERED_AFTER) is None
    assert told((officer("paula"),), UNANSWERED_AFTER) == [
        ("manager", None, "unanswered"),
        ("owner", "paula", "unanswered"),
    ]


def test_the_mail_to_the_address_of_the_manager_does_not_name_the_reader() -> None:
    said = {each.to: each.records[0].title for each in letters((officer("paula"),), UNANSWERED_AFTER)}
    assert said == {"manager": str(TODAY), "owner": "ada"}


def test_a_watch_names_cases_and_has_a_reason_until_it_ends() -> None:
    kept, there = Kept(RecordKind.READING_WATCH), {"c 1": ("C-1", "C-2")}
    with pytest.raises(Invalid) as refused:
        kept.do(WatchReading(cases=("c 1", "c 2")), PAULA, there)
    assert [each.pointer for each in refused.value.errors] == ["/reason", "/cases/1"]
    with pytest.raises(Forbidden):
        kept.do(WatchReading(cases=("c 1",), reason="Stands in the public eye."), QUINN, there)
    kept.do(WatchReading(cases=("c 1",), reason="Stands in the public eye."), PAULA, there)
    content = kept.do(EndWatch(), PAULA)
    assert isinstance(content, ReadingWatch)
    assert (content.cases, content.since, content.ended_on) == (("C-1",), TODAY, TODAY)
    with pytest.raises(NotNow):
        kept.do(EndWatch(), PAULA)
