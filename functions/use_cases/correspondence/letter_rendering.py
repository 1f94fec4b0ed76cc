"""Writing a letter out: who reads it, what it quotes, and the link that it opens."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.by_id import with_id
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import (
    BY_ADDRESS_ENTRY,
    FORMER_ADDRESS,
    JOINT,
    PROPOSED_ADDRESS,
    Letter,
    LetterKind,
)
from complaints.case.correspondence.messages import MessageReceived
from complaints.case.fact import Fact
from complaints.case.outcome.points import PointAnswered, PointRaised
from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.people.contact_plan import ContactPlanned
from complaints.case.people.parties import ComplainantJoined
from complaints.case.process.receipt import Received
from complaints.case.workflow.tasks import TaskAssigned, TaskReassigned
from complaints.casework.people.conflicts_of_interest import nobody_could_review
from complaints.casework.people.contact_details import WITH_ADDRESS, receipt_in_force
from complaints.casework.workflow.assignment import Reading, reader
from complaints.context.case import Case
from complaints.context.ports import SendingRefused
from complaints.delivery import reply_address
from complaints.delivery.rendered_letter import PointWords, Reader, Rendered
from complaints.site.site import SiteTerms
from functions.rendering.page import asset
from functions.serializers.parts.entries_with_texts import opened_facts_of

_OF_REVIEWS = frozenset({LetterKind.RESOLUTION, LetterKind.REVIEW})
"""Letters that say who looks at a decision again."""

_TO_PEOPLE = frozenset({"complainant", JOINT, *BY_ADDRESS_ENTRY})
"""Who gets letters by a name or an address that is sealed in some cases."""

if TYPE_CHECKING:
    from complaints.adapters.container import Container, Settings
    from complaints.context.ports import Secrets
    from complaints.context.stores import Members


def render_mail(
    deps: "Container",
    letter: Letter,
    case: Case,
    terms: SiteTerms,
    known: Sequence[StoredEntry] = (),
) -> tuple[bytes, str]:
    """The message of a letter, and the address that it goes to. Entries that are `known` are not read again,
    unless a sealed identity must be read with them. Raises `SendingRefused`."""
    with_identity = case.complaint.sealed and letter.to in _TO_PEOPLE
    facts = _facts(deps, letter, case.complaint, () if with_identity else known, with_identity=with_identity)
    reader = _reader(deps, letter, facts, case.complaint, terms)
    if not reader.email:
        raise SendingRefused("there is no mail address")
    link = _page(deps.settings, letter)
    if letter.to == "complainant":
        link = None if case.complaint.link_withdrawn else f"{link}?t={deps.casework.access(case)}"
    if letter.to == PROPOSED_ADDRESS:
        link = f"{link}?c={deps.casework.address_access(case)}"
    if letter.to == "unit":
        task = with_id(case.complaint.tasks, letter.task or "")
        link = f"{link}?t={deps.casework.task_access(case, task)}"
    message = deps.letter_renderer.message(
        letter,
        reader,
        terms.site,
        sender=deps.settings.sender,
        text=_text(letter, facts),
        points=_points(letter, facts),
        link=link,
        reply_to=_reply_to(deps.settings, deps.secrets, letter, case),
        answered=_answered(letter, facts),
    )
    return message, reader.email


def render_paper(deps: "Container", letter: Letter, complaint: Complaint, terms: SiteTerms) -> str:
    """The letter as a page to print; that of a mail names the complainant's page, but does not open it."""
    facts = _facts(deps, letter, complaint)
    reader = _reader(deps, letter, facts, complaint, terms)
    link = None if letter.on_paper else _page(deps.settings, letter)
    return deps.letter_renderer.printed(
        letter,
        reader,
        terms.site,
        style=asset(deps.settings, "style.css"),
        text=_text(letter, facts),
        points=_points(letter, facts),
        link=link,
    )


def preview(
    deps: "Container",
    letter: Letter,
    complaint: Complaint,
    terms: SiteTerms,
    coming: list[tuple[int, Fact]],
    known: Sequence[StoredEntry] = (),
) -> tuple[Rendered, Reader]:
    """The letter as it would be, and to whom; `coming` are facts that are not written yet. Entries that are
    `known` are not read again.

    As in print, its link names the complainant's page and does not open it.
    """
    facts = [*_facts(deps, letter, complaint, known, {number for number, _ in coming}), *coming]
    reader = _reader(deps, letter, facts, complaint, terms)
    rendered = deps.letter_renderer.render(
        letter,
        reader,
        terms.site,
        text=_text(letter, facts),
        points=_points(letter, facts),
        link=None if letter.on_paper else _page(deps.settings, letter),
        replies=bool(deps.settings.inbound_domain) and letter.to == "complainant" and not letter.on_paper,
    )
    return rendered, reader


def _facts(
    deps: "Container",
    letter: Letter,
    complaint: Complaint,
    known: Sequence[StoredEntry] = (),
    coming: Collection[int] = (),
    *,
    with_identity: bool = False,
) -> list[tuple[int, Fact]]:
    """What a letter is written from: its text, the mail that it answers, and whom it goes to; without the
    entries that are still `coming`."""
    named = {*letter.quoted_entries, *filter(None, (letter.answers, letter.address_entry))}
    written = {1, *complaint.contact.numbers, *named}.difference(coming)
    return opened_facts_of(
        deps, letter.reference, written, letter.language, known, with_identity=with_identity
    )


def _reply_to(settings: "Settings", secrets: "Secrets", letter: Letter, case: Case) -> str | None:
    """Where an answer of the complainant's joins the case, if the installation takes mail in."""
    if letter.to != "complainant" or not settings.inbound_domain:
        return None
    return reply_address.of_case(case, secrets.ring("access"), settings.inbound_domain)


def _answered(letter: Letter, facts: list[tuple[int, Fact]]) -> list[str]:
    """The Message-IDs of the complainant's own mails: the one that opened the case, and the last before the
    letter."""
    mails = [fact for number, fact in facts if number in (1, letter.answers)]
    ids = [fact.message_id for fact in mails if isinstance(fact, Received | MessageReceived)]
    return [id for id in ids if id] if letter.to == "complainant" else []


def _page(settings: "Settings", letter: Letter) -> str | None:
    """The page of the complainant or of a task; to staff that of the case, if the desk has pages."""
    if letter.to == "complainant":
        return f"{settings.url}/status/{letter.reference}"
    if letter.to == "unit":
        return f"{settings.url}/tasks/{letter.reference}/{letter.task}"
    if letter.to in (FORMER_ADDRESS, JOINT):
        return None
    if letter.to == PROPOSED_ADDRESS:
        return f"{settings.url}/status/{letter.reference}/address"
    cases = desk_cases(settings)
    return f"{cases}/{letter.reference}" if cases else None


def desk_cases(settings: "Settings") -> str | None:
    """What the addresses of cases at the desk begin with; `None` where nobody signs in to pages."""
    has_pages = settings.authorize_url and settings.token_url
    return f"{settings.url}/desk/cases" if has_pages else None


def _reader(
    deps: "Container",
    letter: Letter,
    facts: list[tuple[int, Fact]],
    complaint: Complaint,
    terms: SiteTerms,
) -> Reader:
    if letter.to == "unit":
        return _unit(letter, facts)
    if letter.to == JOINT:
        return _joint(letter, facts, complaint)
    if letter.to in BY_ADDRESS_ENTRY:
        return Reader(email=_address_in(letter, facts))
    if letter.to != "complainant":
        return staff_reader(deps.members, deps.now(), letter, terms)
    receipt = receipt_in_force(facts, complaint.contact)
    assert receipt is not None, "every case begins with its receipt"
    return Reader(
        email=receipt.email or "",
        sought=receipt.remedy_sought if letter.kind is LetterKind.RESOLUTION else None,
        name=_greeted(receipt.name, complaint),
        post=receipt.post,
        large_print=complaint.needs(AdjustmentKind.LARGE_PRINT),
        no_telephone=complaint.needs(AdjustmentKind.NO_TELEPHONE),
        plain_language=complaint.needs(AdjustmentKind.PLAIN_LANGUAGE),
        no_reviewer=complaint.ended_unreviewed
        or (
            letter.kind in _OF_REVIEWS
            and nobody_could_review(complaint, deps.members.known(deps.now()), terms.site)
        ),
    )


def _greeted(name: str | None, complaint: Complaint) -> str | None:
    """By which name a letter greets; by none where it is sealed who complains: answers quote our letters, and
    staff read the answers."""
    return None if complaint.sealed else name


def _joint(letter: Letter, facts: list[tuple[int, Fact]], complaint: Complaint) -> Reader:
    """Somebody who complains together with the complainant; no address where it was removed."""
    at_entry = (fact for number, fact in facts if number == letter.address_entry)
    fact = next(fact for fact in at_entry if isinstance(fact, ComplainantJoined))
    return Reader(email=fact.email or "", name=_greeted(fact.name, complaint), post=fact.post)


def _address_in(letter: Letter, facts: list[tuple[int, Fact]]) -> str:
    """The mail address in the entry that a letter names; none where it was removed."""
    at_entry = (fact for number, fact in facts if number == letter.address_entry)
    return next((fact.email for fact in at_entry if isinstance(fact, WITH_ADDRESS) and fact.email), "")


def _unit(letter: Letter, facts: list[tuple[int, Fact]]) -> Reader:
    """The outside unit by the entry that gave it the task."""
    at_entry = (fact for number, fact in facts if number == letter.text_entry)
    fact = next(fact for fact in at_entry if isinstance(fact, TaskAssigned | TaskReassigned))
    return Reader(email=fact.email or "", name=fact.unit)


def staff_reader(members: "Members", now: datetime, letter: Letter, terms: SiteTerms) -> Reader:
    """An owner who has left, or has no address, has the team instead: nothing that is late is lost."""
    if letter.to == "manager":
        return Reader(email=terms.site.manager)
    if letter.to == "safety":
        return Reader(email=terms.site.safety or terms.site.manager)
    if letter.to == "quality":
        return Reader(email=terms.site.quality or terms.site.manager)
    member, away = reader_of(members, now, letter, terms)
    email = member.email if member else terms.site.team
    if away is None or away.away is None:
        return Reader(email=email)
    return Reader(email=email, instead_of=away.name, away_until=away.away.until)


def reader_of(members: "Members", now: datetime, letter: Letter, terms: SiteTerms) -> Reading:
    """Who reads a letter to an owner now."""
    owner = members.find(letter.member) if letter.member else None
    today = terms.today(now)
    is_away = owner is not None and owner.is_away(today)
    stand_in = members.find(owner.away.stand_in) if is_away and owner and owner.away else None
    return reader(owner, stand_in, letter.site, today)


def _points(letter: Letter, facts: list[tuple[int, Fact]]) -> list[PointWords]:
    """What the letter says on each point, with the words of it and of its answer."""
    raised = {number: fact for number, fact in facts if isinstance(fact, PointRaised)}
    answered = {number: fact for number, fact in facts if isinstance(fact, PointAnswered)}
    return [
        PointWords(
            id=raised[point.raised].id,
            text=raised[point.raised].text,
            sought=raised[point.raised].remedy_sought,
            outcome=point.outcome,
            reasons=answered[point.answered].reasons,
            remedies=point.remedies,
        )
        for point in letter.points
    ]


def _text(letter: Letter, facts: list[tuple[int, Fact]]) -> str | None:
    """What staff wrote for the letter: the first private value of the entry that it names, or why contact is
    limited."""
    if letter.text_entry is None:
        return None
    fact = next(fact for number, fact in facts if number == letter.text_entry)
    if isinstance(fact, ContactPlanned):
        return fact.reason
    return str(getattr(fact, fact.PRIVATE[0]))
