"""The one write path: what was submitted once is one case, and who is second is told so or decided again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import NOT_TO_COMPLAINANT
from complaints.casework.correspondence.letters import LetterTaken
from complaints.casework.correspondence.messages import Add, Note
from complaints.casework.deadlines import Tick
from complaints.casework.process.closing import Withdraw
from complaints.context.case import AlreadyUsed, Case, CaseWrite, Guard
from complaints.handling.service import PATIENCE, TOKEN_SIGNS, TRIES, Casework, Submission, TakenCase
from complaints.values.details_told import Person
from complaints.values.errors import KeyReused, NotNow, ProofRefused, Stale, Unavailable
from complaints.values.field_types import Stage
from complaints.values.people import COMPLAINANT, MACHINE
from complaints.values.text.receipt_code import code_of
from tests.builders import ADA, MONDAY, TUESDAY, a_complaint, context, receive
from tests.fakes import CountingSalt, FakeCases, FixedKeys

SUBMISSION = Submission(site="demo", key="k-1", body="b-1")
PROOF = Guard(id="proof-1", at=MONDAY, expires=TUESDAY)
KEY = Guard(id="key-1", at=MONDAY, expires=TUESDAY, body="b-1")
NOTE = Note(text="Rang the courier.")
TAKEN = LetterTaken(letter="000001.1", kind="acknowledgement", message_id="mail-1")


class Crowded(FakeCases):
    """A store at which somebody else writes just before each of our writes, as often as there are rivals."""

    def __init__(self) -> None:
        super().__init__()
        self.rivals: list[Callable[[], object]] = []

    def write(self, writing: CaseWrite, also: CaseWrite | None = None) -> None:
        if self.rivals:
            self.rivals.pop(0)()
        super().write(writing, also)


def casework(cases: FakeCases) -> Casework:
    return Casework(cases, FixedKeys(), CountingSalt())


def submit(desk: Casework, submission: Submission = SUBMISSION) -> TakenCase:
    return desk.receive(receive(), context(COMPLAINANT), submission)


def test_the_same_submission_is_one_case() -> None:
    desk = casework(FakeCases())
    first, again = submit(desk), submit(desk)
    assert (first.replayed, again.replayed) == (False, True)
    assert again.case == first.case


def test_another_key_or_site_is_another_case() -> None:
    desk = casework(FakeCases())
    submissions = [SUBMISSION, replace(SUBMISSION, key="k-2"), replace(SUBMISSION, site="demo-tr")]
    assert len({submit(desk, one).case.complaint.reference for one in submissions}) == 3


def test_a_replay_is_answered_with_the_promises_of_then() -> None:
    """And with the case as it stands now."""
    cases = FakeCases()
    desk = casework(cases)
    first = submit(desk).case
    withdrawn = desk.carry_out(first, Withdraw(), context(COMPLAINANT, TUESDAY))
    again = submit(desk).case
    assert again == withdrawn
    assert [promise.clock for promise in again.opening.promises] == ["acknowledge", "respond"]


def test_another_body_under_the_key_is_refused() -> None:
    desk = casework(FakeCases())
    submit(desk)
    other = replace(SUBMISSION, body="b-2")
    with pytest.raises(KeyReused):
        submit(desk, other)
    with pytest.raises(KeyReused):
        desk.find_replay(other)


def test_a_proof_is_spent_once() -> None:
    desk = casework(FakeCases())
    submit(desk, replace(SUBMISSION, proof=PROOF))
    with pytest.raises(ProofRefused):
        submit(desk, replace(SUBMISSION, key="k-2", proof=PROOF))


def test_s23_a_replay_needs_no_fresh_proof() -> None:
    desk = casework(FakeCases())
    submit(desk, replace(SUBMISSION, proof=PROOF))
    assert submit(desk, replace(SUBMISSION, proof=PROOF)).replayed
    found = desk.find_replay(SUBMISSION)
    assert found is not None
    assert found.replayed
    assert desk.find_replay(replace(SUBMISSION, key="k-2")) is None


def test_a_reference_that_is_another_cases_is_derived_again() -> None:
    """Fifty bits may collide; the second case gets the next reference, and is found there."""
    cases = FakeCases()
    desk = casework(cases)
    taken_name = desk.reference_for(SUBMISSION, 0)
    stranger = submit(desk, replace(SUBMISSION, key="k-2")).case
    cases.hold(replace(stranger, complaint=replace(stranger.complaint, reference=taken_name)))
    first = submit(desk)
    assert first.case.complaint.reference == desk.reference_for(SUBMISSION, 1)
    assert submit(desk).case == first.case
    assert desk.find_replay(SUBMISSION) == TakenCase(first.case, replayed=True)


def test_references_that_collide_without_end_are_given_up() -> None:
    cases = FakeCases()
    desk = casework(cases)
    stranger = submit(desk, replace(SUBMISSION, key="k-2")).case
    for attempt in range(5):
        name = desk.reference_for(SUBMISSION, attempt)
        cases.hold(replace(stranger, complaint=replace(stranger.complaint, reference=name)))
    with pytest.raises(Unavailable):
        submit(desk)
    assert desk.find_replay(SUBMISSION) is None


def crowded() -> tuple[Crowded, Casework, Case]:
    """A store with one case, before anybody gets in the way."""
    cases = Crowded()
    desk = casework(cases)
    return cases, desk, submit(desk).case


def test_s40_whoever_looked_at_an_older_version_is_told() -> None:
    _, desk, case = crowded()
    desk.carry_out(case, NOTE, context(), expected=1)
    with pytest.raises(Stale) as refusal:
        desk.carry_out(desk.carry_out(case, NOTE, context()), NOTE, context(), expected=1)
    assert refusal.value.version == 3


def test_a_race_that_a_person_won_makes_the_version_stale() -> None:
    cases, desk, case = crowded()
    cases.rivals = [lambda: casework(cases).carry_out(case, Add(text="And the lid."), context(COMPLAINANT))]
    with pytest.raises(Stale) as refusal:
        desk.carry_out(case, NOTE, context(), expected=1)
    assert refusal.value.version == 2


def test_a_race_that_a_machine_won_is_decided_again() -> None:
    """The mail service took a letter meanwhile: the person's version is as good as before."""
    cases, desk, case = crowded()
    cases.rivals = [lambda: casework(cases).carry_out(case, TAKEN, context(MACHINE))]
    after = desk.carry_out(case, NOTE, context(), expected=1).complaint
    assert (after.number, after.version, after.stage) == (3, 2, Stage.ACKNOWLEDGED)


def test_s41_a_complainant_who_writes_meanwhile_is_not_lost() -> None:
    cases, desk, case = crowded()
    cases.rivals = [lambda: casework(cases).carry_out(case, NOTE, context())]
    after = desk.carry_out(case, Add(text="And the lid."), context(COMPLAINANT)).complaint
    assert (after.number, after.version) == (3, 3)


def test_a_decision_that_the_race_forbids_is_refused() -> None:
    cases, desk, case = crowded()
    cases.rivals = [lambda: casework(cases).carry_out(case, Withdraw(), context(COMPLAINANT))]
    with pytest.raises(NotNow):
        desk.carry_out(case, Add(text="And the lid."), context(COMPLAINANT))


@pytest.mark.parametrize(("expected", "races"), [(1, TRIES), (None, PATIENCE)])
def test_a_race_without_end_is_given_up(expected: int | None, races: int) -> None:
    """Staff are told soon; a complainant's message is let through a crowd for longer."""
    cases, _, case = crowded()
    alone, waits = casework(cases), list[int]()
    patient = Casework(cases, FixedKeys(), CountingSalt(), waits.append)

    def a_machine_is_first() -> None:
        rivals, cases.rivals = cases.rivals, []
        alone.carry_out(submit(alone).case, TAKEN, context(MACHINE))
        cases.rivals = rivals

    cases.rivals = [a_machine_is_first] * races
    with pytest.raises(Unavailable):
        patient.carry_out(case, NOTE, context(), expected=expected)
    assert waits == list(range(1, races))
    assert cases.rivals == []


def test_a_used_key_is_told_by_its_guard() -> None:
    _, desk, case = crowded()
    after = desk.carry_out(case, NOTE, context(), guard=KEY)
    with pytest.raises(AlreadyUsed) as used:
        desk.carry_out(after, NOTE, context(), guard=KEY)
    assert used.value.guard == KEY


def test_s65_an_accepted_command_is_one_entry_and_a_refused_one_none() -> None:
    story = a_complaint().received()
    story.assessed(note="She rang.")
    assert [entry.number for entry in story.cases.entries(story.reference)] == [1, 2]
    with pytest.raises(NotNow):
        story.resumed()
    assert len(story.cases.entries(story.reference)) == 2


def test_a_command_from_which_nothing_follows_writes_nothing() -> None:
    _, desk, case = crowded()
    assert desk.carry_out(case, Tick(), context(MACHINE), guard=KEY) is case
    assert desk.carry_out(case, NOTE, context(), guard=KEY).complaint.version == 2


def test_s58_facts_keep_their_order_when_the_clock_jumps_back() -> None:
    earlier = TUESDAY - timedelta(hours=1)
    story = a_complaint().received(TUESDAY).does(ADA, NOTE, earlier).does(ADA, NOTE, MONDAY)
    assert [fact.at for fact in story.facts][-2:] == [earlier, MONDAY]
    assert [entry.number for entry in story.cases.entries(story.reference)] == [1, 2, 3]


def test_s20_a_token_opens_one_case_of_one_generation() -> None:
    story = a_complaint().received()
    other = a_complaint().received(key="k-2")
    desk = story.casework
    renewed = replace(story.case, opening=replace(story.case.opening, generation=2))
    tokens = {desk.access(one) for one in (story.case, other.case, renewed)}
    assert len(tokens) == 3
    assert all(len(token) == 32 for token in tokens)
    assert desk.access(story.assessed().case) in tokens, "work on a case leaves its token"


def test_a_token_and_its_receipt_code_opened_the_case_until_the_links_were_renewed() -> None:
    story = a_complaint().received()
    desk = story.casework
    former = desk.access(story.case)
    renewed, again = (
        replace(story.case, opening=replace(story.case.opening, generation=generation))
        for generation in (2, 3)
    )
    for typed in (former, code_of(former), code_of(former).lower().replace("-", " ")):
        assert (desk.is_opened(story.case, typed), desk.was_opened(story.case, typed)) == (True, False)
        assert (desk.is_opened(renewed, typed), desk.was_opened(renewed, typed)) == (False, True)
        assert not desk.was_opened(again, typed)


def test_s21_a_case_that_is_not_there_has_a_token_of_the_same_make() -> None:
    desk = casework(FakeCases())
    nobodys = desk.access(desk.missing_case("C-7K3M9-QX2HT-7"))
    assert len(nobodys) == len(desk.access(submit(desk).case))


def test_links_of_every_make_open_after_a_rotation_until_their_generation_is_ended() -> None:
    story, keys = a_complaint().received(), FixedKeys()
    desk = Casework(story.cases, keys, CountingSalt())
    before = desk.access(story.case)
    keys.rings["access"] = keys.ring("access").rotated(b"1" * 32, 2)
    after = desk.access(story.case)
    assert (len(before), len(after), after[0]) == (TOKEN_SIGNS, TOKEN_SIGNS + 1, "1")
    assert desk.is_opened(story.case, before)
    assert desk.is_opened(story.case, after)
    for other in ("", before[1:], after[1:], "1" + before, "0" + before, "2" + after[1:], "x" + before):
        assert not desk.is_opened(story.case, other)
    keys.rings["access"] = keys.ring("access").without(0)
    assert not desk.is_opened(story.case, before)
    assert desk.is_opened(story.case, after)


@pytest.mark.parametrize(("anonymous", "kept"), [(False, {7, None}), (True, {None})])
def test_letters_to_who_stays_anonymous_and_to_staff_say_nothing_of_a_network(
    anonymous: bool, kept: set[int | None]
) -> None:
    cases = FakeCases()
    command = receive(danger=True, danger_details="The gas leaks.")
    if anonymous:
        command = replace(command, person=Person(), anonymous=True)
    casework(cases).receive(command, replace(context(COMPLAINANT), network=7), SUBMISSION)
    assert {letter.network for letter in cases.letters} == kept
    assert not any(letter.network for letter in cases.letters if letter.kind in NOT_TO_COMPLAINANT)
