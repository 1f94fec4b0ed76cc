"""The life of a file in its case: offered, announced, kept or refused, or given up."""

from datetime import timedelta
from typing import Any

import pytest

from complaints.case.complaint import Complaint
from complaints.case.record.attachments import (
    ANNOUNCED_WITHIN,
    SWEPT_AFTER,
    AttachmentArrived,
    AttachmentOffered,
    AttachmentState,
    AttachmentSwept,
    FileType,
    Flaw,
)
from complaints.casework.deadlines import Tick
from complaints.casework.record.attachments import IN_A_CASE, OFFERS_IN_ALL, Arrive, Attach
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import AttachmentsFull, NotFound, NotNow, UploadOver
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import MONDAY, Story, a_complaint, context

LATE = MONDAY + SWEPT_AFTER


def attach(id: str = "a", **fields: Any) -> Attach:
    """The complainant has a photo."""
    usual: dict[str, Any] = {"name": "lamp.jpg", "type": FileType.JPEG, "size": 1000}
    return Attach(id=id, **usual | fields)


def arrive(id: str = "a", flaw: Flaw | None = None) -> Arrive:
    return Arrive(id=id, digest="0" * 64, flaw=flaw)


def with_files(*ids: str, story: Story | None = None) -> Story:
    """A complaint to which these files were offered."""
    story = story or a_complaint().received().acknowledged()
    for id in ids:
        story.does(COMPLAINANT, attach(id))
    return story


def states(complaint: Complaint) -> list[AttachmentState]:
    return [attachment.state for attachment in complaint.attachments]


def test_a_file_is_offered_and_kept() -> None:
    story = with_files("a").does(COMPLAINANT, arrive("a"))
    assert states(story.build()) == [AttachmentState.KEPT]
    assert [type(fact) for fact in story.facts[-2:]] == [AttachmentOffered, AttachmentArrived]
    assert story.build().has_news


def test_a_file_with_a_flaw_is_refused_and_no_news() -> None:
    complaint = with_files("a").does(COMPLAINANT, arrive("a", Flaw.TWO_FACED)).build()
    assert states(complaint) == [AttachmentState.REFUSED]
    assert complaint.attachments[0].flaw is Flaw.TWO_FACED
    assert not complaint.has_news


def test_a_file_is_announced_once() -> None:
    complaint = with_files("a").does(COMPLAINANT, arrive("a")).build()
    assert decide(complaint, arrive("a", Flaw.WRONG_SIZE), context(COMPLAINANT)) == []


def test_the_state_holds_no_name_and_the_chain_no_digest() -> None:
    story = with_files("a").does(COMPLAINANT, arrive("a"))
    assert "lamp" not in repr(story.build())
    sealed = [entry.data for entry in story.cases.entries(story.reference)]
    assert not [data for data in sealed if b"lamp.jpg" in data or b"0" * 64 in data]


def test_an_attachment_belongs_to_one_case() -> None:
    with pytest.raises(NotFound):
        decide(with_files("a").build(), arrive("b"), context(COMPLAINANT))


def test_a_case_takes_ten_files() -> None:
    story = with_files(*map(str, range(IN_A_CASE)))
    with pytest.raises(AttachmentsFull):
        with_files("one more", story=story)
    assert "attach" not in allowed_commands(story.build(), context(COMPLAINANT))


def test_a_refused_file_makes_room_but_not_without_end() -> None:
    story = a_complaint().received()
    for id in map(str, range(OFFERS_IN_ALL)):
        with_files(id, story=story).does(COMPLAINANT, arrive(id, Flaw.WRONG_TYPE))
    with pytest.raises(AttachmentsFull):
        with_files("one more", story=story)


@pytest.mark.parametrize("end", ["withdrawn", "closed"])
def test_s37_an_ended_case_takes_no_file(end: str) -> None:
    story = with_files("a", story=a_complaint().received().assessed().decided().responded())
    ended = getattr(story, end)().build()
    for command in (attach("b"), arrive("a")):
        with pytest.raises(NotNow):
            decide(ended, command, context(COMPLAINANT))


def test_s38_a_file_that_was_never_announced_is_given_up_within_a_day() -> None:
    complaint = with_files("a", "b").does(COMPLAINANT, arrive("b")).build()
    assert decide(complaint, Tick(), context(MACHINE, LATE - timedelta(seconds=1))) == []
    swept = decide(complaint, Tick(), context(MACHINE, LATE))
    assert swept == [AttachmentSwept(at=LATE, by=MACHINE, id="a")]


def test_s38_the_schedule_wakes_for_a_file_that_is_waited_for() -> None:
    assert with_files("a").build().next_at == LATE
    assert with_files("a").does(COMPLAINANT, arrive("a")).build().next_at != LATE
    assert with_files("a").ticked(LATE).build().next_at != LATE


def test_s38_a_file_is_swept_from_an_ended_case_too() -> None:
    ended = with_files("a").withdrawn().ticked(LATE).build()
    assert states(ended) == [AttachmentState.SWEPT]


def test_s38_nothing_is_announced_so_late_that_it_would_meet_the_sweep() -> None:
    complaint = with_files("a").build()
    last = MONDAY + ANNOUNCED_WITHIN
    assert decide(complaint, arrive("a"), context(COMPLAINANT, last - timedelta(seconds=1)))
    with pytest.raises(UploadOver):
        decide(complaint, arrive("a"), context(COMPLAINANT, last))


def test_s38_what_was_swept_cannot_be_announced() -> None:
    complaint = with_files("a").ticked(LATE).build()
    with pytest.raises(UploadOver):
        decide(complaint, arrive("a"), context(COMPLAINANT, LATE))
