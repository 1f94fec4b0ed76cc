"""Letters on paper: a person without a mail address gets every letter printed, and its posting is a fact.

Who can be reached by telephone alone, or prefers it, is called in place of letters.
"""

from collections.abc import Iterable, Iterator

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import JOINT
from complaints.case.correspondence.letters import LetterPosted, LetterPrepared
from complaints.case.fact import Fact
from complaints.case.workflow.tasks import CallAssigned
from complaints.casework.command import ALL, ANY, AT, Group, StaffDeclaration
from complaints.casework.correspondence.letters import Posted, facts_once_communicated
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.recorded_times import letter_told_at
from complaints.casework.workflow.tasks import call
from complaints.context.decision_context import Context
from complaints.letters.draft import way_of
from complaints.letters.triggers import called_for
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Way
from complaints.values.people import CASE_ROLES


def prepare(
    complaint: Complaint, facts: Iterable[Fact], context: Context
) -> Iterator[LetterPrepared | CallAssigned]:
    """The letters on paper that `facts` call for, or the calls in place of those that are told by telephone;
    `complaint` is the state after them."""
    letters = [letter for letter in called_for(complaint, facts, context.terms) if letter.on_paper]
    number = len(complaint.tasks)
    for letter in letters:
        if letter.to != JOINT and way_of(complaint, letter.kind) is Way.TELEPHONE:
            number += 1
            yield call(complaint, number, letter, context)
            continue
        yield LetterPrepared(
            at=context.now, by=context.by, letter=letter.id, kind=letter.recorded_as, about=letter.about
        )


def post(complaint: Complaint, command: Posted, context: Context) -> list[Fact]:
    """Records that a letter was posted: its content counts as communicated at that instant. Raises
    `Invalid`."""
    letter = next((each for each in complaint.to_post if each.letter == command.letter), None)
    if letter is None:
        raise Invalid(Wrong("/letter", "not-to-post"))
    told_at = letter_told_at(complaint, command.at, letter.prepared_at, context)
    posted = LetterPosted(
        at=context.now, by=context.by, letter=letter.letter, kind=letter.kind, told_at=told_at
    )
    return [
        posted,
        *facts_once_communicated(
            complaint, letter.letter, letter.kind, letter.about, Way.POST, told_at, context
        ),
    ]


def can_be_posted(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether a letter is still to be posted."""
    return must_have_no_interest(complaint, context) if complaint.to_post else NotNow()


STAFF = (
    StaffDeclaration(
        Posted,
        post,
        ALL,
        can_be_posted,
        feedback=ANY,
        when_merged=True,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=20,
        summary="Records that a letter on paper was posted",
        example={"letter": "000007.1", "at": AT},
    ),
)
