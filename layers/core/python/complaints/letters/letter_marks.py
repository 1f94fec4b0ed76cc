"""What facts say of letters on paper, for the states of those letters."""

from collections.abc import Iterable, Iterator

from complaints.case.correspondence.letters import LetterPosted
from complaints.case.fact import Fact
from complaints.case.workflow.tasks import TaskCancelled, TaskCompleted
from complaints.context.case import LetterMark
from complaints.delivery.delivery_state import SPARED, WANTED
from complaints.values.field_types import Way

POSTED, TOLD = "posted", "told"
"""The states of a letter that was posted, and of one whose content was told on the telephone."""


def marks_of(facts: Iterable[Fact]) -> Iterator[LetterMark]:
    """What `facts` say of letters on paper, for the letters themselves."""
    for fact in facts:
        if isinstance(fact, LetterPosted):
            yield LetterMark(letter=fact.letter, state=POSTED)
        elif isinstance(fact, TaskCompleted) and fact.letter:
            yield LetterMark(letter=fact.letter, state=TOLD)
        elif isinstance(fact, TaskCancelled) and fact.letter and fact.way is Way.MAIL:
            yield LetterMark(letter=fact.letter, state=WANTED, mailed_at=fact.at)
        elif isinstance(fact, TaskCancelled) and fact.letter and fact.way is None:
            yield LetterMark(letter=fact.letter, state=SPARED)
