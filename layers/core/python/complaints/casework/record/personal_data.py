"""All that is held of a person (GDPR, Article 15), and what of a case is about other people.

A file for an ombudsman is looked at item by item (`case_file`). This one goes to the person, of many cases at
once: words that are often about somebody else are taken out of it, as nobody looked at each of them.
"""

from complaints.case.complaint import Complaint
from complaints.case.correspondence.messages import NoteAdded
from complaints.case.fact import Fact
from complaints.case.record.erasure import (
    LegalHoldLifted,
    LegalHoldSet,
    ProcessingRestricted,
    RestrictionLifted,
)
from complaints.case.record.personal_data import PersonalDataPrepared
from complaints.casework.command import Command
from complaints.casework.record.case_file import ABOUT_OTHERS
from complaints.context.decision_context import Context


class PreparePersonalData(Command, frozen=True, kw_only=True):
    """Puts on record that the case goes into the file of a `record`, which a member `asked_by` had made."""

    verb = "prepare_personal_data"
    record: str
    asked_by: str


NOTES = (NoteAdded, LegalHoldSet, LegalHoldLifted, ProcessingRestricted, RestrictionLifted)
"""What staff write for themselves alone: notes, and why a case is held or restricted, as for a lawsuit. Each
is read before the person gets it (GDPR, Article 15 (4))."""


def prepare(complaint: Complaint, command: PreparePersonalData, context: Context) -> list[Fact]:
    return [
        PersonalDataPrepared(at=context.now, by=context.by, record=command.record, asked_by=command.asked_by)
    ]


def is_left_out(fact: Fact, *, with_notes: bool) -> bool:
    """Whether what somebody wrote in a fact is taken out. `NOTES` are in `with_notes`, where somebody read
    them and found that they are about nobody else."""
    return not with_notes if isinstance(fact, NOTES) else isinstance(fact, ABOUT_OTHERS)
