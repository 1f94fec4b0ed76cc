"""What is shown of the cases that a case is connected to, to staff and never to complainants."""

from typing import Any

from complaints.model.complaint import Complaint


def shape(complaint: Complaint) -> dict[str, Any]:
    """Its links, the cases that are part of it, and the case that it is part of."""
    return {
        "links": complaint.links,
        "parts": complaint.parts,
        "merged_into": complaint.merged_into,
    }
