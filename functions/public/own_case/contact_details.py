"""Contact details on pages: the complainant corrects them, and a new mail address is confirmed.

The letter to the new address leads to the page that confirms it. Opening the page changes nothing: programs
that look into mails open links, too.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.people.contact_details import CONTACT_DETAILS
from complaints.casework.people.adjustments import AdjustOwn
from complaints.casework.people.contact_details import (
    ConfirmAddress,
    CorrectOwnContact,
    can_be_confirmed,
    receipt_in_force,
)
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, MistypedReference, TooMany, Wrong
from complaints.values.field_types import PREFERRED_WAYS
from complaints.values.people import COMPLAINANT
from functions.forms.inputs import FormError
from functions.forms.urlencoded import form_of_request
from functions.http import auth
from functions.http.auth import OpenedCase
from functions.http.parsing.validation import read
from functions.http.request import Request
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.public.own_case import complainant, link_exchange
from functions.public.own_case.page import LostLink, back_to_status, case_of_link, own_case_page
from functions.rendering.page import PRIVATE, page
from functions.serializers.parts.entries_with_texts import opened_facts_of

_FIELDS = (*CONTACT_DETAILS, "language", "preferred_way")
_CAN_BE_CHANGED = ("name", "email")
"""What may become something else, and not nothing."""
_CAN_BE_REMOVED = ("phone", "post")
_NOTHING: Mapping[str, str] = {}


@own_case_page
def show(visit: Visit, reference: str) -> Response:
    """The contact details in force, as a form."""
    token = link_exchange.token_of(visit.request)
    opened = case_of_link(visit, token, reference)
    if link_exchange.is_link(visit.request):
        path = f"/status/{opened.asked}"
        return link_exchange.exchanged(visit.deps.settings, visit.request, path, token, below="/contact")
    return _form(visit, opened, token, in_force(visit.deps, opened.case))


@own_case_page
def correct(visit: Visit, reference: str) -> Response:
    """Takes what changed; leads back to the status page."""
    form = form_of_request(visit.request)
    token = form.get("t", "")
    opened = case_of_link(visit, token, reference)
    known = in_force(visit.deps, opened.case)
    once = _once(visit.request, form)
    try:
        *removed, last = changes(form, known)
        asked = read(CorrectOwnContact, last)
        for each in removed:
            # Before the last, which has the key of the form: sent again, it does what was left undone.
            opened, _ = complainant.run_command(
                visit._replace(request=once),
                opened,
                read(CorrectOwnContact, each),
                address=f"{visit.request.route}|{each['remove']}",
            )
        complainant.run_command(visit._replace(request=once), opened, asked)
    except (Invalid, TooMany) as refusal:
        visit.request.note(problem=refusal.code)
        typed = {name: form.get(name, "") for name in _FIELDS}
        return _form(visit, opened, token, typed, status=status_of(refusal), errors=_errors(refusal))
    done = "address" if asked.email else "contact"
    return back_to_status(visit.deps.settings, opened.asked, token, form, done)


@own_case_page
def adjust(visit: Visit, reference: str) -> Response:
    """Takes what the person needs, or no longer needs; leads back to the status page."""
    form = form_of_request(visit.request)
    token = form.get("t", "")
    opened = case_of_link(visit, token, reference)
    values = {name: form[name] for name in ("adjustment", "details") if form.get(name)}
    try:
        command = read(AdjustOwn, values | {"needed": form.get("needed") != "no"})
        complainant.run_command(visit._replace(request=_once(visit.request, form)), opened, command)
    except (Invalid, TooMany) as refusal:
        visit.request.note(problem=refusal.code)
        typed = in_force(visit.deps, opened.case) | values
        return _form(visit, opened, token, typed, status=status_of(refusal), errors=_errors(refusal))
    return back_to_status(visit.deps.settings, opened.asked, token, form, "adjusted")


@own_case_page
def ask_to_confirm(visit: Visit, reference: str) -> Response:
    """Asks whether letters may go to the address to which the link was sent."""
    token = link_exchange.token_of(visit.request, link_exchange.ADDRESS)
    case = _proposed(visit.deps, reference, token)
    if case is None:
        raise LostLink
    address = f"/status/{case.complaint.reference}/address"
    if link_exchange.is_link(visit.request, link_exchange.ADDRESS):
        return link_exchange.exchanged(
            visit.deps.settings, visit.request, address, token, parameter=link_exchange.ADDRESS
        )
    return page(
        visit.deps,
        "confirm-address.html",
        language=visit.language,
        address=address,
        headers=PRIVATE,
        token=token,
        reference=case.complaint.reference,
    )


@own_case_page
def confirm(visit: Visit, reference: str) -> Response:
    """Confirms the address; leads to the status page by a new link."""
    form = form_of_request(visit.request)
    case = _proposed(visit.deps, reference, form.get("c", ""))
    if case is None:
        raise LostLink
    context = Context(now=visit.deps.now(), by=COMPLAINANT, terms=visit.deps.sites.terms(case.complaint.site))
    after = visit.deps.casework.carry_out(case, ConfirmAddress(), context)
    token = visit.deps.casework.access(after)
    return back_to_status(visit.deps.settings, after.complaint.reference, token, form, "confirmed")


def changes(form: Mapping[str, str], known: Mapping[str, str]) -> list[dict[str, str]]:
    """What the form says otherwise than is known, as one command, after those that it takes besides.

    Telephone and post are removed where they are empty; a command removes one of them. Raises `Invalid` where
    a name or a mail address that is known was emptied: nobody can be written to without one.
    """
    typed = {name: form.get(name, "").strip() for name in _FIELDS}
    changed = {
        name: value
        for name, value in typed.items()
        # A browser sends other line ends than those it was shown.
        if value and value.splitlines() != known[name].splitlines()
    }
    emptied = [name for name in _CAN_BE_CHANGED if known[name] and not typed[name]]
    if emptied:
        raise Invalid(*(Wrong(f"/{name}", "cannot-be-emptied") for name in emptied))
    gone = [{"remove": name} for name in _CAN_BE_REMOVED if known[name] and not typed[name]]
    return [*gone[:-1], changed | (gone[-1] if gone else {})]


def in_force(deps: Container, case: Case) -> dict[str, str]:
    """The details in force by the fields of the form."""
    complaint = case.complaint
    numbers = {1, *complaint.contact.numbers}
    facts = opened_facts_of(
        deps, complaint.reference, numbers, complaint.language, with_identity=complaint.sealed
    )
    receipt = receipt_in_force(facts, complaint.contact)
    details = {name: getattr(receipt, name) or "" for name in (*CONTACT_DETAILS, "preferred_way")}
    return details | {"language": complaint.language}


def _once(request: Request, form: Mapping[str, str]) -> Request:
    """The request with a key: a second press or a reload is the same write, other words are another."""
    message = "|".join(form.get(name, "") for name in ("once", *_FIELDS, "adjustment", "needed", "details"))
    return request.sending(request.raw, idempotency_key=hashlib.sha256(message.encode()).hexdigest())


def _proposed(deps: Container, typed: str, token: str) -> Case | None:
    """The case whose proposed mail address a token confirms, while it can be confirmed."""
    try:
        name = auth.reference_in(typed)
    except MistypedReference:
        return None
    case = deps.cases.load(name)
    # Without a case a token is made all the same: the time must not tell that there is none.
    if not deps.casework.confirms_address(case or deps.casework.missing_case(name), token) or case is None:
        return None
    context = Context(now=deps.now(), by=COMPLAINANT, terms=deps.sites.terms(case.complaint.site))
    return None if can_be_confirmed(case.complaint, context) else case


def _errors(refusal: Invalid | TooMany) -> list[FormError]:
    if isinstance(refusal, TooMany):
        return [FormError(None, "pages.errors.too_many")]
    return [
        FormError(wrong.pointer.removeprefix("/") or None, f"api.wrong.{wrong.code}", {"limit": wrong.limit})
        for wrong in refusal.errors
    ]


def _form(
    visit: Visit,
    opened: OpenedCase,
    token: str,
    typed: Mapping[str, str],
    *,
    status: int = 200,
    errors: Sequence[FormError] = (),
) -> Response:
    """A page that holds what was typed offers no other language: it would be lost."""
    complaint = opened.case.complaint
    site = visit.deps.sites.terms(complaint.site).site
    language = visit.deps.catalogues.spoken(
        visit.request.query.get("lang", ""), complaint.language, site.language
    )
    return page(
        visit.deps,
        "own-contact.html",
        language=language,
        address=f"/status/{opened.asked}/contact",
        owner=site.name,
        letterhead=site.texts.letterhead,
        offered=() if errors else None,
        status=status,
        headers=PRIVATE,
        asked=opened.asked,
        is_anonymous=complaint.is_anonymous,
        token=token,
        once=secrets.token_urlsafe(16),
        typed={"adjustment": "", "details": ""} | dict(typed),
        errors=errors,
        spoken=[(tag, visit.deps.catalogues.text(tag, "words.language")) for tag in site.languages],
        ways=PREFERRED_WAYS,
        needed=[each.kind for each in complaint.adjustments],
        kinds=[kind for kind in AdjustmentKind if not complaint.needs(kind)],
    )
