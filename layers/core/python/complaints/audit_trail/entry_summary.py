"""What a case holds of that which must not be lost, counted from its chain."""

from collections.abc import Iterable

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.facts import MESSAGES
from complaints.case.record.links import CaseContents


def inventory(complaint: Complaint, entries: Iterable[StoredEntry], letters: int) -> CaseContents:
    """The messages that stand in its entries, its letters, and the stored files."""
    facts = (fact for entry in entries for fact in hash_chain.decode(entry.data).facts)
    return CaseContents(
        messages=sum(isinstance(fact, MESSAGES) for fact in facts),
        letters=letters,
        attachments=sum(file.is_kept for file in complaint.attachments),
    )
