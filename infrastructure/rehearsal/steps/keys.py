"""Keys in generations: a planned rotation, and one that was stolen."""

import secrets

from complaints.adapters.secrets import ParameterStoreSecrets
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.handling.service import Casework
from infrastructure.rehearsal.installation import Complaint, Installation, check
from infrastructure.rehearsal.steps.complaint import complain

KEY = "access"


def rotate_key(installation: Installation) -> None:
    """the key of links is rotated: the functions that run go on"""
    installation.command("-m", "infrastructure.cli.rotate", KEY, installation.stage.name)
    _opens(installation, installation.complaint)


def open_both_generations(installation: Installation) -> None:
    """links of before open, and new ones name the new generation"""
    _opens(installation, installation.complaint)
    later = complain(installation, "grace@example.com")
    check(
        later.access.startswith("1") and len(later.access) > len(installation.bouncing.access),
        "it names none",
    )
    _opens(installation, later)
    installation.complaint = installation.complaint._replace(access=_link_of_today(installation))
    _opens(installation, installation.complaint)


def _link_of_today(installation: Installation) -> str:
    """What a letter that is written now would have in its link."""
    keys = ParameterStoreSecrets(installation.stage.keys, [KEY])
    case = DynamoCases().load(installation.complaint.reference)
    assert case is not None, "it was taken"
    return Casework(DynamoCases(), keys, secrets.token_bytes).access(case)


def end_stolen_generation(installation: Installation) -> None:
    """the stolen generation of the key is ended, for functions from the next release on at the latest"""
    installation.command("-m", "infrastructure.cli.rotate", KEY, installation.stage.name, "--end", "0")


def refuse_ended_generation(installation: Installation) -> None:
    """links of the generation that was ended open nothing, those of the one after it do"""
    reference = installation.bouncing.reference
    got = installation.call("GET", f"/v1/complaints/{reference}", None, installation.bouncing.headers)
    check(got.status == 404, f"it was answered with {got.status}")
    _opens(installation, installation.complaint)


def _opens(installation: Installation, complaint: Complaint) -> None:
    served = installation.takes("GET", f"/v1/complaints/{complaint.reference}", None, complaint.headers)
    check(served["reference"] == complaint.reference, "another case is served")
