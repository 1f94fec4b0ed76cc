"""Presence at a case: who else of the staff looks at it, or writes in it. A hint: nothing depends on it.

A page announces itself by a request of its own, so the page of a case costs what it cost before.
"""

from chalice.app import Response
from msgspec import Struct

from complaints.values.casework.presence import Present, others
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Member
from functions.use_cases.cases.case_access import open_case

READ = "read_case"


class AnnouncePresence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I look at the case; `writing`: I began to write something that is not sent yet."""

    writing: bool = False


class PresentMember(Struct, frozen=True, kw_only=True):
    """Who else looks at the case, and whether something is being written."""

    member: Member
    writing: bool


class Presence(Struct, frozen=True, kw_only=True):
    """Who else announced to be there within the last 90 seconds; who writes first."""

    others: list[PresentMember]


def announce(visit: Visit, reference: str) -> Response:
    """Says that I am there, and who else is."""
    asked = read(AnnouncePresence, visit.request.body)
    found = announced(visit, reference, is_writing=asked.writing)
    return json_response(
        Presence(others=[PresentMember(member=each.member, writing=each.is_writing) for each in found])
    )


def announced(visit: Visit, reference: str, *, is_writing: bool) -> list[Present]:
    """Who else is at a case that this member may see: the caller's read, and one write beside the case.

    Raises `NotFound`, `Forbidden`, `Unavailable`.
    """
    at = open_case(visit, reference, READ, auth.claims(visit, READ), reads=None)
    now = visit.deps.now()
    me = Present(at.member.id, is_writing, now)
    return others(visit.deps.presence.announce(at.case.complaint.reference, me), me.member, now)
