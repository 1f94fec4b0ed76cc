"""Where a complaint stands, as the person who complained sees it."""

from datetime import datetime
from typing import NamedTuple

from complaints.complaint import Complaint
from complaints.letters import Promise, promise
from complaints.words import Stage

_IN_WORK = (Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.ASSESSED, Stage.INVESTIGATING)


class Standing(NamedTuple):
    """One sentence: the end of its msgid, and the moment that it names."""

    words: str
    when: datetime | None = None


class Step(NamedTuple):
    """One step of the way; `state` is `done`, `now` or `later`."""

    name: str
    state: str
    at: datetime | None = None


def standing(complaint: Complaint, now: datetime) -> Standing:
    """What is most worth knowing now."""
    if complaint.stage not in _IN_WORK:
        return Standing(complaint.stage)
    for told in promises(complaint):
        if told.clock == "respond" and told.due:
            return Standing("missed" if told.due < now else "due", told.due)
    return Standing("working")


def steps(complaint: Complaint) -> list[Step]:
    """The way of every complaint, with the steps that this one has done; where it ended, no others."""
    moments = {
        Stage.RECEIVED: complaint.received_at,
        Stage.ACKNOWLEDGED: complaint.acknowledged_at,
        Stage.ASSESSED: complaint.assessed_at,
        Stage.INVESTIGATING: None,
        Stage.RESPONDED: complaint.responded_at,
        Stage.CLOSED: complaint.ended_at,
    }
    present = _present(complaint)
    done = {stage for stage, at in moments.items() if at}
    if Stage.RESPONDED in done:
        done.add(Stage.INVESTIGATING)
    return [
        Step(stage, "now" if stage == present else "done" if stage in done else "later", at)
        for stage, at in moments.items()
        if complaint.stage.is_open or stage == present or stage in done
    ]


def promises(complaint: Complaint) -> list[Promise]:
    """What the person was promised."""
    return [promise(clock) for clock in complaint.promises()]


def _present(complaint: Complaint) -> Stage | None:
    """The step at which the complaint is; a question, or going elsewhere, is no step of its own."""
    elsewhere = {
        Stage.AWAITING_COMPLAINANT: complaint.stage_before_question,
        Stage.WITHDRAWN: Stage.CLOSED,
        Stage.REFERRED: Stage.RESPONDED,
    }
    return elsewhere.get(complaint.stage, complaint.stage)
