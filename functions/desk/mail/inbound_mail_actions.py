"""What staff do with a mail that no case took by itself.

it came to the address of a case, from another address ──▶ `join`, after a look
it came to a site, and is a complaint ───────────────────▶ `make_complaint`
it came to no site ──────────────────────────────────────▶ `move` to one, whose staff see to it
"""

from datetime import timedelta
from typing import Any

from chalice.app import Response
from msgspec import Struct, field
from msgspec.structs import replace

from complaints.adapters.container import Container
from complaints.case.correspondence.mail import (
    MOST_OF_A_LINE,
    MOST_SHOWN,
    MailEnvelope,
    MailOutcome,
    ParsedMail,
    ReceivedMail,
)
from complaints.casework.correspondence.messages import JoinMail
from complaints.casework.process.receipt import Receive
from complaints.context.case import AlreadyUsed, Case, Guard
from complaints.context.decision_context import Context
from complaints.delivery.email_address import mail_address
from complaints.handling.service import Submission, TakenCase
from complaints.values.details_told import Details, Person
from complaints.values.errors import Invalid, MailSettled, NotFound, Wrong
from complaints.values.field_types import Channel, LongText, ShortText
from complaints.values.own_fields import stored
from functions.desk.intake.intake import RECEIVE, receipt
from functions.desk.mail import inbound_mail
from functions.desk.mail.inbound_mail import OpenedMail
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.use_cases.submission import own_answers
from functions.use_cases.submission.form_validation import wrong_day
from functions.use_cases.submission.submission_schema import OwnAnswers
from functions.use_cases.submission.submission_to_command import known_to_be_wrong

JOIN, MOVE = JoinMail.verb, "move_mail"
KNOWN = timedelta(days=30)
"""How long it is known that a mail joined a case: one that is asked for again joins once."""

TAKEN = (MailOutcome.JOINED, MailOutcome.OPENED)


class MailJoining(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The case that a mail joins: without a reference, the one whose address it was sent to."""

    reference: ShortText | None = None


class MailComplaint(Details, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a complaint says that is made of a mail: where a field is left out, what the mail says.

    `email` is where we write: without it, the address that the mail is from.
    """

    email: ShortText | None = None
    name: ShortText | None = None
    subject: ShortText | None = None
    description: LongText | None = None
    category: ShortText | None = None
    danger: bool = False
    fields: OwnAnswers = field(default_factory=dict)
    language: ShortText | None = None


class MailMove(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The site whose staff a mail of none is for."""

    site: ShortText


def join(visit: Visit, mail: str) -> Response:
    """Lets a mail join a case: 200 with the mail."""
    looked = inbound_mail.looked_at(visit, mail, JOIN)
    wish = read(MailJoining, visit.request.body) if visit.request.raw else MailJoining()
    return json_response(
        inbound_mail.mail_view(visit.deps, visit.language, joined(visit, looked, wish.reference))
    )


def joined(visit: Visit, looked: OpenedMail, typed: str | None = None) -> ReceivedMail:
    """The mail, which has joined the case that is named, or its own. Doing it again changes nothing.

    Raises `Invalid`, `MistypedReference`, `NotFound`, `MailSettled`, and what the rule raises.
    """
    mail = looked.mail
    target = auth.reference_in(typed) if typed else mail.reference
    if target is None:
        raise Invalid(Wrong("/reference", "missing"))
    if mail.outcome is MailOutcome.JOINED and mail.reference == target:
        return mail
    _must_wait(mail)
    named = auth.case_for(visit.deps.sites, visit.request, visit.deps.cases.load(target), looked.member)
    if named.complaint.site != mail.site:
        raise NotFound
    if named.complaint.sealed and (parsed := _as_it_came(visit.deps, mail)):
        # What it quotes are letters, which begin with the name of the person.
        mail = replace(mail, text=parsed.unnamed.text[:MOST_SHOWN], quoted="", full_text="")
    terms = visit.deps.sites.terms(mail.site)
    context = Context(now=visit.deps.now(), by=looked.by, terms=terms)
    case = _with_mail(visit.deps, auth.whole(visit.deps.cases, named), mail, context)
    handled = replace(
        mail, outcome=MailOutcome.JOINED, reference=target, reason=None, settled_by=looked.by.id
    )
    return _settled(visit.deps, _with_files(visit.deps, handled, case, context), case)


def make_complaint(visit: Visit, mail: str) -> Response:
    """Makes a complaint of a mail: 201 with its receipt."""
    looked = inbound_mail.looked_at(visit, mail, RECEIVE)
    wish = read_complaint(visit.request.body if visit.request.raw else {})
    return receipt(visit.deps, complaint_of(visit.deps, looked, wish))


def read_complaint(body: dict[str, Any]) -> MailComplaint:
    """What was sent. Raises `Invalid`."""
    if wrong := [*wrong_day(body), *own_answers.wrong_types(body.get("fields"))]:
        raise Invalid(*wrong)
    return read(MailComplaint, body)


def complaint_of(deps: Container, looked: OpenedMail, wish: MailComplaint) -> TakenCase:
    """The complaint that is made of a mail, once, however often it is asked for.

    It was received when the mail came. Raises `Invalid`, `MailSettled`.
    """
    mail = looked.mail
    is_opened = mail.outcome is MailOutcome.OPENED
    if not is_opened:
        _must_wait(mail)
    terms = deps.sites.terms(mail.site)
    context = Context(now=deps.now(), by=looked.by, terms=terms)
    submission = Submission(site=mail.site, key=f"mail-{mail.id}", body="")
    taken = deps.casework.receive(_complaint(deps, mail, wish, terms.site.language), context, submission)
    if not is_opened:
        reference = taken.case.complaint.reference
        handled = replace(
            mail, outcome=MailOutcome.OPENED, reference=reference, reason=None, settled_by=looked.by.id
        )
        _settled(deps, _with_files(deps, handled, taken.case, context), taken.case)
    return taken


def _complaint(deps: Container, mail: ReceivedMail, wish: MailComplaint, language: str) -> Receive:
    """What the mail says, where the member of staff says nothing else. Raises `Invalid`."""
    email = mail_address(wish.email or mail.sender)
    text = mail.all_words or mail.subject
    description = wish.description or text[:MOST_SHOWN]
    wrong = [*known_to_be_wrong(deps, mail.site, wish.category or "", wish.occurred_on, wish.fields)]
    if email is None:
        wrong.append(Wrong("/email", "not-a-mail-address"))
    if not description:
        wrong.append(Wrong("/description", "missing"))
    if wrong:
        raise Invalid(*wrong)
    return Receive(
        language=wish.language or language,
        channel=Channel.EMAIL,
        received_at=mail.received_at,
        person=Person(name=wish.name or mail.name or None, email=email),
        subject=wish.subject or mail.subject or None,
        description=description,
        category=wish.category,
        danger=wish.danger or wish.danger_details is not None,
        details=Details.of(wish),
        own_fields=stored(own_answers.as_text(wish.fields)),
        message_id=mail.message_id,
        raw=mail.as_it_came,
    )


def move(visit: Visit, mail: str) -> Response:
    """Gives a mail that names no site to the staff of one: 200 with the mail as they see it."""
    looked = inbound_mail.looked_at(visit, mail, MOVE)
    return json_response(
        inbound_mail.mail_view(
            visit.deps, visit.language, moved(visit.deps, looked, read(MailMove, visit.request.body).site)
        )
    )


def moved(deps: Container, looked: OpenedMail, site: str) -> ReceivedMail:
    """The mail as it waits at the site. Raises `Invalid` for one that there is not, `MailSettled`."""
    mail = looked.mail
    if mail.site or mail.outcome in (MailOutcome.MOVED, MailOutcome.HARMFUL):
        raise MailSettled
    there = replace(mail, site=deps.sites.terms(site).site.key)
    # What dies in between is asked for again.
    deps.inbound_mail.keep(there)
    deps.inbound_mail.settle(replace(mail.emptied, outcome=MailOutcome.MOVED, settled_by=looked.by.id))
    return there


def _must_wait(mail: ReceivedMail) -> None:
    """Raises `MailSettled` for a mail that waits for nobody, or that names no site yet."""
    if mail.outcome in (*TAKEN, MailOutcome.HARMFUL) or mail.removed or not mail.site:
        raise MailSettled


def _settled(deps: Container, mail: ReceivedMail, case: Case) -> ReceivedMail:
    """The mail as it is kept; one whose case was erased just now is not kept as it came, either. That of a
    sealed case no longer says who wrote it."""
    kept = deps.inbound_mail.settle(mail.unnamed if case.complaint.sealed else mail)
    if kept.removed and not mail.removed:
        deps.files.remove_mail(mail.raw)
    return kept


def _with_files(deps: Container, mail: ReceivedMail, case: Case, context: Context) -> ReceivedMail:
    """The mail with the files that the case took of it; they lie in the mail as it came."""
    parsed = _as_it_came(deps, mail) if mail.left else None
    if parsed is None:
        return mail
    # Imported here: what reads mail is large, and most visits have no use for it.
    from functions.use_cases.correspondence.inbound_to_case import with_files

    return with_files(deps, mail, parsed, case, context)


def _as_it_came(deps: Container, mail: ReceivedMail) -> ParsedMail | None:
    """The mail as it lies in the bucket, if it still does."""
    raw = deps.files.mail(mail.raw)
    if raw is None:
        return None
    from functions.use_cases.correspondence import inbound_to_case

    arrival = MailEnvelope(key=mail.raw, received_at=mail.received_at, envelope="", recipients=())
    return inbound_to_case.read_mail(deps, raw, arrival)


def _with_mail(deps: Container, case: Case, mail: ReceivedMail, context: Context) -> Case:
    """The case with the mail, once, however often it is asked for."""
    name = deps.inbound_mail.name_of(mail)
    sender = mail.sender
    if mail.sealed and case.complaint.sealed and (parsed := _as_it_came(deps, mail)):
        # Who wrote it goes from the mail to what is sealed of the case, past whoever looks at it. In a case
        # that is not sealed everybody would read it.
        sender = parsed.sender[:MOST_OF_A_LINE]
    guard = Guard(id=f"mail-joins-{mail.site}-{name}", at=context.now, expires=context.now + KNOWN)
    command = JoinMail(
        mail=name,
        text=(mail.text or mail.quoted)[:MOST_SHOWN] or None,
        sender=sender or None,
        raw=mail.as_it_came,
    )
    try:
        return deps.casework.carry_out(case, command, context, guard=guard)
    except AlreadyUsed:
        return deps.cases.load(case.complaint.reference) or case
