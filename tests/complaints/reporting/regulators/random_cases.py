"""Cases at one site to which everything happens that a return tells apart, by chance and a seed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from complaints.casework.outcome.classification import Classify
from complaints.casework.outcome.feedback import Convert
from complaints.casework.outcome.points import AddPoint
from complaints.casework.outcome.remedies import Remedied
from complaints.casework.process.closing import Close, Reopen
from complaints.values.codes import Code, Codes
from complaints.values.field_types import Channel, ClosingReason, ComplainantKind, Feedback, Outcome, Remedy
from complaints.values.people import COMPLAINANT, Actor, Role
from tests.builders import ADA, REX, RUTH, Story, a_complaint, decide_to, refund
from tests.complaints.two_cases import another, merge

NEW_YEAR = datetime(2026, 1, 1, 6, tzinfo=UTC)
REMY = Actor("staff", "remy", (Role.REVIEWER,))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CASES = 2_000

CODES = Codes()
SITE: dict[str, Any] = {
    "codes": Codes(
        categories=(
            *(each for each in CODES.categories if each.code != "delivery.late"),
            Code(code="delivery.late", product="payment_service"),
            Code(code="insurance.motor"),
        ),
        remedies=(*CODES.remedies, Code(code="voucher")),
        causes=(*CODES.causes, Code(code="weather")),
    )
}
MAPPED: dict[str | None, tuple[str, str, str]] = {
    "delivery.late": ("payments", "service", "other"),
    "insurance.motor": ("insurance", "unmapped:insurance.motor", "unmapped:insurance.motor"),
    "billing.collection": ("unmapped:billing.collection", "charges", "trust_administration"),
    "product.defective": ("unmapped:product.defective", "unmapped:product.defective", "other"),
    None: ("unmapped:none",) * 3,
}
"""Of each category the product for the FCA and ASIC, the issue for ASIC, and the subject for the NHS."""

CAUSES: dict[str | None, str] = {
    "staffing": "general_administration",
    "policy": "information_charges_performance",
    "weather": "unmapped:weather",
    None: "unmapped:none",
}
"""Of each root cause the cause for the FCA."""

REMEDIES = (
    refund("12.50", "GBP"),
    refund("40"),
    Remedy(kind="voucher", amount="7.25", currency="GBP"),
    Remedy(kind="repair", amount="99", currency="GBP"),
    Remedy(kind="apology"),
)


class Teller:
    """Tells what becomes of cases by chance, each step some time after the one before."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def stories(self) -> Iterator[Story]:
        courses = (
            self.open, self.withdrawn, self.taken_up_again, self.answered, self.answered, self.reopened,
            self.reviewed, self.question, self.converted, self.merged,
        )  # fmt: skip
        for number in range(CASES):
            yield from self.random.choice(courses)(f"k-{number}")

    def random_day(self) -> datetime:
        return NEW_YEAR + self.random.randrange(170) * DAY + self.random.randrange(10) * HOUR

    def received(self, key: str, **fields: Any) -> Story:
        at = self.random_day()
        by = COMPLAINANT
        values: dict[str, Any] = {
            "category": self.random.choice((*MAPPED, "delivery.late")),
            "kind": self.random.choice((ComplainantKind.CONSUMER, ComplainantKind.MICRO_BUSINESS, None)),
        }
        if self.random.random() < 0.3:
            by, values["channel"] = ADA, self.random.choice((Channel.TELEPHONE, Channel.LETTER))
            values["received_at"] = at - 2 * DAY
        return a_complaint(**SITE).received(at, by, key=key, **values | fields)

    def later(self, story: Story) -> datetime:
        return story.now + self.random.choice((HOUR, DAY, 3 * DAY, 20 * DAY, 60 * DAY)) + HOUR

    def open(self, key: str) -> Iterator[Story]:
        story = self.received(key)
        for _ in range(self.random.randrange(4)):
            category = self.random.choice([*MAPPED])
            story.does(ADA, AddPoint(text="This, too.", category=category))
        yield story

    def withdrawn(self, key: str) -> Iterator[Story]:
        story = self.received(key)
        yield story.withdrawn(self.later(story))

    def taken_up_again(self, key: str) -> Iterator[Story]:
        story = self.received(key).acknowledged()
        story.withdrawn(self.later(story))
        yield story.does(RUTH, Reopen(reason="She rang."), self.later(story))

    def decided(self, story: Story, by: Any) -> Story:
        remedies = tuple(self.random.sample(REMEDIES, self.random.randint(1, 3)))
        outcome = self.random.choice((Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD))
        cause = self.random.choice([each for each in CAUSES if each])
        story.does(by, decide_to(outcome, remedies=remedies, root_cause=cause), self.later(story))
        decision = story.build().decision
        if decision and decision.needs_approval:
            story.approved(REX if decision.level == 1 else REMY)
        story.responded()
        for owed in story.build().remedies_owed:
            if self.random.random() < 0.6:
                at = self.later(story)
                story.does(by, Remedied(remedy=owed.id, done_on=at.date()), at)
        return story

    def answered_case(self, key: str) -> Story:
        story = self.received(key).acknowledged().assessed()
        if self.random.random() < 0.4:
            category = self.random.choice([each for each in MAPPED if each])
            story.does(ADA, Classify(category=category, reason="It is about this."))
        return self.decided(story, ADA)

    def answered(self, key: str) -> Iterator[Story]:
        yield self.answered_case(key)

    def reopened(self, key: str) -> Iterator[Story]:
        story = self.answered_case(key)
        story.accepted(story.now + HOUR)
        yield story.does(RUTH, Reopen(reason="She rang."), self.later(story))

    def reviewed(self, key: str) -> Iterator[Story]:
        story = self.answered_case(key)
        story.disagreed(story.now + HOUR)
        yield self.decided(story, RUTH)

    def question(self, key: str) -> Iterator[Story]:
        yield self.received(key, feedback=Feedback.QUESTION)

    def converted(self, key: str) -> Iterator[Story]:
        story = self.received(key, feedback=Feedback.QUESTION)
        story.does(ADA, Close(reason=ClosingReason.HANDLED), self.later(story))
        yield story.does(ADA, Convert(reason="It is one."), self.later(story))

    def merged(self, key: str) -> Iterator[Story]:
        story = self.received(key)
        other = another(story, story.now, key=f"{key}-too", category="delivery.late")
        merge(story, other, at=story.now + HOUR)
        yield from (story, other)
