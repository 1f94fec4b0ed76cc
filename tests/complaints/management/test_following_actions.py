"""Decisions of a review and findings of an audit become corrective actions in the same write."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from complaints.management.evaluation.audits import Audit
from complaints.management.evaluation.reviews import Area, DecideInReview, Review
from complaints.management.improvement.actions import Action, ChangeAction, TakeOver
from complaints.management.record import ManagementRecord, RecordKind
from complaints.management.service import RecordsService, allowed, may_do
from complaints.values.people import Actor
from tests.complaints.management.evaluation_records import AUDREY, QUINN, TODAY, context
from tests.complaints.management.stores import FakeRecords
from tests.complaints.management.test_audits import FOUND, an_audit
from tests.complaints.management.test_reviews import DECIDED, a_review
from tests.fakes import CountingSalt


class Kept:
    """Records in a store, changed by the service."""

    def __init__(self, record: ManagementRecord) -> None:
        self.store = FakeRecords()
        self.store._records[record.kind, record.id] = record
        self.service = RecordsService(self.store, CountingSalt())
        self.record = record

    def do(self, command: object, by: Actor = QUINN) -> ManagementRecord:
        records = self.store.of_site("demo", RecordKind.ACTION)
        given = replace(context(by), records=tuple(records))
        self.record = self.service.carry_out(self.record, command, given)  # type: ignore[arg-type]
        return self.record

    @property
    def actions(self) -> list[ManagementRecord]:
        return list(self.store.of_site("demo", RecordKind.ACTION))


@pytest.mark.iso10002("8.6 management review: decisions")
def test_a_decision_of_a_review_is_an_action_at_once_and_each_names_the_other() -> None:
    kept = Kept(a_review().record)
    review = kept.do(DECIDED).content
    assert isinstance(review, Review)
    (action,) = kept.actions
    assert isinstance(action.content, Action)
    assert review.decisions[0].action == action.code
    assert action.content.source == f"{kept.record.reference}#1"
    told = action.content
    assert (told.text, told.owner, told.due) == (DECIDED.text, DECIDED.owner, DECIDED.due)
    assert (told.action, told.checker) == ("process_change", "quinn")
    assert told.check_on > told.due
    kept.do(replace(DECIDED, area=Area.PRODUCTS))
    assert [each.code for each in kept.actions] == [action.code, action.code[:-1] + "2"]


@pytest.mark.iso10002("8.5 auditing: finding")
def test_a_finding_of_an_audit_is_an_action_at_once_which_its_auditor_checks() -> None:
    kept = Kept(an_audit().record)
    audit = kept.do(FOUND, AUDREY).content
    assert isinstance(audit, Audit)
    (action,) = kept.actions
    assert isinstance(action.content, Action)
    assert audit.findings[-1].action == action.code
    assert (action.content.owner, action.content.checker) == (FOUND.owner, "audrey")


def test_who_decides_and_does_it_has_it_checked_by_somebody_else_who_was_there() -> None:
    kept = Kept(a_review().record)
    kept.do(replace(DECIDED, owner="quinn"))
    (action,) = kept.actions
    assert isinstance(action.content, Action)
    assert action.content.checker == "rex"


@pytest.mark.iso10002("8.7 continual improvement: measure")
def test_how_it_is_known_whether_it_helped_is_said_before_it_is_done() -> None:
    kept = Kept(a_review().record)
    kept.do(DECIDED)
    (action,) = kept.actions
    assert allowed(action, QUINN) == ("change",)
    change = ChangeAction(
        text="Name a second carrier.", action="supplier_action", owner="grace", due=TODAY,
        checker="quinn", measure="Late parcels", target="Fewer than two",
        check_on=TODAY + timedelta(days=90),
    )  # fmt: skip
    after = kept.service.carry_out(action, change, context())
    assert allowed(after, QUINN) == ("change", "done")


def test_nobody_takes_a_decision_over_by_hand_and_one_that_is_planned_already_stays() -> None:
    assert not may_do(QUINN, TakeOver.verb, RecordKind.ACTION)
    kept = Kept(a_review().record)
    taken = ManagementRecord(kind=RecordKind.ACTION, id="demo.review-spring-1")
    kept.store._records[taken.kind, taken.id] = taken
    review = kept.do(DECIDED).content
    assert isinstance(review, Review)
    assert review.decisions[0].action is None
    assert kept.actions == [taken]


def test_the_code_of_a_long_name_is_one_of_a_record() -> None:
    record = replace(a_review().record, id=f"demo.{'x' * 60}")
    kept = Kept(record)
    kept.do(DecideInReview(area=Area.POLICY, text="Do it.", owner="grace", due=TODAY))
    (action,) = kept.actions
    assert len(action.code) <= 60
