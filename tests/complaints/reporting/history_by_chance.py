"""A history of cases by chance: reviews, bodies outside, reopenings, merges, corrections, redactions,
surveys, promises missed, paused and extended, remedies, corrective actions, failed letters, and repeats.
"""

from collections.abc import Iterator
from typing import Any

from complaints.case.outcome.referral import ReferralStep
from complaints.case.record.links import Relation
from complaints.casework.correspondence.letters import LetterTaken
from complaints.casework.outcome.classification import Classify
from complaints.casework.outcome.referral import RecordReferral
from complaints.casework.outcome.remedies import Remedied
from complaints.casework.outcome.survey import AnswerSurvey
from complaints.casework.process.closing import Reopen
from complaints.casework.record.links import NoteRepeat
from complaints.casework.record.redaction import Redact
from complaints.casework.workflow.corrective_actions import Act, Acted
from complaints.values.field_types import Outcome, Remedy
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import ADA, GRACE, OMBUDSMAN, QUINN, RUTH, Story, a_complaint, a_member, decide_to, refund
from tests.complaints.reporting.recomputed_clocks import local
from tests.complaints.reporting.recomputed_figures import (
    DAY,
    HOUR,
)
from tests.complaints.reporting.regulators.random_cases import MAPPED, NEW_YEAR, SITE, Teller
from tests.complaints.two_cases import another, link

CALENDAR = a_complaint(**SITE).terms.working_days


class HistoryTeller(Teller):
    """Tells more of what can become of a case."""

    def history(self, cases: int) -> Iterator[Story]:
        courses = (
            self.open, self.withdrawn, self.taken_up_again, self.answered, self.reopened, self.reviewed,
            self.question, self.converted, self.merged, self.corrected_late, self.redacted, self.surveyed,
            self.late, self.asked, self.extended, self.with_dates, self.acting, self.not_delivered,
            self.handed_on, self.repeated, self.outside, self.decided_again,
        )  # fmt: skip
        for number in range(cases):
            yield from self.random.choice(courses)(f"k-{number}")

    def corrected_late(self, key: str) -> Iterator[Story]:
        story = self.answered_case(key).accepted()
        others = [each for each in MAPPED if each and each != story.build().category]
        category = self.random.choice(others)
        yield story.does(ADA, Classify(category=category, reason="It was about this."), self.later(story))

    def redacted(self, key: str) -> Iterator[Story]:
        story = self.answered_case(key)
        yield story.does(RUTH, Redact(message=1, reason="It names somebody else."), self.later(story))

    def surveyed(self, key: str) -> Iterator[Story]:
        story = a_complaint(whole=True, **SITE).received(
            self.random_day(), key=key, language=self.random.choice(("en", "tr"))
        )
        story.acknowledged().assessed().decided().responded().accepted()
        while not [letter for letter in story.cases.letters if letter.kind == "survey"]:
            story.ticked(story.now + DAY)
        story.taken("survey")
        if self.random.random() < 0.7:
            easy, respect, understood, time, outcome = (self.random.randint(1, 5) for _ in range(5))
            answers = AnswerSurvey(
                easy=easy, respect=respect, understood=understood, time=time, outcome=outcome
            )
            story.does(COMPLAINANT, answers, story.now + self.random.choice((HOUR, 6 * DAY)))
        yield story

    def whole(self, key: str) -> Story:
        """With all the promises of the site, and a body outside."""
        fields: dict[str, Any] = {"category": self.random.choice([each for each in MAPPED if each])}
        site = SITE | {"external_body": OMBUDSMAN}
        return a_complaint(whole=True, **site).received(self.random_day(), key=key, **fields)

    def late(self, key: str) -> Iterator[Story]:
        """Missed what was promised, and answered after all or not."""
        story = self.whole(key)
        if self.random.random() < 0.5:
            story.acknowledged(story.now + self.random.choice((HOUR, 20 * DAY)))
        for days in self.random.sample(range(1, 90), 3):
            if days * DAY + NEW_YEAR > story.now:
                story.ticked(story.now + days * DAY)
        if self.random.random() < 0.6 and story.build().acknowledged_at:
            story.assessed(story.now + HOUR).decided().responded(story.now + DAY)
        yield story

    def asked(self, key: str) -> Iterator[Story]:
        """The promise stood still while the complainant was asked."""
        story = self.whole(key).acknowledged().assessed()
        story.asked(story.now + DAY)
        if self.random.random() < 0.8:
            story.wrote(at=self.later(story))
            story.decided(at=story.now + HOUR).responded(self.later(story))
        yield story

    def extended(self, key: str) -> Iterator[Story]:
        story = self.whole(key).acknowledged().assessed()
        story.extended(at=story.now + DAY)
        story.taken("extension")
        yield story.decided(at=self.later(story)).responded(story.now + HOUR)

    def with_dates(self, key: str) -> Iterator[Story]:
        """Remedies with a date, done in time, late, or not at all."""
        story = self.received(key).acknowledged().assessed()
        day = local(story.now) + self.random.randint(5, 40) * DAY
        remedies = (refund("12.50", by=day), Remedy(kind="replacement", by=day + DAY))
        story.does(ADA, decide_to(remedies=remedies)).responded(story.now + DAY)
        for owed in story.build().remedies_owed:
            if self.random.random() < 0.7:
                at = story.now + self.random.choice((DAY, 30 * DAY))
                story.does(ADA, Remedied(remedy=owed.id, done_on=local(at)), at)
        yield story.accepted(story.now + HOUR) if self.random.random() < 0.5 else story

    def acting(self, key: str) -> Iterator[Story]:
        """A corrective action: planned, done in time or late, checked or not."""
        story = self.answered_case(key).accepted()
        due = local(story.now) + 20 * DAY
        act = Act(action="training_given", owner="grace", due=due)
        story.does(QUINN, act, story.now + HOUR, colleague=a_member("grace"))
        if self.random.random() < 0.8:
            story.does(GRACE, Acted(action="1"), story.now + self.random.choice((DAY, 40 * DAY)))
            if self.random.random() < 0.6:
                helped = self.random.random() < 0.5
                story.does(QUINN, Acted(action="1", effective=helped), self.later(story))
        yield story

    def not_delivered(self, key: str) -> Iterator[Story]:
        """A letter did not arrive, or the mail service may have taken it twice."""
        story = self.received(key)
        if self.random.random() < 0.5:
            yield story.refused("acknowledgement", story.now + HOUR)
            return
        letter = story.letter("acknowledgement")
        taken = LetterTaken(letter=letter.id, kind=letter.kind, message_id="mail-1", doubtful=True)
        yield story.does(MACHINE, taken, story.now + HOUR)

    def handed_on(self, key: str) -> Iterator[Story]:
        story = self.received(key).acknowledged()
        for name in self.random.sample(("grace", "ada", "gus"), self.random.randint(1, 3)):
            story.assigned(name, self.later(story))
        if self.random.random() < 0.5:
            story.assessed().decided().responded(self.later(story)).accepted(story.now + DAY)
        yield story

    def repeated(self, key: str) -> Iterator[Story]:
        """Found to repeat another one; taken back, or linked by staff besides."""
        story = self.received(key, category="delivery.late")
        story.does(MACHINE, NoteRepeat(of="C-BVC3C-KNJEW-R"), story.now + HOUR)
        if self.random.random() < 0.4:
            story.does(MACHINE, NoteRepeat(), self.later(story))
        other = another(story, story.now - 9 * DAY, key=f"{key}-too", category="delivery.late")
        if self.random.random() < 0.6:
            link(story, other, Relation.SAME_PERSON, at=story.now + HOUR)
        yield from (story, other)

    def outside(self, key: str) -> Iterator[Story]:
        """Taken to a body outside, which decides."""
        story = self.whole(key).acknowledged().assessed().decided().responded().disagreed()
        story.decided(by=RUTH, at=self.later(story)).responded().disagreed(story.now + DAY)
        if self.random.random() < 0.7:
            result: Any = self.random.choice((Outcome.UPHELD, Outcome.NOT_UPHELD))
            step = RecordReferral(step=ReferralStep.DECIDED, on=local(story.now), result=result)
            story.does(RUTH, step, story.now + 2 * DAY)
        yield story

    def decided_again(self, key: str) -> Iterator[Story]:
        """Taken up again after its end, and decided once more."""
        story = self.answered_case(key)
        story.accepted(story.now + HOUR)
        story.does(RUTH, Reopen(reason="She rang."), self.later(story))
        yield self.decided(story, RUTH)
