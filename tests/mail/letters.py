"""Letters as they are called for, each with what it may hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.templates import Templates
from complaints.adapters.mail.letter_renderer import LetterRenderer
from complaints.case.correspondence.letter import (
    FORMER_ADDRESS,
    PROPOSED_ADDRESS,
    Block,
    Letter,
    LetterKind,
    Promise,
)
from complaints.case.people.contact_plan import ContactLimit
from complaints.delivery.rendered_letter import Reader, Rendered
from complaints.letters.case_ended import WITH_LETTER, WITHDRAWN
from complaints.letters.content.blocks import PARAGRAPHS
from complaints.letters.content.examples import KINDS
from complaints.promise_packs.schema import ExternalBody
from complaints.site.site import Site
from complaints.values.field_types import Feedback, Outcome, RefusalGround, Remedy, RemedyKind

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
URL = "https://complaints.example.org"
REFERENCE = "C-7K3M9-QX2HT-7"
LINK = f"{URL}/status/{REFERENCE}?t=tok-en_1"
DESK = f"{URL}/desk/cases/{REFERENCE}"
RECEIVED = datetime(2026, 3, 4, 7, 15, 30, tzinfo=UTC)
DUE = datetime(2026, 4, 3, 15, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 20, 15, 0, tzinfo=UTC)
FINAL = datetime(2026, 4, 29, 15, 0, tzinfo=UTC)
WORDS = "Which of the two lamps was broken?\n\nA picture <helps> & is welcome."
SOUGHT = "I want a new one and an apology."
READER = Reader("ada@example.org", "Ada Yılmaz")
TRAINING: dict[str, Any] = {"action": "training_given", "due_on": date(2026, 4, 3), "promises": ()}
OMBUDSMAN = ExternalBody(
    name="Shop & Service Ombudsman",
    url="https://ombudsman.example/how",
    note="Send copies, no originals.",
    address="1 Fair Street, Izmir",
    cost="Free of charge",
    time="Within one year",
)
BARE_BODY = ExternalBody(name="Arbitration Committee", url=None)
ISTANBUL = Site(
    key="demo",
    name="Lamps & Co",
    zone="Europe/Istanbul",
    language="en",
    languages=("en", "tr"),
    holidays="tr",
    team="team@example.org",
    manager="manager@example.org",
    contact="Lamps & Co\n2 Light Road, Istanbul\n+90 212 000 00 00",
)


def promise(**changed: Any) -> Promise:
    """A response within 30 days."""
    usual: dict[str, Any] = {"clock": "respond", "due": DUE, "amount": 30, "unit": "calendar_days"}
    return Promise(**usual | changed)


def letter(kind: LetterKind = LetterKind.ACKNOWLEDGEMENT, **changed: Any) -> Letter:
    """A letter of this kind to the complainant, in English."""
    usual: dict[str, Any] = {
        "id": "000001.1",
        "reference": REFERENCE,
        "site": ISTANBUL.key,
        "language": "en",
        "to": "complainant",
        "called_for": RECEIVED,
        "received_at": RECEIVED,
        "promises": (promise(),),
    }
    return Letter(kind=kind, **usual | changed)


def resolution(**changed: Any) -> Letter:
    """A decision with two remedies."""
    refund = Remedy(kind=RemedyKind.REFUND, amount="49.90", currency="GBP", by=date(2026, 4, 10))
    usual: dict[str, Any] = {
        "outcome": Outcome.UPHELD,
        "remedies": (refund, Remedy(kind=RemedyKind.APOLOGY)),
        "answer_by": LATER,
    }
    return letter(LetterKind.RESOLUTION, **usual | changed)


def escalation(**changed: Any) -> Letter:
    """A reminder to the owner that the response falls due."""
    usual: dict[str, Any] = {"to": "owner", "clock": "respond", "due": DUE}
    return letter(LetterKind.ESCALATION, **usual | changed)


STATIONERY = Templates(TEMPLATES, Catalogues(TEMPLATES / "locale"))
MAILROOM = LetterRenderer(STATIONERY, URL)


@dataclass(frozen=True)
class Sample:
    """A letter with what it is rendered with."""

    name: str
    letter: Letter
    text: str | None = None
    link: str | None = LINK
    reader: Reader = READER

    def rendered(self, reader: Reader | None = None, site: Site = ISTANBUL) -> Rendered:
        is_usual = reader is None and site is ISTANBUL
        return self._usual if is_usual else self._rendered(reader or self.reader, site)

    @cached_property
    def _usual(self) -> Rendered:
        """What many tests look at, which is rendered once."""
        return self._rendered(self.reader, ISTANBUL)

    def _rendered(self, reader: Reader, site: Site) -> Rendered:
        return MAILROOM.render(self.letter, reader, site, text=self.text, link=self.link)


def extension(**changed: Any) -> Letter:
    """A notice that the response comes later."""
    usual: dict[str, Any] = {"clock": "respond", "due": LATER, "about": "pack/respond/1"}
    return letter(LetterKind.EXTENSION, **usual | changed)


def reminder(**changed: Any) -> Letter:
    """A reminder that the time to answer ends."""
    usual: dict[str, Any] = {"clock": "complainant_answer", "due": LATER, "promises": ()}
    return letter(LetterKind.REMINDER, **usual | changed)


def late(kind: LetterKind, **changed: Any) -> Letter:
    """A word that the response is late, or may be, and where to go then."""
    usual: dict[str, Any] = {
        "clock": "respond",
        "due": DUE,
        "external_body": OMBUDSMAN,
        "outside_until": LATER.date(),
    }
    return letter(kind, **usual | changed)


def blocks(kind: LetterKind) -> tuple[Block, ...]:
    """Every paragraph that a pack may ask for in letters of a kind."""
    return tuple(
        Block(
            words=name,
            body=OMBUDSMAN if each.names_a_body else None,
            due=FINAL,
            until=LATER.date(),
        )
        for name, each in PARAGRAPHS.items()
        if kind in each.letters
    )


def samples(language: str) -> Iterator[Sample]:
    """Every letter in every shape, in one language; those to complainants also on paper, but for a survey."""
    kinds = (_receipts, _work, _decisions, _levels, _late, _ends)
    for sample in chain.from_iterable(kind(language) for kind in kinds):
        yield sample
        if sample.letter.kind is LetterKind.SURVEY:
            continue
        paper = replace(sample.letter, on_paper=True)
        yield Sample(f"{sample.name}-paper", paper, sample.text, link=None)
    for to, is_late in (("owner", False), ("owner", True), ("manager", True)):
        example = letter(LetterKind.ACTION, language=language, to=to, late=is_late, **TRAINING)
        yield Sample(f"action-{to}-{'late' if is_late else 'soon'}", example, link=DESK)
    for to in ("owner", "team", "manager", "quality"):
        for late in (False, True):
            name = f"escalation-{to}-{'late' if late else 'soon'}"
            yield Sample(name, escalation(language=language, to=to, late=late), link=DESK)
    asking = escalation(language=language, asks_for_holding_letter=True)
    yield Sample("escalation-owner-holding", asking, link=DESK)
    for to in ("owner", "team"):
        yield Sample(
            f"escalation-{to}-earlier", escalation(language=language, to=to, earlier=True), link=DESK
        )
    yield from _of_cases(language)


def _of_cases(language: str) -> Iterator[Sample]:
    """What staff are told of a case itself."""
    theirs = letter(LetterKind.ASSIGNMENT, language=language, to="owner", clock="respond", due=DUE)
    yield Sample("assignment", theirs, link=DESK)
    yield Sample("assignment-rule", replace(theirs, rule="Damage"), link=DESK)
    yield Sample("assignment-bare", replace(theirs, clock=None, due=None), link=None)
    praise = replace(theirs, clock=None, due=None, feedback=Feedback.PRAISE, promises=())
    yield Sample("assignment-feedback", praise, link=DESK)
    yield Sample("notice", letter(LetterKind.NOTICE, language=language, to="manager"), link=DESK)
    by_rule = letter(LetterKind.NOTICE, language=language, to="manager", rule="Damage")
    yield Sample("notice-rule", by_rule, link=DESK)
    for how in ("told", "category", "assessment"):
        danger = letter(LetterKind.SAFETY, language=language, to="safety", known_by=how, due=DUE)
        yield Sample(f"safety-{how}", danger, link=DESK)
    for kind in KINDS:
        for to, by_post in (("owner", False), ("team", True)):
            lost = letter(LetterKind.FAILURE, language=language, to=to, lost=kind, by_post=by_post)
            yield Sample(f"failure-{kind}-{to}", lost, link=DESK)


def _receipts(language: str) -> Iterator[Sample]:
    yield Sample("acknowledgement", letter(language=language))
    asked_for = blocks(LetterKind.ACKNOWLEDGEMENT)
    yield Sample("acknowledgement-no-date", letter(language=language, promises=()))
    yield Sample("acknowledgement-blocks", letter(language=language, blocks=asked_for))
    for feedback in (Feedback.PRAISE, Feedback.SUGGESTION, Feedback.QUESTION):
        thanks = letter(LetterKind.THANKS, language=language, feedback=feedback, promises=())
        yield Sample(f"thanks-{feedback}", thanks)


def _work(language: str) -> Iterator[Sample]:
    paused = (promise(due=None, paused_since=RECEIVED),)
    message = letter(LetterKind.MESSAGE, language=language)
    yield Sample("question", letter(LetterKind.QUESTION, language=language), WORDS)
    yield Sample("question-paused", letter(LetterKind.QUESTION, language=language, promises=paused), WORDS)
    yield Sample("message", message, WORDS)
    yield Sample("message-late", replace(message, called_for=DUE.replace(day=4)), WORDS)
    extended = (promise(added=(15, "calendar_days")),)
    yield Sample("message-extended", replace(message, promises=extended), WORDS)
    yield Sample("message-feedback", replace(message, feedback=Feedback.PRAISE, promises=()), WORDS)
    for limit in ContactLimit:
        limited = letter(LetterKind.CONTACT_LIMIT, language=language, limit=limit, due_on=LATER.date())
        yield Sample(f"contact_limit-{limit}", limited, WORDS)
    yield Sample("contact_limit-lifted", letter(LetterKind.CONTACT_LIMIT, language=language))
    yield Sample("extension", extension(language=language), WORDS)
    yield Sample("extension-outside", extension(language=language, external_body=OMBUDSMAN), WORDS)


def _decisions(language: str) -> Iterator[Sample]:
    for outcome in Outcome:
        yield Sample(f"resolution-{outcome}", resolution(language=language, outcome=outcome), WORDS)
    asked = replace(READER, sought=SOUGHT)
    yield Sample("resolution-sought", resolution(language=language), WORDS, reader=asked)
    yield Sample("resolution-bare", resolution(language=language, remedies=(), answer_by=None), WORDS)
    review = resolution(language=language, level=2)
    yield Sample("resolution-review", review, WORDS)
    yield Sample("resolution-outside", replace(review, external_body=OMBUDSMAN), WORDS)
    yield Sample("resolution-outside-bare", replace(review, external_body=BARE_BODY), WORDS)
    asked_for = (*blocks(LetterKind.RESOLUTION), Block(words="eu.adr_body.unnamed"))
    yield Sample("resolution-blocks", resolution(language=language, blocks=asked_for), WORDS)
    yield Sample("reminder", reminder(language=language))
    yield Sample("reminder-late", reminder(language=language, late=True))


def _levels(language: str) -> Iterator[Sample]:
    review = letter(LetterKind.REVIEW, language=language, level=2, outcome=Outcome.NOT_UPHELD)
    yield Sample("review", review)
    yield Sample("review-first", replace(review, outcome=None))
    referral = letter(LetterKind.REFERRAL, language=language, level=3, promises=(), external_body=OMBUDSMAN)
    yield Sample("referral", replace(referral, outcome=Outcome.NOT_UPHELD))
    yield Sample("referral-bare", replace(referral, external_body=BARE_BODY))


def _late(language: str) -> Iterator[Sample]:
    for kind in (LetterKind.PROGRESS, LetterKind.SIGNPOST):
        letter = late(kind, language=language)
        yield Sample(kind, letter)
        yield Sample(f"{kind}-late", replace(letter, late=True))
        yield Sample(f"{kind}-unnamed", replace(letter, external_body=None, outside_until=None))
    answered = late(LetterKind.SIGNPOST, language=language, late=True, outcome=Outcome.NOT_UPHELD)
    yield Sample("signpost-answered", answered)
    nearer = late(LetterKind.RECLASSIFICATION, language=language, external_body=None, outside_until=None)
    yield Sample("reclassification", replace(nearer, blocks=blocks(LetterKind.RECLASSIFICATION)))
    holding = late(LetterKind.HOLDING, language=language, due_on=LATER.date(), outside_until=None)
    yield Sample("holding", replace(holding, blocks=blocks(LetterKind.HOLDING)), WORDS)
    yield Sample("holding-unwritten", replace(holding, external_body=None))
    of_request = {"feedback": Feedback.PERSONAL_DATA, "external_body": None}
    yield Sample("holding-request", replace(holding, **of_request, blocks=blocks(LetterKind.CLOSING)[:1]))
    asked = late(LetterKind.SIGNPOST, language=language, late=True, outside_until=None)
    yield Sample("signpost-request", replace(asked, **of_request, blocks=blocks(LetterKind.CLOSING)[:1]))


def _ends(language: str) -> Iterator[Sample]:
    yield Sample("merged", letter(LetterKind.MERGED, language=language, other="C-2ABCD-EFGHJ-R"))
    for reason in (*sorted(WITH_LETTER), WITHDRAWN):
        closing = letter(LetterKind.CLOSING, language=language, promises=(), ended_because=reason)
        yield Sample(f"closing-{reason}", closing)
        if reason == "refused":
            alone = replace(READER, no_reviewer=True)
            yield Sample("closing-unreviewed", closing, reader=alone)
    asked = letter(
        LetterKind.CLOSING,
        language=language,
        promises=(),
        feedback=Feedback.PERSONAL_DATA,
        ended_because="handled",
        blocks=blocks(LetterKind.CLOSING)[:1],
    )
    yield Sample("closing-request", asked)
    for ground in RefusalGround:
        yield Sample(f"closing-refused-{ground}", replace(asked, ground=ground), WORDS)
    remedy = promise(clock="remedy", due=LATER)
    left = letter(LetterKind.CLOSING, language=language, promises=(remedy,), ended_because="accepted")
    yield Sample("closing-remedy", replace(left, remedies=resolution().remedies))
    yield Sample("link", letter(LetterKind.LINK, language=language))
    thanks = letter(LetterKind.LINK, language=language, feedback=Feedback.PRAISE, promises=())
    yield Sample("link-feedback", thanks)
    yield Sample("link-renewed", letter(LetterKind.LINK, language=language, is_renewed=True))
    organisation = letter(LetterKind.SETTLEMENT, language=language, promises=())
    yield Sample("settlement", replace(organisation, blocks=blocks(LetterKind.SETTLEMENT)))
    yield Sample("settlement-remedy", replace(organisation, remedies=resolution().remedies))
    yield Sample("contact", letter(LetterKind.CONTACT, language=language))
    yield Sample("contact-feedback", replace(thanks, kind=LetterKind.CONTACT))
    proposed = letter(LetterKind.CONFIRM_ADDRESS, language=language, to=PROPOSED_ADDRESS, promises=())
    yield Sample("confirm_address", proposed)
    yield Sample("confirm_address-feedback", replace(proposed, feedback=Feedback.PRAISE))
    former = letter(LetterKind.FORMER_ADDRESS, language=language, to=FORMER_ADDRESS, promises=())
    yield Sample("former_address", former, link=None)
    yield Sample("former_address-feedback", replace(former, feedback=Feedback.PRAISE), link=None)
    asked = letter(LetterKind.SURVEY, language=language, promises=(), clock="survey", answer_by=LATER)
    yield Sample("survey", asked)
