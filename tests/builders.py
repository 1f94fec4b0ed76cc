"""Complaints as tests tell them: `a_complaint().received(MONDAY).acknowledged().assessed().build()`.

Every step is the real command, carried out by the real casework over a store in memory. What is not
said is quiet: Mrs Okafor's parcel was left in the rain, and Ada at the desk does things by the book.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Self

from msgspec.structs import replace

from complaints.adapters.stores.settings.sites import terms_of
from complaints.audit_trail.hash_chain import Passage, decode, opened
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter
from complaints.case.fact import Fact
from complaints.casework.command import Command
from complaints.casework.correspondence.deadline_extension import Extend
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken, Posted
from complaints.casework.correspondence.messages import Add, Ask, Message, Resume
from complaints.casework.deadlines import Tick
from complaints.casework.outcome.decision import Approve, Decide, Respond, Return
from complaints.casework.process.assessment import Assess
from complaints.casework.process.closing import Close, Withdraw
from complaints.casework.process.escalation import Answer
from complaints.casework.process.investigation import Find
from complaints.casework.process.receipt import Receive
from complaints.casework.record import party_erasure
from complaints.casework.record.party_erasure import EraseParty, ErasePartyAgain
from complaints.casework.record.redaction import Redact
from complaints.casework.workflow.assignment import Assign
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.handling.service import Casework, Submission
from complaints.promise_packs.schema import ExternalBody
from complaints.site.site import Site, SiteTerms
from complaints.values.competence import Competence
from complaints.values.details_told import Details, Person
from complaints.values.field_types import Cause, ClosingReason, ComplainantKind, Outcome, Remedy, RemedyKind
from complaints.values.people import COMPLAINANT, MACHINE, Actor, Member, Role
from tests.fakes import CountingSalt, FakeCases, FixedKeys

MONDAY = datetime(2026, 2, 2, 7, tzinfo=UTC)
"""Ten in the morning at the demo site, in a month without holidays."""
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in range(1, 5))

OMBUDSMAN = ExternalBody(
    name="Shop Ombudsman",
    url="https://ombudsman.example",
    address="1 Fair Street, Izmir",
    cost="free of charge",
    time="within one year",
)
DEMO = Site(
    key="demo",
    name="Demo Shop",
    zone="Europe/Istanbul",
    language="en",
    languages=("en", "tr"),
    holidays="TR",
    currency="EUR",
    approval_limit="500",
    team="team@demo.example",
    manager="manager@demo.example",
)
DEFAULT, BEHIND_THE_DESK = "iso10002-default", ("assess", "progress", "survey")


def told(terms: SiteTerms) -> SiteTerms:
    """The terms without the default promises of assessment, news and a survey, which have own stories."""
    return replace(
        terms,
        packs=tuple(
            replace(pack, clocks=tuple(each for each in pack.clocks if each.purpose not in BEHIND_THE_DESK))
            if pack.id == DEFAULT
            else pack
            for pack in terms.packs
        ),
    )


TERMS = told(terms_of(DEMO))
ACKNOWLEDGE, RESPOND, WINDOW, REVIEW, REMEDY = (
    f"iso10002-default/{name}/1"
    for name in ("acknowledge", "respond", "answer_window", "review_respond", "remedy")
)
"""The clocks of a case by their keys, each in its first run."""

ADA = Actor("staff", "ada", (Role.AGENT,))
GRACE = Actor("staff", "grace", (Role.AGENT,))
RUTH = Actor("staff", "ruth", (Role.REVIEWER,))
REX = Actor("staff", "rex", (Role.REVIEWER,))
QUINN = Actor("staff", "quinn", (Role.QUALITY,))
AUDREY = Actor("staff", "audrey", (Role.AUDITOR,))
PAULA = Actor("staff", "paula", (Role.PRIVACY,))
CORA = Actor("staff", "cora", (Role.CUSTODIAN,))
ADAM = Actor("staff", "adam", (Role.ADMIN,))

NO_SCALES = {"severity": 0, "safety": 0, "complexity": 0, "impact": 0, "urgency": 0, "immediate_action": 0}
FOUND: dict[str, Any] = {"finding": "No porch.", "root_cause": Cause.SUPPLIER}
APOLOGY = Remedy(kind=RemedyKind.APOLOGY)
NEW_ONE = Remedy(kind=RemedyKind.REPLACEMENT)
NOTHING = Remedy(kind=RemedyKind.NONE)


def a_member(name: str = "grace", **changed: Any) -> Member:
    """A colleague at the demo site."""
    usual: dict[str, Any] = {"roles": (Role.AGENT,), "sites": (DEMO.key,), "email": f"{name}@demo.example"}
    return Member(id=name, name=name.title(), **usual | changed)


def context(
    by: Actor = ADA,
    now: datetime = MONDAY,
    *,
    terms: SiteTerms = TERMS,
    colleague: Member | None = None,
    competence: tuple[Competence, ...] = (),
) -> Context:
    """What a rule is given: Ada asks, on Monday, at the demo site."""
    return Context(now=now, by=by, terms=terms, colleague=colleague, competence=competence)


def receive(**fields: Any) -> Receive:
    """Mrs Okafor's complaint as she typed it."""
    usual: dict[str, Any] = {
        "language": "en",
        "name": "Ngozi Okafor",
        "email": "ngozi@okafor.example",
        "kind": ComplainantKind.CONSUMER,
        "subject": "Six cups in the rain",
        "description": "The parcel was left in the rain. Two of the six cups are broken.",
        "category": "delivery.damaged",
    }
    told = usual | fields
    person, details = (
        {name: told.pop(name) for name in kind.__struct_fields__ if name in told}
        for kind in (Person, Details)
    )
    return Receive(person=Person(**person), details=Details(**details), **told)


def assess(**fields: Any) -> Assess:
    """An assessment in which nothing is grave."""
    return Assess(**NO_SCALES | fields)


def assign_to(name: str) -> Assign:
    """The case is given to somebody."""
    return Assign(to=name)


def decide_to(outcome: Outcome = Outcome.UPHELD, **fields: Any) -> Decide:
    """A decision with an apology, and what was found."""
    usual = {"reasons": "The courier left it outside.", "remedies": (NEW_ONE,)} | FOUND
    return Decide(outcome=outcome, **usual | fields)


def refund(amount: str, currency: str | None = "EUR", **fields: Any) -> Remedy:
    """Money back."""
    return Remedy(kind=RemedyKind.REFUND, amount=amount, currency=currency, **fields)


class Story:
    """One case as it goes on. Each method is a step `at` a moment, else at that of the step before.

    It has the promises that `told` leaves, or by `whole` all those of its site's packs. `trained` are the
    records of competence of members.
    """

    def __init__(self, site: Site = DEMO, *, whole: bool = False) -> None:
        self.terms = terms_of(site) if whole else told(terms_of(site))
        self.cases = FakeCases()
        self.casework = Casework(self.cases, FixedKeys(), CountingSalt())
        self.now = MONDAY
        self.reference = ""
        self.trained: dict[str, tuple[Competence, ...]] = {}

    def build(self) -> Complaint:
        """The complaint as it stands."""
        return self.case.complaint

    @property
    def case(self) -> Case:
        """The case as it is stored."""
        case = self.cases.load(self.reference)
        assert case is not None, "a story begins with `received`"
        return case

    @property
    def desk(self) -> Actor:
        """Who works on the case: Ada, until somebody else has to look at it again."""
        return ADA if self.build().level == 1 else RUTH

    @property
    def facts(self) -> list[Fact]:
        """All that happened, with the words that were written."""
        return [fact for _, fact in self.numbered_facts]

    @property
    def numbered_facts(self) -> list[tuple[int, Fact]]:
        """The same, each with the number of its entry."""
        return [
            (entry.number, opened(fact, place, entry.private))
            for entry in self.cases.entries(self.reference)
            for place, fact in enumerate(decode(entry.data).facts)
        ]

    def context(
        self, by: Actor = ADA, at: datetime | None = None, colleague: Member | None = None
    ) -> Context:
        """What a rule is given in this story, `at` a moment that becomes the present."""
        self.now = at or self.now
        return context(
            by,
            self.now,
            terms=self.terms,
            colleague=colleague,
            competence=self.trained.get(by.id, ()),
        )

    def passage(self, number: int) -> Passage | None:
        """An entry of the case as it is stored, quoted by no letter that is still to leave."""
        entries = self.cases.entries(self.reference, with_identity=True)
        return Passage(entry=entries[number - 1]) if number <= len(entries) else None

    def passages(self, party: str) -> tuple[Passage, ...]:
        """The entries that hold data of one of several people, to whom no letter is still to leave."""
        entries = self.cases.entries(self.reference, with_identity=True)
        addresses = party_erasure.addresses_of(entries, party)
        found = (each for each in entries if party_erasure.places(each, party, addresses))
        return tuple(Passage(entry=each) for each in found)

    def does(
        self, by: Actor, command: Command, at: datetime | None = None, colleague: Member | None = None
    ) -> Self:
        """Somebody asks for something, and it is done."""
        context = self.context(by, at, colleague)
        if isinstance(command, Redact):
            context = replace(context, passage=self.passage(command.message))
        if isinstance(command, EraseParty | ErasePartyAgain):
            context = replace(context, passages=self.passages(command.party))
        self.casework.carry_out(self.case, command, context)
        return self

    def received(
        self, at: datetime = MONDAY, by: Actor = COMPLAINANT, *, key: str = "k-1", **fields: Any
    ) -> Self:
        """Mrs Okafor complains, or somebody writes it down for her; another `key` makes another case."""
        submission = Submission(site=self.terms.site.key, key=key, body="b-1")
        taken = self.casework.receive(receive(**fields), self.context(by, at), submission)
        self.reference = taken.case.complaint.reference
        return self

    def acknowledged(self, at: datetime | None = None) -> Self:
        """The mail service takes the acknowledgement."""
        return self.taken("acknowledgement", at)

    def assigned(self, to: str = "grace", at: datetime | None = None) -> Self:
        return self.does(ADA, Assign(to=to), at, a_member(to))

    def assessed(self, at: datetime | None = None, **fields: Any) -> Self:
        return self.does(ADA, assess(**fields), at)

    def asked(self, at: datetime | None = None) -> Self:
        return self.does(ADA, Ask(text="Which of the cups are broken?"), at)

    def told(self, at: datetime | None = None, by: Actor = ADA) -> Self:
        """Staff write to the complainant."""
        return self.does(by, Message(text="As we understand it, six cups are broken."), at)

    def resumed(self, at: datetime | None = None) -> Self:
        return self.does(ADA, Resume(reason="She told us on the telephone."), at)

    def wrote(self, text: str = "The blue ones.", at: datetime | None = None) -> Self:
        """The complainant writes."""
        return self.does(COMPLAINANT, Add(text=text), at)

    def found(self, at: datetime | None = None) -> Self:
        return self.does(ADA, Find(**FOUND), at)

    def decided(self, *remedies: Remedy, by: Actor = ADA, at: datetime | None = None) -> Self:
        return self.does(by, decide_to(remedies=remedies or (NEW_ONE,)), at)

    def approved(self, by: Actor = RUTH, at: datetime | None = None) -> Self:
        return self.does(by, Approve(), at)

    def sent_back(self, by: Actor = RUTH, at: datetime | None = None) -> Self:
        return self.does(by, Return(reasons="Nine cups were broken, not six."), at)

    def issued(self, at: datetime | None = None) -> Self:
        """The resolution is handed to the mail, which has not taken it yet."""
        return self.does(self.desk, Respond(), at)

    def responded(self, at: datetime | None = None) -> Self:
        """The resolution is handed to the mail, which takes it."""
        return self.issued(at).taken("resolution")

    def accepted(self, at: datetime | None = None) -> Self:
        """The complainant accepts the decision."""
        return self.does(COMPLAINANT, Answer(accepts=True), at)

    def disagreed(self, at: datetime | None = None) -> Self:
        """The complainant refuses the decision."""
        return self.does(COMPLAINANT, Answer(accepts=False, reason="I want cups."), at)

    def extended(self, by: Actor = RUTH, at: datetime | None = None, clock: str = "respond") -> Self:
        return self.does(by, Extend(clock=clock, reason="The courier has not answered."), at)

    def closed(self, at: datetime | None = None) -> Self:
        return self.does(self.desk, Close(reason=ClosingReason.ACCEPTED), at)

    def withdrawn(self, at: datetime | None = None) -> Self:
        return self.does(COMPLAINANT, Withdraw(), at)

    def taken(self, kind: str, at: datetime | None = None) -> Self:
        """The mail service takes the last letter of a kind."""
        letter = self.letter(kind)
        taken = LetterTaken(
            letter=letter.id, kind=kind, message_id=f"mail-{self.build().number}", about=letter.about
        )
        return self.does(MACHINE, taken, at)

    def refused(self, kind: str, at: datetime | None = None) -> Self:
        """The mail service will never take the last letter of a kind."""
        letter = self.letter(kind)
        refused = LetterRefused(letter=letter.id, kind=kind, reason="no such mailbox", about=letter.about)
        return self.does(MACHINE, refused, at)

    def posted(self, kind: str, told_at: datetime, at: datetime | None = None) -> Self:
        """Staff record when they posted the last letter of a kind."""
        posted = Posted(letter=self.letter(kind).id, at=told_at)
        return self.does(self.desk, posted, at or max(self.now, told_at))

    def ticked(self, at: datetime) -> Self:
        """The schedule looks at the case."""
        return self.does(MACHINE, Tick(), at)

    def letter(self, kind: str) -> Letter:
        """The last letter of a kind."""
        return [letter for letter in self.cases.letters if letter.kind == kind][-1]


def a_complaint(*, whole: bool = False, **site: Any) -> Story:
    """The beginning of a story at the demo site, or at one that differs from it."""
    return Story(replace(DEMO, **site), whole=whole)
