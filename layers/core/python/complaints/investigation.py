"""Investigation (clause 7.6): what was found, and why it happened."""

from msgspec.structs import replace

from complaints.commands import Find
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.facts import FindingRecorded
from complaints.given import Given
from complaints.words import Stage


def find(complaint: Complaint, command: Find, given: Given) -> list[Fact]:
    """Records a finding and its cause."""
    return [
        FindingRecorded(at=given.now, by=given.by, finding=command.finding, root_cause=command.root_cause)
    ]


def found(complaint: Complaint, fact: FindingRecorded) -> Complaint:
    return replace(complaint, stage=Stage.INVESTIGATING)
