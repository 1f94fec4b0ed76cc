"""Whatever is asked in whatever order: no case leaves the table, and its facts always tell its state."""

from datetime import timedelta
from itertools import product
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry, opened
from complaints.case.complaint import Complaint
from complaints.case.evolution import evolve_all
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.casework.deadlines import Tick
from complaints.casework.outcome.decision import Respond
from complaints.casework.process.closing import Close
from complaints.casework.process.escalation import Answer
from complaints.context.decision_context import Context
from complaints.handling import verify_chain
from complaints.handling.lifecycle import allowed_commands
from complaints.handling.replay import replayed
from complaints.promise_packs.schema import ExternalBody
from complaints.values.competence import Competence, Topic
from complaints.values.errors import Forbidden, Invalid, NotNow, TooMany
from complaints.values.field_types import ClosingReason, EarlierDecision, Stage
from complaints.values.people import COMPLAINANT, MACHINE, Actor
from tests.builders import (
    ADA,
    ADAM,
    AUDREY,
    GRACE,
    MONDAY,
    OMBUDSMAN,
    PAULA,
    QUINN,
    REX,
    RUTH,
    Story,
    a_complaint,
    a_member,
    context,
    decide_to,
    refund,
)
from tests.complaints.reference_model import allowed as foreseen
from tests.complaints.situations import COMMANDS, OWN

PEOPLE = st.sampled_from([ADA, GRACE, RUTH, QUINN, AUDREY, PAULA, ADAM, COMPLAINANT, MACHINE])
TRIED = [
    *COMMANDS.values(),
    *OWN.values(),
    Respond(),
    decide_to(remedies=(refund("900"),)),
    decide_to(earlier_decision=EarlierDecision.REPLACE, remedies=(refund("20"),)),
    replace(COMMANDS["assess"], severity=3),
    replace(COMMANDS["assess"], safety=3, immediate_action=2),
    replace(COMMANDS["escalate"], to=3),
    Answer(accepts=False, reason="I want cups."),
    Close(reason=ClosingReason.ACCEPTED),
    Close(reason=ClosingReason.NO_ANSWER),
]
STEPS = st.integers(0, 8 * 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))
DULL = {
    "note", "message", "assign", "withdraw", "close", "recuse", "protect", "link", "unlink", "merge",
    "attach", "act", "task", "complete", "reassign", "cancel", "adjust", "represent", "add_complainant",
    "change_link",
    "plan_contact", "prioritise", "tell",
    "name_respondent", "record_side", "correct_contact", "correct_details", "redact",
    "prepare_case_file", "erase", "erase_party", "refuse_erasure", "hold", "lift_hold", "restrict",
    "unrestrict",
    "open_identity",
}  # fmt: skip
"""What is allowed nearly always, and leads nowhere or to the end."""
ONWARD = ("answer", "respond", "approve", "decide", "assess", "resume")
"""What takes a case to its end, the last step first."""
REFUSALS = (Forbidden, NotNow, Invalid, TooMany)

ENDS = {"closed", "withdrawn"}
LEADS_TO: dict[Stage, set[str]] = {
    Stage.RECEIVED: {"acknowledged", "assessed", "awaiting_complainant", *ENDS},
    Stage.ACKNOWLEDGED: {"assessed", "awaiting_complainant", *ENDS},
    Stage.ASSESSED: {"investigating", "awaiting_complainant", "referred", *ENDS},
    Stage.INVESTIGATING: {"assessed", "awaiting_complainant", "responded", "referred", *ENDS},
    Stage.AWAITING_COMPLAINANT: {
        "received", "acknowledged", "assessed", "investigating", "referred", *ENDS
    },
    Stage.RESPONDED: {"assessed", "referred", *ENDS},
    Stage.REFERRED: ENDS,
    Stage.CLOSED: {"acknowledged", "assessed", "referred"},
    Stage.WITHDRAWN: {"acknowledged", "assessed"},
}  # fmt: skip
"""From where to where a case can go, written by hand from the lifecycle: a review begins as `assessed`."""


if_written = precondition(lambda self: self.wrote)
"""What costs more to look at, and cannot have changed unless something was written."""


class AnySequence(RuleBasedStateMachine):
    """One case, and people and machines who ask for anything at any time."""

    @initialize(
        email=st.sampled_from(["ngozi@okafor.example", None]),
        body=st.sampled_from([OMBUDSMAN, None]),
        is_trained=st.booleans(),
    )
    def a_complaint_comes_in(self, email: str | None, body: ExternalBody | None, is_trained: bool) -> None:
        self.is_trained = is_trained
        self.story = self.begin(body).received(email=email)
        self.before = self.story.build()
        self.asked_by_people = 1
        self.wrote = True

    def begin(self, body: ExternalBody | None) -> Story:
        """The story before its first step."""
        if not self.is_trained:
            return a_complaint(external_body=body)
        story = a_complaint(
            external_body=body,
            decision_topics=(Topic.PROCEDURE,),
            approval_topics=(Topic.LAW,),
            review_topics=(Topic.LISTENING,),
        )
        ends = MONDAY.date() + timedelta(days=9)
        story.trained = {
            ADA.id: (Competence(Topic.PROCEDURE),),
            GRACE.id: (),
            RUTH.id: (Competence(Topic.PROCEDURE, ends), Competence(Topic.LISTENING)),
            REX.id: tuple(map(Competence, Topic)),
        }
        return story

    @rule(command=st.sampled_from(TRIED), by=PEOPLE, step=STEPS)
    def somebody_asks(self, command: Any, by: Actor, step: timedelta) -> None:
        allowed = self._allowed(by, step)
        took = self._asks(command, by, step)
        assert not took or command.verb in allowed, "what is not allowed is not taken"

    @rule(data=st.data(), by=st.sampled_from([ADA, RUTH, RUTH, COMPLAINANT]), step=STEPS)
    def somebody_does_what_is_allowed(self, data: st.DataObject, by: Actor, step: timedelta) -> None:
        allowed = self._allowed(by, step)
        expected = [command for command in TRIED if command.verb in allowed and command.verb not in DULL]
        if expected:
            self._asks(data.draw(st.sampled_from(expected)), by, step)

    @rule(data=st.data(), step=STEPS)
    def the_process_goes_on(self, data: st.DataObject, step: timedelta) -> None:
        """By chance alone hardly a case would be answered, let alone heard again."""
        for verb, by in product(ONWARD, (RUTH, REX, COMPLAINANT)):
            if verb in self._allowed(by, step):
                expected = [command for command in TRIED if command.verb == verb]
                self._asks(data.draw(st.sampled_from(expected)), by, step)
                break

    @rule(step=STEPS)
    def the_schedule_looks(self, step: timedelta) -> None:
        self._asks(Tick(), MACHINE, step)

    @precondition(lambda self: self.story.cases.letters)
    @rule(data=st.data(), step=STEPS, taken=st.booleans())
    def the_mail_service_answers(self, data: st.DataObject, step: timedelta, taken: bool) -> None:
        letter = data.draw(st.sampled_from(self.story.cases.letters[-2:]))
        if taken:
            command: Any = LetterTaken(letter=letter.id, kind=letter.kind, message_id="m", about=letter.about)
        else:
            command = LetterRefused(letter=letter.id, kind=letter.kind, reason="gone", about=letter.about)
        self._asks(command, MACHINE, step)

    def _allowed(self, by: Actor, step: timedelta) -> tuple[str, ...]:
        return allowed_commands(self.story.build(), self._context(by, step))

    def _context(self, by: Actor, step: timedelta = timedelta()) -> Context:
        trained = self.story.trained.get(by.id, ())
        return context(by, self.story.now + step, terms=self.story.terms, competence=trained)

    def _asks(self, command: Any, by: Actor, step: timedelta) -> bool:
        """Whether it was taken; a refusal must be a typed one and leave everything as it was."""
        self.before, entries = self.story.build(), len(self._entries())
        self.wrote = False
        try:
            self.story.does(by, command, self.story.now + step, a_member("grace"))
        except REFUSALS:
            assert self.story.build() == self.before
            assert len(self._entries()) == entries
            return False
        happened = self.story.build().number > self.before.number
        self.asked_by_people += by.is_person and happened
        self.wrote = happened
        return True

    @invariant()
    def the_case_is_where_the_table_leads(self) -> None:
        stage, before = self.story.build().stage, self.before.stage
        assert stage is before or stage in LEADS_TO[before]

    @invariant()
    def what_may_be_asked_is_what_the_tables_foresee(self) -> None:
        complaint = self.story.build()
        for by in (ADA, RUTH, QUINN, AUDREY, ADAM, COMPLAINANT):
            asking = self._context(by)
            assert set(allowed_commands(complaint, asking)) == foreseen(complaint, asking), by

    @invariant()
    def the_version_counts_what_people_did(self) -> None:
        complaint = self.story.build()
        assert complaint.version == self.asked_by_people
        assert complaint.number == len(self._entries()) >= complaint.version

    @invariant()
    def an_ended_case_waits_for_nothing_but_remedies_actions_calls_dangers_and_files_under_way(self) -> None:
        complaint = self.story.build()
        running = [clock.purpose for clock in complaint.clocks if clock.stopped_at is None]
        awaited = [file for file in complaint.attachments if file.is_waited_for]
        moments = [each.next_moment for each in complaint.actions] + [
            each.next_moment for each in complaint.tasks
        ]
        to_do = any(moments)
        if not complaint.stage.is_open:
            danger = {"immediate_action"} if complaint.is_danger else set()
            assert set(running) - danger <= ({"remedy"} if complaint.stage is Stage.CLOSED else set())
            assert complaint.next_at is None or running or awaited or to_do

    @if_written
    @invariant()
    def the_stored_facts_tell_the_state(self) -> None:
        """Sealed as they are in the chain, and opened with their words, they evolve to the same state."""
        entries, complaint = self._entries(), self.story.build()
        assert replayed(complaint.reference, entries) == complaint
        assert retold(complaint.reference, entries) == complaint

    @if_written
    @invariant()
    def the_chain_verifies(self) -> None:
        assert list(verify_chain.flaws(self.story.build(), self._entries())) == []

    def _entries(self) -> list[StoredEntry]:
        return list(self.story.cases.entries(self.story.reference))


def retold(reference: str, entries: list[StoredEntry]) -> Complaint:
    """The state that the facts of a chain lead to, opened with their words."""
    complaint = Complaint(reference=reference)
    for stored in entries:
        entry = hash_chain.decode(stored.data)
        facts = [opened(fact, place, stored.private) for place, fact in enumerate(entry.facts)]
        complaint = evolve_all(complaint, facts)
        seal = hash_chain.hash_of(stored.data)
        complaint = replace(complaint, number=entry.number, version=entry.version, seal=seal)
    return complaint


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
