"""Every command of staff on a case, as its subject declares it, in the order of `allowed_commands`.

Permissions, the page of a case and the API's description follow from it. The fields of a command are those of
its type, and its texts stand in the catalogues under its verb.
"""

from complaints.casework.command import StaffDeclaration
from complaints.casework.correspondence import deadline_extension, lost_link, messages
from complaints.casework.outcome import classification, decision, feedback, points, referral, remedies
from complaints.casework.people import (
    adjustments,
    conflicts_of_interest,
    contact_details,
    contact_plan,
    identity,
    joint_complaints,
    parties,
    vulnerability,
)
from complaints.casework.process import (
    acknowledgement,
    assessment,
    closing,
    escalation,
    holding_letter,
    investigation,
)
from complaints.casework.record import (
    attachments,
    case_file,
    details,
    erasure,
    links,
    merging,
    party_erasure,
    redaction,
)
from complaints.casework.workflow import assignment, corrective_actions, safety, tasks
from complaints.letters import paper_letters

_DECLARED = (
    *acknowledgement.STAFF,
    *assignment.STAFF,
    *assessment.STAFF,
    *classification.STAFF,
    *safety.STAFF,
    *messages.STAFF,
    *attachments.STAFF,
    *investigation.STAFF,
    *points.STAFF,
    *decision.STAFF,
    *closing.STAFF,
    *remedies.STAFF,
    *escalation.STAFF,
    *deadline_extension.STAFF,
    *holding_letter.STAFF,
    *referral.STAFF,
    *conflicts_of_interest.STAFF,
    *vulnerability.STAFF,
    *adjustments.STAFF,
    *lost_link.STAFF,
    *contact_plan.STAFF,
    *joint_complaints.STAFF,
    *parties.STAFF,
    *contact_details.STAFF,
    *details.STAFF,
    *paper_letters.STAFF,
    *feedback.STAFF,
    *links.STAFF,
    *merging.STAFF,
    *tasks.STAFF,
    *corrective_actions.STAFF,
    *redaction.STAFF,
    *identity.STAFF,
    *case_file.STAFF,
    *erasure.STAFF,
    *party_erasure.STAFF,
)

STAFF_COMMANDS: dict[str, StaffDeclaration] = {each.command.verb: each for each in _DECLARED}
"""By verb."""
