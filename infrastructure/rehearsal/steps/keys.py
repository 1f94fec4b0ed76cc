"""Keys in generations: a planned rotation, and one that was stolen."""

import boto3

from infrastructure.deployment.key_rotation import rotate
from infrastructure.rehearsal.installation import Complaint, Installation, check, once
from infrastructure.rehearsal.steps.complaint import complain

KEY = "access"


def rotate_key(installation: Installation) -> None:
    """the key of links is rotated: the functions that run go on"""
    rotate(boto3.client("ssm"), installation.stage.keys, KEY)
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
    case = f"/v1/complaints/{installation.complaint.reference}/link"
    link = installation.takes("POST", case, {"change": "renew"}, installation.complaint.headers | once())
    installation.complaint = installation.complaint._replace(access=link["access"])


def end_stolen_generation(installation: Installation) -> None:
    """the stolen generation of the key is ended, for functions from the next release on at the latest"""
    rotate(boto3.client("ssm"), installation.stage.keys, KEY, "0")


def refuse_ended_generation(installation: Installation) -> None:
    """links of the generation that was ended open nothing, those of the one after it do"""
    reference = installation.bouncing.reference
    got = installation.call("GET", f"/v1/complaints/{reference}", None, installation.bouncing.headers)
    check(got.status == 404, f"it was answered with {got.status}")
    _opens(installation, installation.complaint)


def _opens(installation: Installation, complaint: Complaint) -> None:
    served = installation.takes("GET", f"/v1/complaints/{complaint.reference}", None, complaint.headers)
    check(served["reference"] == complaint.reference, "another case is served")
