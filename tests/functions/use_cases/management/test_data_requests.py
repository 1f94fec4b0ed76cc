"""The record of a request that came as a case: begun once, whoever else begins it, with its date."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from complaints.casework.correspondence.deadline_extension import Extend
from complaints.casework.outcome.feedback import Convert
from complaints.casework.process.closing import Close
from complaints.management.privacy.personal_data import IdentityCheck
from complaints.management.privacy.privacy_requests import (
    WITHIN,
    FulfilRequest,
    IdentifyPerson,
    PrivacyRequest,
    SpecifyRequest,
)
from complaints.management.record import ManagementRecord, RecordKind
from complaints.management.service import RecordConflict, RecordsService, RecordWriting
from complaints.values.field_types import ClosingReason, DataRight, Feedback
from functions.use_cases.management import data_requests
from tests.builders import ADA, MONDAY, RUTH, TUESDAY, Story, a_complaint
from tests.complaints.management.evaluation_records import context
from tests.complaints.management.privacy.test_privacy_requests import PAULA
from tests.fakes import CountingSalt

LATER = Extend(clock="respond", reason="You ask about many years.")


class Records:
    """The store of one record. Another reader of the stream is `faster` once."""

    def __init__(self) -> None:
        self.record: ManagementRecord | None = None
        self.written: list[str] = []
        self.faster = False

    def load(self, kind: RecordKind, id: str) -> ManagementRecord:
        return self.record or ManagementRecord(kind=kind, id=id)

    def write(self, writing: RecordWriting) -> None:
        self.record, conflict = writing.record, self.faster
        self.written.append(writing.record.id)
        self.faster = False
        if conflict:
            raise RecordConflict


class Deps(SimpleNamespace):
    """What following a case needs."""

    def __init__(self, story: Story) -> None:
        records: Any = Records()
        super().__init__(
            now=lambda: TUESDAY,
            sites=SimpleNamespace(terms=lambda site: story.terms),
            cases=SimpleNamespace(load=lambda reference: SimpleNamespace(complaint=story.build())),
            management_records=records,
            records_service=RecordsService(records, CountingSalt()),
        )

    def is_open(self, story: Story) -> bool:
        deps: Any = self
        request = data_requests.request_of(deps, story.build())
        return request is None or request.outcome is None

    def looks(self, story: Story) -> PrivacyRequest | None:
        deps: Any = self
        data_requests.look(deps, story.reference)
        found = self.management_records.record
        content: PrivacyRequest | None = found.content if found else None
        return content

    def does(self, command: Any) -> None:
        self.records_service.carry_out(self.management_records.record, command, context(PAULA))


def asked(**site: Any) -> Story:
    return a_complaint(**site).received(feedback=Feedback.PERSONAL_DATA)


def test_it_is_begun_once_however_often_the_stream_tells_of_the_case() -> None:
    story = asked()
    deps = Deps(story)
    first = deps.looks(story)
    assert first
    assert (first.cases, first.right, first.owner) == ((story.reference,), None, None)
    assert first.answer_by == story.terms.today(story.build().clocks[0].due)
    assert deps.looks(story) == first
    assert deps.management_records.written == [f"demo.{story.reference.lower()}"]


def test_it_says_what_is_asked_for_where_the_person_did() -> None:
    story = a_complaint().received(feedback=Feedback.PERSONAL_DATA, data_right=DataRight.ERASURE)
    begun = Deps(story).looks(story)
    assert begun
    assert begun.right is DataRight.ERASURE
    assert story.does(ADA, Convert(reason="She complains of the parcel."), TUESDAY).build().data_right is None


def test_of_two_at_the_same_moment_one_begins_it() -> None:
    story = asked()
    deps = Deps(story)
    deps.management_records.faster = True
    assert deps.looks(story)
    assert len(deps.management_records.written) == 1


def test_it_has_the_date_of_the_case_also_when_that_is_put_off() -> None:
    story = asked()
    deps = Deps(story)
    first = deps.looks(story)
    story.does(RUTH, LATER, TUESDAY).taken("extension", TUESDAY)
    after = deps.looks(story)
    assert first
    assert after
    assert (first.extended, after.extended) == (False, True)
    assert after.answer_by == story.terms.today(story.build().clocks[0].due) > first.answer_by


def test_what_was_answered_is_left_alone() -> None:
    story = asked()
    deps = Deps(story)
    deps.looks(story)
    deps.does(SpecifyRequest(right=DataRight.ACCESS))
    deps.does(IdentifyPerson(identity=IdentityCheck.KNOWN_ADDRESS))
    assert deps.is_open(story)
    deps.does(FulfilRequest(told_on=context().today))
    done = deps.management_records.record
    story.does(RUTH, LATER, TUESDAY).taken("extension", TUESDAY)
    assert deps.looks(story) == done.content
    assert not deps.is_open(story)


def test_none_is_begun_of_what_had_ended_is_a_complaint_or_was_erased() -> None:
    ended = asked().does(ADA, Close(reason=ClosingReason.HANDLED), TUESDAY)
    complaint = asked().does(ADA, Convert(reason="She complains of the parcel."), TUESDAY)
    for story in (ended, complaint):
        assert Deps(story).looks(story) is None
    assert Deps(asked()).is_open(asked())


def test_without_a_promise_it_is_due_in_thirty_days() -> None:
    story = asked()
    bare = replace(story.build(), clocks=())
    deps = Deps(story)
    deps.cases = SimpleNamespace(load=lambda reference: SimpleNamespace(complaint=bare))
    begun = deps.looks(story)
    assert begun
    assert begun.answer_by == story.terms.today(MONDAY) + WITHIN
    assert begun.answer_by - begun.received_on == timedelta(days=30)
