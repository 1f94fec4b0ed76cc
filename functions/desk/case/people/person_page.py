"""One person in view as a page: all complaints of who complains in a case."""

import secrets

from chalice.app import Response

from complaints.case.record.erasure import ErasureGround
from complaints.casework.record import party_erasure
from complaints.casework.record.erasure import Erase
from complaints.handling import permissions
from complaints.management.privacy.personal_data import IdentityCheck
from complaints.management.record import RecordKind
from complaints.management.service import may_do
from complaints.values.casework.access_log import AccessKind
from functions.desk.case.page import sheet
from functions.desk.case.people import erase_person, person
from functions.desk.session.guard import desk_page
from functions.http import auth
from functions.http.visit import Visit
from functions.use_cases.cases.case_access import open_case


@desk_page
def show(visit: Visit, reference: str) -> Response:
    """The complaints of the person of a case, the latest first."""
    at = open_case(
        visit,
        reference,
        person.READ,
        auth.claims(visit, person.READ),
        reads=AccessKind.PERSON,
    )
    names = {each.id: each.name for each in visit.deps.members.known(visit.deps.now())}
    seen = person.read(visit.deps, at, visit.language)
    own = next(each for each in seen.items if each.reference == at.case.complaint.reference)
    return sheet(
        visit,
        "person.html",
        at,
        below="/person",
        person=seen,
        names=names,
        is_known={
            each.reference
            for each in seen.items
            if each.linked or (own.address_confirmed and each.same_address)
        },
        once=secrets.token_urlsafe(12),
        orders=may_do(at.by, "order", RecordKind.PERSONAL_DATA),
        code=f"{visit.deps.now():%Y-%m-%d}-{secrets.token_hex(4)}",
        checks=tuple(IdentityCheck),
        people=party_erasure.besides_complainant(at.case.complaint),
        erases=permissions.may(at.by.roles, Erase.verb),
        grounds=tuple(ErasureGround),
        reasons=erase_person.REASONS,
        report=erase_person.report(visit.request.query),
    )
