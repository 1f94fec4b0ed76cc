"""The complainant renews or withdraws the link to the own complaint: all earlier ones open nothing any more.

An answer that was lost would lock out who gets no mail. So the same request is answered once more: it brings
the former token or its receipt code, and the key that nobody else knows.
"""

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.casework.correspondence.lost_link import ChangeOwnLink
from complaints.context.case import Case
from complaints.values.errors import NotFound
from functions.http import auth, idempotency
from functions.http.auth import OpenedCase
from functions.http.parsing.validation import read
from functions.http.request import Request
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.public.own_case import complainant
from functions.serializers.field_types import Reference


class OwnLink(Struct, frozen=True, kw_only=True):
    """The token and the link that took the place of all earlier ones; none where they were withdrawn."""

    reference: Reference
    access: str | None
    status_url: str | None


def change(visit: Visit, reference: str) -> Response:
    """Ends all links; the answer has what opens the complaint now."""
    token = visit.request.bearer()
    command = read(ChangeOwnLink, visit.request.body)
    after, replayed = changed(visit, token, reference, command)
    return json_response(
        link_now(visit.deps, after), headers={"Idempotent-Replayed": "true"} if replayed else {}
    )


def changed(visit: Visit, token: str, typed: str, command: ChangeOwnLink) -> tuple[OpenedCase, bool]:
    """The case after the change, and whether it was done before. Raises `MistypedReference`, `NotFound`."""
    try:
        opened = auth.case_opened_by(visit.deps.cases, visit.deps.casework, visit.request, token, typed)
    except NotFound:
        return _changed_before(visit, token, typed), True
    return complainant.run_command(
        visit, opened, command, address=_address_of(visit.request, token, opened.case)
    )


def _changed_before(visit: Visit, token: str, typed: str) -> OpenedCase:
    """What the same request changed before, with the token that it ended."""
    name = auth.reference_in(typed)
    ended = _case_it_opened(visit.deps, token, name)
    guard = idempotency.guard_of(visit, name, _address_of(visit.request, token, ended), visit.deps.now())
    if guard is None or not idempotency.is_replay(
        guard, visit.deps.cases.look_up(name, guard=guard.id).guard
    ):
        raise NotFound
    return OpenedCase(ended, name)


def _case_it_opened(deps: Container, token: str, name: str) -> Case:
    """The case whose links a token opened until they were changed last: the one of this reference, or the one
    that it has become part of. Raises `NotFound`."""
    part = deps.cases.load(name)
    # Without a case tokens are made all the same: the time must not tell that there is none.
    known = part or deps.casework.missing_case(name)
    was_ended, is_of_part = deps.casework.was_opened(known, token), deps.casework.is_opened(known, token)
    if part and was_ended:
        return part
    if part and is_of_part:
        whole = auth.whole(deps.cases, part)
        # The token of a part opens the whole until the first change of its links.
        if whole is not part and whole.complaint.links_renewed == 1:
            return whole
    raise NotFound


def _address_of(request: Request, token: str, case: Case) -> str:
    """What a key is for: a change of this case's links with this token. With another token, or of a case that
    this one has become part of since, it is none that was done before."""
    return f"{request.route}|{case.complaint.reference}|{token}"


def link_now(deps: Container, opened: OpenedCase) -> OwnLink:
    """What opens the complaint now, by the reference of the case that it is, or became part of."""
    reference = opened.case.complaint.reference
    if opened.case.complaint.link_withdrawn:
        return OwnLink(reference=reference, access=None, status_url=None)
    access = deps.casework.access(opened.case)
    return OwnLink(
        reference=reference, access=access, status_url=f"{deps.settings.url}/status/{reference}?t={access}"
    )
