"""Mail that came in, at the desk: what was taken into cases, and what waits for somebody to look at it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from chalice.app import Response
from msgspec import Struct, field

from complaints.adapters.container import Container
from complaints.case.correspondence.mail import ReceivedMail
from complaints.handling.permissions import may
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import NotFound
from complaints.values.people import Actor, Member
from functions.http import auth, cursors
from functions.http.formats.response_size import first_that_fit
from functions.http.parsing.query_params import limit_of
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor, Moment, Reference
from functions.serializers.parts import complaint
from functions.use_cases.cases.case_access import note_reading

if TYPE_CHECKING:
    from complaints.context.stores import Sites


OF_A_SITE, OF_NONE = "read_mail", "read_stray_mail"


class OpenedMail(NamedTuple):
    """Who looks at a mail, and the mail."""

    by: Actor
    member: Member
    mail: ReceivedMail


class MailSender(Struct, frozen=True, kw_only=True):
    """Who wrote a mail, by its own word."""

    address: str
    name: str | None


class AttachedMail(Struct, frozen=True, kw_only=True):
    """A mail that another one had attached."""

    sender: str | None = field(name="from")
    subject: str | None
    text: str


class MailFiles(Struct, frozen=True, kw_only=True):
    """The names of the files that came with a mail: those that a case has kept, and those that were left."""

    kept: tuple[str, ...]
    left: tuple[str, ...]


class Mail(Struct, frozen=True, kw_only=True):
    """A mail that came in: what became of it, its reader-visible text, and the files that came with it.

    That of a `sealed` case does not say who wrote it."""

    id: str
    received_at: Moment
    outcome: str
    settled_by: str | None
    reason: str | None
    reference: Reference | None
    sender: MailSender = field(name="from")
    reply_to: str | None
    subject: str | None
    text: str | None
    quoted: str | None
    full_text: str | None
    only_quoted: bool
    attached: list[AttachedMail]
    cut: bool
    sealed: bool
    files: MailFiles


class Mails(Struct, frozen=True, kw_only=True):
    """A page of mails."""

    items: list[Mail]
    next: Cursor


def list_mail(visit: Visit) -> Response:
    """A page of the mail of one site, or without one of what names no site of ours; the newest first."""
    site = visit.request.query.get("site", "")
    action = OF_A_SITE if site else OF_NONE
    _, member = auth.member_who_may(visit, action)
    limit = limit_of(visit.request.query)
    return json_response(
        page_of(visit.deps, visit.language, member, site, visit.request.query.get("cursor"), limit)
    )


def show_mail(visit: Visit, mail: str) -> Response:
    """One mail of a site, or of none, with all that is known of it."""
    return json_response(mail_view(visit.deps, visit.language, read_by(visit, mail, AccessKind.LETTERS).mail))


def read_by(visit: Visit, name: str, kind: AccessKind) -> OpenedMail:
    """One mail that whoever asks reads: where it is of a case, that stands in its access log before.

    Raises as `looked_at`, and `Unavailable`.
    """
    looked = looked_at(visit, name)
    if looked.mail.reference:
        note_reading(visit.deps, looked.mail.reference, looked.member.id, looked.by, kind)
    return looked


def looked_at(visit: Visit, name: str, action: str = "") -> OpenedMail:
    """One mail, if it is there for whoever asks to do `action` with it, or to read it.

    Raises `NotSignedIn`, `Forbidden`; `NotFound` for a mail of a site that others serve, or of a case that
    is not there for the member.
    """
    site = visit.request.query.get("site", "")
    reading = OF_A_SITE if site else OF_NONE
    action = action or reading
    by, member = auth.member_who_may(visit, action)
    if not may(by.roles, reading) or (site and not member.serves(site)):
        raise NotFound
    mail = visit.deps.inbound_mail.find(site, name)
    if mail is None or not any(_seen(visit.deps, member, site, [mail])):
        raise NotFound
    visit.request.note(site=site, reference=mail.reference)
    return OpenedMail(by, member, mail)


def page_of(
    deps: Container, language: str, member: Member, site: str, cursor: str | None, limit: int
) -> Mails:
    """`items`, and where the list goes on as `next`. Raises `NotFound` for a site that others serve.

    Mail of cases that are not there for the member is left out.
    """
    if site and not member.serves(site):
        raise NotFound
    listed = f"mail|{member.id}|{site}"
    mails, more = deps.inbound_mail.page(site, after=cursors.read_cursor(deps, cursor, listed), limit=limit)
    seen = list(_seen(deps, member, site, mails))
    items = first_that_fit(map(partial(mail_view, deps, language), seen))
    if len(items) < len(seen):
        more = deps.inbound_mail.place_of(seen[len(items) - 1])
    return Mails(
        items=items, next=cursors.make_cursor(deps.secrets, deps.now(), more, listed) if more else None
    )


def _seen(
    deps: Container, member: Member, site: str, mails: Sequence[ReceivedMail]
) -> Iterator[ReceivedMail]:
    """Without what belongs to cases that the member does not see: one read where there can be such."""
    named = {mail.reference for mail in mails if mail.reference}
    can_be_hidden = site and auth.hidden_from(deps, member, (site,))
    cases = deps.cases.load_all(named) if named and can_be_hidden else {}
    hidden = {name for name, case in cases.items() if not auth.sees(deps.sites, member, case.complaint)}
    return (mail for mail in mails if mail.reference not in hidden)


def zone_of(sites: "Sites", mail: ReceivedMail) -> ZoneInfo:
    """The zone of the site that a mail came to."""
    return ZoneInfo(sites.terms(mail.site).site.zone if mail.site else "UTC")


def mail_view(deps: Container, language: str, mail: ReceivedMail) -> Mail:
    """A mail as staff see it, in the time of its site."""
    zone = zone_of(deps.sites, mail)
    return Mail(
        id=deps.inbound_mail.name_of(mail),
        received_at=complaint.local_time(mail.received_at, zone),
        outcome=mail.outcome,
        settled_by=mail.settled_by,
        reason=mail.reason,
        reference=mail.reference,
        sender=MailSender(address=mail.sender, name=mail.name or None),
        reply_to=mail.reply_to or None,
        subject=mail.subject or None,
        text=deps.catalogues.text(language, "api.removed") if mail.removed else mail.text,
        quoted=mail.quoted,
        full_text=mail.full_text or None,
        only_quoted=mail.is_only_quoted,
        attached=[
            AttachedMail(sender=each.sender or None, subject=each.subject or None, text=each.text)
            for each in mail.attached
        ],
        cut=mail.is_cut,
        sealed=mail.sealed,
        files=MailFiles(kept=mail.kept, left=mail.left),
    )
