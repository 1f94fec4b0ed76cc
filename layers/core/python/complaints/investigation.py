"""Investigation (clause 7.6): what was found, and why it happened."""

from msgspec.structs import replace

from complaints.codes import CodeList
from complaints.commands import Find
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.facts import FindingRecorded
from complaints.given import Given
from complaints.refusals import Invalid, Wrong
from complaints.words import Stage


def find(complaint: Complaint, command: Find, given: Given) -> list[Fact]:
    """Records a finding and its cause. Raises `Invalid` for a cause that the site does not offer."""
    if not given.terms.site.codes.offers(CodeList.CAUSES, command.root_cause):
        raise Invalid(Wrong("/root_cause", "unknown-value"))
    return [
        FindingRecorded(at=given.now, by=given.by, finding=command.finding, root_cause=command.root_cause)
    ]


def found(complaint: Complaint, fact: FindingRecorded) -> Complaint:
    return replace(complaint, stage=Stage.INVESTIGATING, cause=fact.root_cause)
