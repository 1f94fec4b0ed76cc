"""Obsolete letters: notices and invitations that waited (for open hours, for a digest, in a late stream)
until they were not needed any more."""

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import CONTACT_PLAN, Letter, LetterKind, TaskStep

_OF_A_PROMISE = (LetterKind.ESCALATION, LetterKind.REMINDER, LetterKind.SURVEY)


def is_obsolete(letter: Letter, complaint: Complaint) -> bool:
    """Whether its promise was kept or lost its purpose before the letter was sent, or its reader does not
    own the case or the task any more, or that is over."""
    if letter.kind in (LetterKind.TASK, LetterKind.REQUEST):
        return _is_over(letter, complaint)
    if letter.kind is LetterKind.ASSIGNMENT:
        return complaint.assignee != letter.member or not complaint.stage.is_open
    if letter.kind is LetterKind.CONFIRM_ADDRESS:
        proposed = complaint.contact.proposed
        return proposed is None or proposed.entry != letter.address_entry
    if letter.clock == CONTACT_PLAN:
        plan = complaint.contact_plan
        return plan is None or not plan.raised or plan.review_at != letter.due
    if letter.remedy:
        return all(owed.id != letter.remedy for owed in complaint.remedies_owed)
    is_unwritten = letter.kind is LetterKind.HOLDING and letter.text_entry is None
    if letter.kind not in _OF_A_PROMISE and not is_unwritten:
        return False
    return not any(clock.purpose == letter.clock for clock in complaint.clocks if clock.stopped_at is None)


def _is_over(letter: Letter, complaint: Complaint) -> bool:
    """Whether a task has ended, or somebody else has it by now. That it was answered is always told."""
    if letter.step is TaskStep.ANSWERED:
        return False
    task = next(task for task in complaint.tasks if task.id == letter.task)
    if letter.kind is LetterKind.REQUEST:
        return not task.is_open or letter.text_entry != task.given
    is_anothers = task.outside or letter.member != task.to
    return not task.is_open or (letter.step is not TaskStep.LATE and is_anothers)
