"""Letters that laws ask for: a case under a promise pack is carried out step by step, and calls for each."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from msgspec.structs import replace

from complaints.adapters.stores.settings.sites import terms_of
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Enclosure, Letter, LetterKind
from complaints.case.evolution import evolve_all
from complaints.casework.command import Command
from complaints.casework.outcome.decision import Decide, Respond
from complaints.casework.process.assessment import Assess
from complaints.casework.process.closing import Close
from complaints.casework.process.holding_letter import ExplainDelay
from complaints.casework.process.receipt import Receive
from complaints.context.decision_context import Context
from complaints.delivery.rendered_letter import Reader, Rendered
from complaints.handling.lifecycle import decide
from complaints.letters.content.blocks import FILES
from complaints.letters.triggers import called_for
from complaints.site.site import Site, SiteTerms, Texts
from complaints.values.details_told import Person
from complaints.values.field_types import Cause, ClosingReason, Outcome, Remedy, RemedyKind, Way
from complaints.values.people import COMPLAINANT, Actor, Role
from infrastructure.screenshots.example_mail import CATALOGUES, MAILROOM, NOW, URL

LANGUAGE = "en"
REFERENCE = "C-7K3M9-QX2HT-7"
STAFF = Actor("staff", "ada", (Role.AGENT,))
A_DAY = timedelta(days=1)
REASONS = (
    "The charge of 35 was taken twice on 2 March because a payment was entered twice. That was our mistake. "
    "We have paid one of them back."
)
DELAY = "The bank that received the payment has not sent us its records yet."


LEAFLET = Enclosure(
    key="", name="Your complaint and the ombudsman.pdf", digest=sha256(b"").hexdigest(), size=0
)


class PackLetter(NamedTuple):
    """A letter of a `kind` in words, as the `pack` asks for it."""

    pack: str
    kind: LetterKind
    rendered: Rendered


class _Story:
    """One complaint at a site that promises by a pack, and the letters that it called for."""

    def __init__(self, pack: str) -> None:
        is_british = pack.startswith("uk")
        self.currency = "GBP" if is_british else "AUD"
        site = Site(
            key="demo",
            name="Demo Bank",
            zone="Europe/London" if is_british else "Australia/Sydney",
            language=LANGUAGE,
            languages=(LANGUAGE,),
            holidays="GB-ENG" if is_british else "AU-NSW",
            currency=self.currency,
            approval_limit="500",
            team="team@demo.example",
            manager="manager@demo.example",
            packs=(pack,),
            texts=Texts(enclosures={block: {LANGUAGE: LEAFLET} for block in FILES}),
        )
        terms = terms_of(site)
        packs = tuple(replace(each, conditions=()) for each in terms.packs)
        self.terms: SiteTerms = replace(terms, packs=packs)
        self.complaint = Complaint(reference=REFERENCE)
        self.now = NOW
        self.letters: list[Letter] = []

    def does(self, command: Command, by: Actor = STAFF, after: timedelta = timedelta()) -> "_Story":
        """Carries a command out, so long `after` the one before."""
        self.now += after
        facts = decide(self.complaint, command, Context(now=self.now, by=by, terms=self.terms))
        number = self.complaint.number + 1
        self.complaint = replace(evolve_all(self.complaint, facts), number=number, version=number)
        self.letters += called_for(self.complaint, facts, self.terms)
        return self

    def received(self) -> "_Story":
        return self.does(
            Receive(
                language=LANGUAGE,
                person=Person(name="Ada Lovelace", email="ada@example.org"),
                description="I was charged twice.",
                category="billing.double_charge",
            ),
            COMPLAINANT,
        )

    def decided(self) -> "_Story":
        scales: dict[str, Any] = dict.fromkeys(
            ("severity", "safety", "complexity", "impact", "urgency", "immediate_action"), 0
        )
        self.does(Assess(**scales), after=A_DAY)
        return self.does(
            Decide(
                outcome=Outcome.UPHELD,
                reasons=REASONS,
                remedies=(Remedy(kind=RemedyKind.REFUND, amount="35.00", currency=self.currency),),
                finding=REASONS,
                root_cause=Cause.SYSTEM,
            )
        )


def _held(story: _Story) -> _Story:
    due = min(clock.due for clock in story.complaint.clocks if clock.holding_letter)
    expected_on = due.date() + timedelta(days=14)
    return story.does(ExplainDelay(text=DELAY, expected_on=expected_on), after=due - 3 * A_DAY - story.now)


def _settled(story: _Story) -> _Story:
    story.decided()
    story.does(Respond(by=Way.TELEPHONE, at=story.now))
    return story.does(Close(reason=ClosingReason.ACCEPTED))


STEPS: Mapping[LetterKind, Callable[[_Story], _Story]] = {
    LetterKind.ACKNOWLEDGEMENT: lambda story: story,
    LetterKind.HOLDING: _held,
    LetterKind.SETTLEMENT: _settled,
    LetterKind.RESOLUTION: lambda story: story.decided().does(Respond()),
}
"""What happens until a case calls for the letter."""

PACKS = {"uk-fca-disp": "UK finance", "au-rg271": "Australian finance"}
"""The packs whose letters are shown, and what they are called."""

_TEXTS = {LetterKind.HOLDING: DELAY, LetterKind.RESOLUTION: REASONS}


def letter_of(pack: str, kind: LetterKind) -> PackLetter:
    """The letter of a kind as a case under the pack calls for it."""
    story = STEPS[kind](_Story(pack).received())
    letter = next(each for each in reversed(story.letters) if each.kind is kind)
    rendered = MAILROOM.render(
        letter,
        Reader(name=CATALOGUES.text(LANGUAGE, "mail.example.name")),
        story.terms.site,
        text=_TEXTS.get(kind),
        link=f"{URL}/status/{letter.reference}?t=example",
        replies=True,
    )
    return PackLetter(pack, kind, rendered)


def every_pack_letter() -> Iterator[PackLetter]:
    """Each kind of each pack that is shown."""
    for pack in PACKS:
        for kind in STEPS:
            yield letter_of(pack, kind)
