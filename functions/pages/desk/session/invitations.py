"""Accepts invitations: whoever signs in with an invited mail address becomes a member, as does a user of the
directory.

The provider has verified the address (OpenID Connect Core, 5.1), so no link holds a secret: whoever reads the
letter and cannot sign in as the person gets nowhere, and nobody learns which addresses are invited.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from complaints.context.ports import Claims
from complaints.settings.members.invitations import is_for_address
from complaints.settings.setting import Record
from complaints.settings.settings_context import among
from complaints.values.directory import DirectoryAccount
from complaints.values.people import Actor, Invitation
from complaints.values.text.caseless_matching import match_key

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def accept(deps: "Container", found: Claims) -> None:
    """Accepts what the verified address of whoever signs in is invited to, by somebody or the directory."""
    if not found.email:
        return
    now = deps.now()
    people = deps.settings_store.people()
    by = Actor("staff", found.subject)
    context = among(people, now=now, by=by, shipped_data=deps.shipped_data)
    for each in people:
        if _is_for(each.record, found.email, now):
            deps.settings_service.join(each.id, context)


def _is_for(record: Record | None, address: str, now: datetime) -> bool:
    if isinstance(record, Invitation):
        return record.is_open(now) and is_for_address(record, address)
    if isinstance(record, DirectoryAccount):
        names = {match_key(record.user.email), match_key(record.user.user_name)}
        return record.member is None and record.user.active and match_key(address) in names
    return False
