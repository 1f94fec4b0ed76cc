"""The letter of an invitation to become a member: a letter like any other, but one of no case."""

from datetime import datetime

from complaints.case.correspondence.letter import INVITED, Letter, LetterKind
from complaints.values.people import Invitation

PREFIX = "invitation-"


def is_invitation(reference: str) -> bool:
    """Whether this names the letters of an invitation, and no case."""
    return reference.startswith(PREFIX)


def id_in(reference: str) -> str:
    """The id of the invitation that letters of this reference are of.

    >>> id_in("invitation-3f2a")
    '3f2a'
    """
    return reference.removeprefix(PREFIX)


def draft(id: str, number: int, invitation: Invitation, sites: tuple[str, ...], at: datetime) -> Letter:
    """The letter that the entry with this `number` calls for; `sites` are their names."""
    return Letter(
        id=f"{number:06d}.1",
        kind=LetterKind.INVITATION,
        reference=PREFIX + id,
        site=invitation.sites[0],
        language=invitation.letter_language,
        to=INVITED,
        called_for=at,
        received_at=at,
        answer_by=invitation.valid_until,
        roles=invitation.roles,
        site_names=sites,
    )
