"""Routes an inbound mail: to each case that its addresses name, to a new complaint, or to staff.

    a signed reply address, and its complainant wrote ─▶ a message on that case
    a signed reply address, and another person wrote ──▶ stored and flagged, and nothing else
    the address of a site that takes mail ────────────▶ a new complaint
    a site, and it names a case that is sealed ───────▶ stored without who wrote it, for staff to look at
    a machine wrote, or the site is unknown ────────▶ stored, and never answered
    its sender is not authenticated ──────────────────▶ stored, for staff to look at

Every mail is stored, also one that cannot be parsed. A mail that is delivered twice is routed once.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from complaints.adapters.config import telemetry
from complaints.case.correspondence.mail import (
    MOST_OF_A_LINE,
    MOST_OF_FULL_TEXT,
    MOST_SHOWN,
    MailEnvelope,
    MailOutcome,
    ParsedMail,
    ReceivedMail,
)
from complaints.casework.people.contact_details import receipt_in_force
from complaints.context.case import Case
from complaints.delivery import reply_address
from complaints.delivery.email_address import mail_address
from complaints.delivery.sender_authentication import is_authentic
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid, Refusal, Unavailable
from complaints.values.text import case_reference
from functions.http import auth
from functions.serializers.parts.entries_with_texts import opened_facts_of
from functions.use_cases.correspondence import inbound_to_case

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.ports import Secrets
    from complaints.context.stores import CaseStore, Sites


MOST_NAMED = 20
"""How many references in the words of a mail are looked up."""

UNREADABLE = "unreadable"
"""Why nothing was taken of a mail that nothing could read."""


class Addressee(NamedTuple):
    """What a mail was sent to: a case by its signed address, or a site; or the sealed case that it names."""

    case: Case | None = None
    terms: SiteTerms | None = None
    is_signed: bool = True


def route(deps: "Container", arrival: MailEnvelope) -> None:
    """Reads, sorts and keeps a mail. Raises `LookupError` where it is not in the bucket (yet)."""
    raw = deps.files.mail(arrival.key)
    if raw is None:
        raise LookupError("the mail is not there")
    addressed = _addressed(deps, arrival)
    sites = [to.terms.site for to in addressed if to.terms]
    names = {name for site in sites for name in (site.name, *site.texts.letterhead.sender.values())}
    mail = inbound_to_case.read_mail(deps, raw, arrival, names)
    digest = sha256(raw).hexdigest()
    removed = []
    for place, to in enumerate(_or_sealed(deps, addressed, mail)):
        is_sealed = to.case is not None and to.case.complaint.sealed
        shown = mail.unnamed if is_sealed else mail
        received = _sorted(deps, _as_it_came(shown, arrival, to, place, digest), shown, to, arrival)
        if is_sealed:
            received = received.unnamed
        removed.append(deps.inbound_mail.keep(received).removed)
        fields = {"site": received.site, "reference": received.reference, "outcome": received.outcome}
        telemetry.note("mail", **fields, reason=received.reason)
    if all(removed):
        # Its cases were erased while it was on its way: nobody comes for it any more.
        deps.files.remove_mail(arrival.key)


def _as_it_came(
    mail: ParsedMail, arrival: MailEnvelope, to: Addressee, place: int, digest: str
) -> ReceivedMail:
    """Cuts the texts to what one item can hold, however large the mail is."""
    return ReceivedMail(
        id=mail.id,
        place=place,
        received_at=arrival.received_at,
        outcome=MailOutcome.NO_CASE,
        raw=arrival.key,
        digest=digest,
        site=to.terms.site.key if to.terms else "",
        reference=to.case.complaint.reference if to.case else None,
        sender=mail.sender[:MOST_OF_A_LINE],
        name=mail.name[:MOST_OF_A_LINE],
        reply_to="" if mail.reply_to == mail.sender else mail.reply_to[:MOST_OF_A_LINE],
        subject=mail.subject[:MOST_OF_A_LINE],
        message_id=mail.message_id,
        text=mail.text[:MOST_SHOWN],
        quoted=mail.quoted[:MOST_SHOWN],
        full_text=mail.full_text[:MOST_OF_FULL_TEXT],
        is_only_quoted=mail.is_only_quoted,
        attached=mail.attached,
        left=tuple(each.name for each in mail.enclosures),
        is_cut=max(len(mail.text), len(mail.quoted)) > MOST_SHOWN,
    )


def _sorted(
    deps: "Container",
    received: ReceivedMail,
    mail: ParsedMail,
    to: Addressee,
    arrival: MailEnvelope,
) -> ReceivedMail:
    """The mail with what became of it."""
    if arrival.is_harmful:
        return replace(received, outcome=MailOutcome.HARMFUL)
    if mail.is_unreadable:
        return replace(received, outcome=MailOutcome.NOT_TAKEN, reason=UNREADABLE)
    if mail.automatic:
        return replace(received, outcome=MailOutcome.AUTOMATIC, reason=mail.automatic)
    if to.terms is None:
        return received
    if arrival.is_forged or (arrival.is_spam and not (to.case and to.is_signed)):
        return replace(received, outcome=MailOutcome.FORGED)
    if not to.is_signed:
        return replace(received, outcome=MailOutcome.UNVERIFIED)
    if to.case and not _is_from(deps, to.case, mail.sender):
        return replace(received, outcome=MailOutcome.FROM_ANOTHER)
    if not is_authentic(arrival, mail):
        return replace(received, outcome=MailOutcome.UNVERIFIED)
    try:
        if to.case:
            return inbound_to_case.join(deps, received, mail, to.case, to.terms)
        return inbound_to_case.open_case(deps, received, mail, to.terms)
    except Unavailable:
        raise
    except Refusal as refusal:
        return replace(received, outcome=MailOutcome.NOT_TAKEN, reason=refusal.code)


def _addressed(deps: "Container", arrival: MailEnvelope) -> Sequence[Addressee]:
    """By the envelope alone: what stands in headers anybody may write. Parts of one case are that case."""
    domain = deps.settings.inbound_domain
    cases: dict[str, Case] = {}
    for case in _cases(deps.cases, deps.secrets, arrival, domain):
        cases.setdefault(auth.whole(deps.cases, case).complaint.reference, case)
    if cases:
        return [Addressee(case, deps.sites.terms(case.complaint.site)) for case in cases.values()]
    sites = (terms for recipient in arrival.recipients if (terms := _site_at(deps.sites, recipient, domain)))
    return [Addressee(None, next(sites, None))]


def _or_sealed(deps: "Container", addressed: Sequence[Addressee], mail: ParsedMail) -> Sequence[Addressee]:
    """A mail to a site that names a sealed case counts as one to the case: else the list of mails would show
    who wrote it beside the reference. It may be anybody's, and joins nothing by itself."""
    sealed = None if any(to.case for to in addressed) else _sealed_case_in(deps.cases, mail)
    if sealed is None:
        return addressed
    return [Addressee(sealed, deps.sites.terms(sealed.complaint.site), is_signed=False)]


def _sealed_case_in(cases: "CaseStore", mail: ParsedMail) -> Case | None:
    """A sealed case that a mail names and that was not erased: one read, where it names any case."""
    attached = (text for each in mail.attached for text in (each.subject, each.text))
    names = (each.name for each in mail.enclosures)
    said = "\n".join((mail.subject, mail.all_words, *attached, *names))
    named = frozenset(islice(case_reference.found_in(said), MOST_NAMED))
    found = cases.load_all(named) if named else {}
    is_sealed = (case for case in found.values() if case.complaint.sealed and not case.complaint.erasure)
    return next(is_sealed, None)


def _cases(cases: "CaseStore", secrets: "Secrets", arrival: MailEnvelope, domain: str) -> Iterator[Case]:
    for recipient in arrival.recipients:
        named = reply_address.read(recipient, domain)
        case = cases.load(named.reference) if named else None
        if named and case and reply_address.opens(case, named, secrets.ring("access")):
            yield case


def _site_at(sites: "Sites", recipient: str, domain: str) -> SiteTerms | None:
    name, _, at = recipient.partition("@")
    if at != domain:
        return None
    try:
        return sites.terms(name)
    except Invalid:
        return None


def _is_from(deps: "Container", case: Case, sender: str) -> bool:
    """Whether the complainant wrote, by the address that is on record."""
    complaint = case.complaint
    numbers = {1, complaint.contact.email}
    facts = opened_facts_of(
        deps, complaint.reference, numbers, complaint.language, with_identity=complaint.sealed
    )
    receipt = receipt_in_force(facts, complaint.contact)
    on_record = (receipt and receipt.email) or ""
    return bool(on_record) and on_record.lower() == (mail_address(sender) or "").lower()
