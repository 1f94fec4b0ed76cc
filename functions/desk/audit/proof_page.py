"""The page of auditors about the proof of the record: how far it is sealed, and whether it fits."""

from urllib.parse import quote

from chalice.app import Response

from complaints.checkpoints.differences import Difference
from functions.desk.audit import proof
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http import auth
from functions.http.visit import Visit

ADDRESS = "/desk/proof"

_KINDS = {
    **dict.fromkeys(("missing", "text-missing", "leaves-missing", "rolled-back"), "missing"),
    **dict.fromkeys(("misplaced", "out-of-order"), "moved"),
    "forged": "forged",
}
"""What a harm is called in words; any other one is a change."""


@desk_page
def show(visit: Visit) -> Response:
    """How far the record is sealed, and what the last verifications found, the first difference first."""
    by, me = auth.authenticate(visit, auth.claims(visit, proof.READ), proof.READ)
    found = proof.proof_of(visit.deps)
    last = found.verifications[0] if found.verifications else None
    return desk_layout(
        visit,
        "proof.html",
        by,
        me,
        address=ADDRESS,
        place="proof",
        proof=found,
        last=last,
        differences=[_line(each) for each in last.differences] if last else [],
    )


def _line(difference: Difference) -> dict[str, str]:
    """A difference as the page shows it; a case leads to its page."""
    reference = difference.name.removeprefix("case#")
    is_case = difference.name.startswith("case#")
    number = f" {difference.number}" if difference.number is not None else ""
    return {
        "what": difference.what,
        "kind": _KINDS.get(difference.harm, "changed"),
        "harm": difference.harm,
        "name": f"{reference if is_case else difference.name}{number}",
        "address": f"/desk/cases/{quote(reference)}/audit" if is_case else "",
        "checkpoint": difference.checkpoint or "",
    }
