"""What a case holds of that which must not be lost, counted from its chain."""

from collections.abc import Iterable

from complaints import chain
from complaints.chain import StoredEntry
from complaints.complaint import Complaint
from complaints.correspondence import MESSAGES
from complaints.pairs.ties import Belongings


def inventory(complaint: Complaint, entries: Iterable[StoredEntry], letters: int) -> Belongings:
    """The messages that stand in its entries, its letters, and the files that are kept."""
    facts = (fact for entry in entries for fact in chain.decode(entry.data).facts)
    return Belongings(
        messages=sum(isinstance(fact, MESSAGES) for fact in facts),
        letters=letters,
        attachments=sum(file.is_kept for file in complaint.attachments),
    )
