"""Sends a lost link again: by reference and mail address, or by the address alone. The answer never tells
whether they match.

By the address alone one write is all that is done here: what it leads to is looked up by the function that
follows the stream. Whatever is named besides, as much is read and written, and the same page comes back. The
letter goes to the address on record; nobody learns it here. Where it is sealed who complains, it goes
whatever address is typed: staff see in the case that a link was asked for, and would learn by that whose
address it is.
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalice.app import Response
from msgspec.structs import replace

from complaints.adapters.container import Container
from complaints.case.record.redaction import COMPLAINT_ITSELF
from complaints.casework.correspondence import lost_link
from complaints.casework.correspondence.lost_link import AskLink
from complaints.casework.people.contact_details import WITH_ADDRESS
from complaints.context.case import Case, Guard
from complaints.context.decision_context import Context
from complaints.delivery.email_address import mail_address
from complaints.delivery.rate_limits import LINKS_OF_A_BOX, box
from complaints.site.site import SiteTerms
from complaints.values.errors import MistypedReference, NotNow, Unavailable
from complaints.values.people import MACHINE
from complaints.values.text.normalization import match_key
from functions.forms.inputs import FormError
from functions.forms.urlencoded import form_of_request
from functions.http import auth
from functions.http.request import Request
from functions.http.visit import Visit
from functions.rendering.page import PRIVATE, Headers, as_page, link, page
from functions.serializers.parts.entries_with_texts import opened_facts_of

if TYPE_CHECKING:
    from complaints.context.ports import Secrets
    from complaints.handling.service import Casework


ADDRESS = "/status"
EMPTY: Mapping[str, str] = {}
_A_DAY = timedelta(days=1)

ITEMS_OF_A_LINK = 3
"""What is written where a link is sent: the head of the case, the entry, and the letter."""


@as_page
def show(visit: Visit) -> Response:
    """The form, or what follows now that it was sent."""
    return _page(visit.deps, visit.language, done=visit.request.query.get("done") == "asked")


@as_page
def ask(visit: Visit) -> Response:
    """Has the link sent, if there is one to send; leads to the same page either way."""
    form = form_of_request(visit.request)
    address = mail_address(form.get("email", "").strip())
    named = form.get("reference", "").strip()
    try:
        reference = auth.reference_in(named) if named else ""
    except MistypedReference:
        reference = None
    if reference is None or address is None:
        return _page(visit.deps, visit.language, status=422, typed=form, errors=_errors(reference, address))
    if reference:
        _send(visit, reference, address)
    else:
        _send_all(visit.deps, match_key(address))
    headers: Headers = PRIVATE | {
        "Location": link(visit.deps.settings, ADDRESS, {"lang": visit.language, "done": "asked"})
    }
    return Response(body="", status_code=303, headers=headers)


def _send_all(deps: Container, address: str) -> None:
    now = deps.now()
    name = f"links|{address}|{now:%Y-%m-%d}"
    deps.lost_links.ask(_keyed_hash(deps.secrets, name), address, now)


def _send(visit: Visit, reference: str, address: str) -> None:
    """Asks the table for the same things, in the same order and as many, whatever is named: neither the
    answer nor the time tells whether it fits."""
    now = visit.deps.now()
    case = visit.deps.cases.load(reference)
    is_sealed = case is not None and lost_link.goes_whatever_is_typed(case.complaint)
    turns = _turns(visit.deps.secrets, reference, "" if is_sealed else address, now)
    if not any(visit.deps.cases.spend(turn) for turn in turns):
        return
    is_theirs = (
        lost_link.is_address(address, _on_record(visit.deps, visit.language, reference, case)) or is_sealed
    )
    terms = _terms(visit.deps, case)
    if case is None or not is_theirs or not _was_sent(visit.deps.casework, visit.request, case, terms, now):
        name = f"nothing|{reference}|{address}|{now.isoformat()}"
        visit.deps.cases.spend_together(
            _guard(visit.deps.secrets, f"{name}|{item}", now) for item in range(ITEMS_OF_A_LINK)
        )


def _terms(deps: Container, case: Case | None) -> SiteTerms:
    """The terms of the case's site, read anew; those of any site where there is no case.

    Packs are left out: a link moves no promise, and a site with packs of its own costs no more than another.
    """
    sites = deps.sites.all()
    site = next((site for site in sites if case and site.key == case.complaint.site), sites[0])
    return deps.sites.terms_as(replace(site, packs=(), formerly=(), own=()))


def _was_sent(casework: "Casework", request: Request, case: Case, terms: SiteTerms, now: datetime) -> bool:
    context = Context(now=now, by=MACHINE, terms=terms)
    try:
        casework.carry_out(case, AskLink(), context)
    except (NotNow, Unavailable) as refusal:
        request.note(problem=refusal.code)
        return False
    request.note(reference=case.complaint.reference, site=case.complaint.site)
    return True


def _on_record(deps: Container, language: str, reference: str, case: Case | None) -> str:
    """The mail address of the complainant; nothing where there is none, or no complaint.

    It takes one entry, also where the address was corrected.
    """
    entry = case.complaint.contact.email if case else COMPLAINT_ITSELF
    # A sealed identity is asked for of every case: nothing tells which has one.
    facts = opened_facts_of(deps, reference, {entry}, language, with_identity=True)
    addresses = (fact.email for _, fact in facts if isinstance(fact, WITH_ADDRESS))
    return next((address for address in addresses if address), "")


def _turns(secrets: "Secrets", reference: str, address: str, now: datetime) -> Iterator[Guard]:
    """How often it may be asked for in a day by an address, each time once; what is not there has as many
    turns. By no address: by all of them together."""
    asked = f"link|{reference}|{box(address)}|{now:%Y-%m-%d}"
    return (_guard(secrets, f"{asked}|{turn}", now) for turn in range(LINKS_OF_A_BOX))


def _guard(secrets: "Secrets", name: str, now: datetime) -> Guard:
    return Guard(id=_keyed_hash(secrets, name), at=now, expires=now + _A_DAY)


def _keyed_hash(secrets: "Secrets", name: str) -> str:
    return hmac.digest(secrets.key("replay"), name.encode(), "sha256").hex()


def _errors(reference: str | None, address: str | None) -> list[FormError]:
    """What is wrong with what was typed, as far as it can be seen without a look at any complaint."""
    wrong = {"email": address is None, "reference": reference is None}
    return [FormError(name, f"pages.link.wrong.{name}") for name, is_wrong in wrong.items() if is_wrong]


def _page(
    deps: Container,
    language: str,
    *,
    status: int = 200,
    typed: Mapping[str, str] = EMPTY,
    errors: Sequence[FormError] = (),
    done: bool = False,
) -> Response:
    return page(
        deps,
        "link.html",
        language=language,
        address=ADDRESS,
        status=status,
        headers=PRIVATE,
        typed=typed,
        errors=errors,
        done=done,
    )
