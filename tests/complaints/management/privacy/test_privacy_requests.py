"""What people ask for about their data: answered in time, by whoever protects it, for somebody known."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.management.declaration import RecordsContext
from complaints.management.kinds import declaration
from complaints.management.privacy.personal_data import IdentityCheck
from complaints.management.privacy.privacy_requests import (
    AT_MOST,
    NOTICE,
    WITHIN,
    ExtendRequest,
    FollowCase,
    FulfilRequest,
    IdentifyPerson,
    OpenRequest,
    PrivacyRequest,
    ReceiveRequest,
    RefuseRequest,
    RequestOutcome,
    SpecifyRequest,
)
from complaints.management.record import RecordKind
from complaints.values.errors import Forbidden, Invalid, NotNow
from complaints.values.field_types import DataRight, RefusalGround
from complaints.values.people import MACHINE, Actor, Role
from tests.complaints.management.evaluation_records import (
    AUDREY,
    GRACE,
    MEMBERS,
    QUINN,
    REX,
    TODAY,
    Kept,
    on_morning_of,
)

PAULA = Actor("staff", "ada", (Role.PRIVACY,))
THERE = {"c 1": ("C-1", "C-2")}


def opened(by: Actor = PAULA, **changed: Any) -> Kept:
    kept = Kept(RecordKind.PRIVACY_REQUEST)
    usual: dict[str, Any] = {
        "right": DataRight.ERASURE,
        "received_on": TODAY,
        "owner": "ada",
        "cases": ("c 1",),
    }
    kept.do(OpenRequest(**usual | changed), by, THERE)
    return kept


def identified() -> Kept:
    kept = opened()
    kept.do(IdentifyPerson(identity=IdentityCheck.DOCUMENT_SEEN), PAULA)
    return kept


def content(kept: Kept) -> PrivacyRequest:
    assert isinstance(kept.record.content, PrivacyRequest)
    return kept.record.content


def wrong(act: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        act()
    return [(each.pointer, each.code) for each in refused.value.errors]


@pytest.mark.parametrize("by", [AUDREY, GRACE, QUINN, REX])
def test_s12_nobody_but_privacy_sees_to_requests(by: Actor) -> None:
    with pytest.raises(Forbidden):
        opened(by)


def test_a_request_is_due_in_thirty_days_and_names_cases_as_they_are_written() -> None:
    assert content(opened()).answer_by == TODAY + WITHIN
    assert content(opened()).cases == ("C-1",)


def test_what_cannot_be_so_is_refused() -> None:
    later = TODAY + timedelta(days=1)
    assert wrong(lambda: opened(received_on=later)) == [("/received_on", "future")]
    assert wrong(lambda: opened(cases=("C-9",))) == [("/cases/0", "unknown-case")]
    assert wrong(lambda: opened(owner="nobody")) == [("/owner", "unknown-value")]


def test_nothing_is_done_for_somebody_who_is_not_known_but_it_may_be_refused() -> None:
    with pytest.raises(NotNow):
        opened().do(FulfilRequest(told_on=TODAY), PAULA)
    kept = opened()
    command = RefuseRequest(ground=RefusalGround.NOT_IDENTIFIED, told_on=TODAY, reason="He sent nothing.")
    kept.do(command, PAULA)
    assert content(kept).outcome is RequestOutcome.REFUSED


def test_a_refusal_has_a_reason_and_a_day_on_which_the_person_was_told() -> None:
    refuse = RefuseRequest(ground=RefusalGround.KEPT_BY_LAW, told_on=TODAY + timedelta(days=1))
    assert wrong(lambda: identified().do(refuse, PAULA)) == [("/reason", "missing"), ("/told_on", "future")]
    early = FulfilRequest(told_on=TODAY - timedelta(days=1))
    assert wrong(lambda: identified().do(early, PAULA)) == [("/told_on", "past")]


def test_what_was_answered_stands() -> None:
    kept = identified()
    kept.do(FulfilRequest(told_on=TODAY), PAULA)
    assert (content(kept).outcome, content(kept).told_on) == (RequestOutcome.DONE, TODAY)
    with pytest.raises(NotNow):
        kept.do(IdentifyPerson(identity=IdentityCheck.IN_PERSON), PAULA)


def test_an_answer_is_put_off_once_for_a_reason_and_not_for_ever() -> None:
    last = TODAY + AT_MOST
    kept = opened()
    assert wrong(lambda: kept.do(ExtendRequest(answer_by=last), PAULA)) == [("/reason", "missing")]
    for day, why in ((TODAY + WITHIN, "past"), (last + timedelta(days=1), "long-period")):
        command = ExtendRequest(answer_by=day, reason="Many cases.")
        assert wrong(lambda command=command: kept.do(command, PAULA)) == [("/answer_by", why)]
    kept.do(ExtendRequest(answer_by=last, reason="Many cases."), PAULA)
    assert content(kept).answer_by == last
    with pytest.raises(NotNow):
        kept.do(ExtendRequest(answer_by=last, reason="More."), PAULA)


def told_on(kept: Kept, day: date) -> list[tuple[str | None, str]]:
    declared = declaration(RecordKind.PRIVACY_REQUEST)
    morning: RecordsContext = on_morning_of(day)
    return [(each.member, each.records[0].why) for each in declared.reminders(kept.record, morning)]


def test_the_owner_is_reminded_and_quality_management_once_it_is_late() -> None:
    kept, by = opened(), TODAY + WITHIN
    assert told_on(kept, by - NOTICE) == [("ada", "answer")]
    assert told_on(kept, by + timedelta(days=1)) == [("ada", "late"), (None, "late")]
    kept = identified()
    kept.do(FulfilRequest(told_on=TODAY), PAULA)
    assert kept.record.due is None
    assert told_on(kept, by) == []


def came_as_case(**changed: Any) -> Kept:
    kept = Kept(RecordKind.PRIVACY_REQUEST)
    command = ReceiveRequest(case="C-1", received_on=TODAY, answer_by=TODAY + timedelta(days=28), **changed)
    kept.do(command, MACHINE)
    return kept


def test_one_that_came_as_a_case_has_its_date_and_is_put_off_there_alone() -> None:
    kept = came_as_case()
    assert (content(kept).cases, content(kept).of_case) == (("C-1",), "C-1")
    assert content(kept).answer_by == TODAY + timedelta(days=28)
    with pytest.raises(NotNow):
        kept.do(ExtendRequest(answer_by=TODAY + AT_MOST, reason="Many cases."), PAULA)
    kept.do(FollowCase(answer_by=TODAY + timedelta(days=80), extended=True), MACHINE)
    assert (content(kept).answer_by, content(kept).extended) == (TODAY + timedelta(days=80), True)


def test_no_person_begins_or_dates_one_that_came_as_a_case() -> None:
    follow = FollowCase(answer_by=TODAY, extended=False)
    receive = ReceiveRequest(case="C-1", received_on=TODAY, answer_by=TODAY)
    for kept, command in ((came_as_case(), follow), (Kept(RecordKind.PRIVACY_REQUEST), receive)):
        with pytest.raises(Forbidden):
            kept.do(command, PAULA)


def test_it_is_begun_once_and_what_has_ended_keeps_its_date() -> None:
    kept = came_as_case(right=DataRight.ACCESS)
    with pytest.raises(NotNow):
        kept.do(ReceiveRequest(case="C-1", received_on=TODAY, answer_by=TODAY), MACHINE)
    kept.do(IdentifyPerson(identity=IdentityCheck.KNOWN_ADDRESS), PAULA)
    kept.do(FulfilRequest(told_on=TODAY), PAULA)
    with pytest.raises(NotNow):
        kept.do(FollowCase(answer_by=TODAY, extended=True), MACHINE)


def test_what_is_asked_for_is_said_before_it_is_done_and_may_be_refused_before() -> None:
    kept = came_as_case()
    kept.do(IdentifyPerson(identity=IdentityCheck.KNOWN_ADDRESS), PAULA)
    with pytest.raises(NotNow):
        kept.do(FulfilRequest(told_on=TODAY), PAULA)
    kept.do(SpecifyRequest(right=DataRight.ERASURE), PAULA)
    kept.do(FulfilRequest(told_on=TODAY), PAULA)
    assert content(kept).right is DataRight.ERASURE
    refused = RefuseRequest(ground=RefusalGround.UNFOUNDED, told_on=TODAY, reason="It is no request.")
    came_as_case().do(refused, PAULA)


def test_without_an_owner_all_who_protect_data_are_reminded_and_else_quality_management() -> None:
    kept = came_as_case()
    day = content(kept).answer_by - NOTICE
    assert told_on(kept, day) == [(None, "answer")]
    protect = tuple(replace(each, roles=(Role.PRIVACY,)) for each in MEMBERS[:2])
    morning = replace(on_morning_of(day), members=(*protect, *MEMBERS[2:]))
    told = declaration(RecordKind.PRIVACY_REQUEST).reminders(kept.record, morning)
    assert [each.member for each in told] == ["quinn", "grace"]
