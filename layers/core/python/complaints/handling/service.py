"""The one write path: look at a case, ask the rule, and write all that follows at once."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import Private, StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import NOT_TO_COMPLAINANT, Letter, promise
from complaints.case.evolution import evolve_all
from complaints.case.fact import Fact
from complaints.case.facts import MESSAGES
from complaints.case.record.erasure import PartyErased
from complaints.case.workflow.corrective_actions import ListedAction
from complaints.case.workflow.tasks import ListedTask, Task
from complaints.casework.command import Command
from complaints.casework.process.receipt import Receive
from complaints.context.case import (
    DATA_KEY_BYTES,
    AlreadyUsed,
    Case,
    CaseWrite,
    Guard,
    LetterMark,
    QueueCard,
    Removal,
    SubmissionRecord,
    VersionConflict,
)
from complaints.context.decision_context import Context
from complaints.context.ports import Cases, Secrets
from complaints.handling.lifecycle import decide
from complaints.handling.queue_card import card_after
from complaints.lazy_imports import lazy_imports
from complaints.letters.letter_marks import marks_of
from complaints.letters.triggers import called_for
from complaints.values.errors import CaseErased, KeyReused, ProofRefused, Stale, Unavailable
from complaints.values.text import case_reference, receipt_code

with lazy_imports():
    from complaints.casework.record import party_erasure, redaction


NOTHING: Private = {}

TRIES = 3
"""How often a staff command is decided again that lost a race with a machine's entry."""

PATIENCE = 12
"""How often any other command is: a crowd that writes to one case is let through one by one."""

_TOKEN_BYTES = 24
TOKEN_SIGNS = _TOKEN_BYTES * 4 // 3
"""How many signs of a token are its signature; those before name the key."""

MOST_COLLISIONS = 5
"""How many derived references may belong to other cases before something is wrong."""


def at_once(race: int) -> None:
    """Tries again without waiting."""


class Submission(Struct, frozen=True, kw_only=True):
    """What makes a submission the same one again: site, key, and the keyed hash of its body."""

    site: str
    key: str
    body: str
    proof: Guard | None = None


class TakenCase(Struct, frozen=True):
    """A case that was taken, now or (`replayed`) at an earlier try."""

    case: Case
    replayed: bool


class Casework:
    """Carries commands out on cases.

    `random` gives that many random bytes; `wait` lets others go first, longer with each lost race.
    """

    def __init__(
        self,
        cases: Cases,
        keys: Secrets,
        random: Callable[[int], bytes],
        wait: Callable[[int], None] = at_once,
    ) -> None:
        self._cases, self._keys, self._random, self._wait = cases, keys, random, wait

    def receive(self, command: Receive, context: Context, submission: Submission) -> TakenCase:
        """Opens a case, or finds the one that the same submission opened.

        Raises `KeyReused` for another body under the key, `ProofRefused` for a spent proof, `CaseErased` for
        a submission whose case was erased.
        """
        for attempt in range(MOST_COLLISIONS):
            name = self.reference_for(submission, attempt)
            opening = SubmissionRecord(
                key=submission.key, body=submission.body, salt=self._salt(), keyed=True
            )
            case = Case(
                complaint=Complaint(reference=name),
                opening=opening,
                card=QueueCard(subject=command.subject or "", name=command.person.name or ""),
                data_key=self._random(DATA_KEY_BYTES),
            )
            facts = decide(case.complaint, command, context)
            guards = (submission.proof,) if submission.proof else ()
            try:
                return TakenCase(
                    self._write(self.writing(case, facts, context, guards=guards)), replayed=False
                )
            except VersionConflict as lost:
                if _is_opened_by(lost.case, submission):
                    return TakenCase(replayed(lost.case, submission), replayed=True)
            except AlreadyUsed:
                raise ProofRefused from None
        raise Unavailable

    def find_replay(self, submission: Submission) -> TakenCase | None:
        """The case that the same submission opened, if any; looked up before a proof is refused.

        Raises `KeyReused`, `CaseErased`.
        """
        for attempt in range(MOST_COLLISIONS):
            case = self._cases.load(self.reference_for(submission, attempt))
            if case is None:
                return None
            if _is_opened_by(case, submission):
                return TakenCase(replayed(case, submission), replayed=True)
        return None

    def carry_out(
        self,
        case: Case,
        command: Command,
        context: Context,
        *,
        expected: int | None = None,
        guard: Guard | None = None,
        marks: tuple[LetterMark, ...] = (),
    ) -> Case:
        """The case after `command`; the same one when nothing follows from it.

        `expected` is the version that a person looked at. Raises `Stale` when it is not the one in
        force, a `Refusal` of the rule, `AlreadyUsed` when the guard stands.
        """
        for race in range(PATIENCE if expected is None else TRIES):
            if race:
                self._wait(race)
            if expected is not None and case.complaint.version != expected:
                raise Stale(case.complaint.version)
            facts = decide(case.complaint, command, context)
            if not facts:
                return case
            try:
                guards = (guard,) if guard else ()
                return self._write(self.writing(case, facts, context, guards=guards, marks=marks))
            except VersionConflict as lost:
                case = lost.case
        raise Unavailable

    def access(self, case: Case) -> str:
        """The token that opens one case to its complainant; made again, never stored."""
        return self._token(self._of_case(case, case.generation))

    def is_opened(self, case: Case, token: str) -> bool:
        """Whether a token opens the case to its complainant, or the receipt code of one."""
        return self._opens(token, self._of_case(case, case.generation))

    def was_opened(self, case: Case, token: str) -> bool:
        """Whether a token, or the receipt code of one, opened the case until its links were renewed last; it
        opens nothing any more."""
        return self._opens(token, self._of_case(case, case.generation - 1))

    def _opens(self, token: str, message: str) -> bool:
        return self._is_token(token, message) | self._is_code(token, message)

    def _of_case(self, case: Case, generation: int) -> str:
        return f"{case.complaint.reference}|{generation}|{case.opening.salt}"

    def address_access(self, case: Case) -> str:
        """The token that confirms the proposed mail address; another one for the next address."""
        return self._token(self._of_address(case))

    def confirms_address(self, case: Case, token: str) -> bool:
        """Whether a token confirms the proposed mail address."""
        return self._is_token(token, self._of_address(case))

    def _of_address(self, case: Case) -> str:
        proposed = case.complaint.contact.proposed
        entry = proposed.entry if proposed else 0
        return f"address|{entry}|{self._of_case(case, case.generation)}"

    def task_access(self, case: Case, task: Task) -> str:
        """The token that opens one task to the outside unit that has it; another one for the next unit."""
        return self._token(self._of_task(case, task))

    def opens_task(self, case: Case, task: Task, token: str) -> bool:
        """Whether a token opens one task to the outside unit that has it."""
        return self._is_token(token, self._of_task(case, task))

    def _of_task(self, case: Case, task: Task) -> str:
        return f"task|{task.id}|{task.given}|{self._of_case(case, case.opening.generation)}"

    def _token(self, message: str) -> str:
        """The id of the newest key, and 32 signs: all of them letters, digits, `-` and `_`."""
        newest = self._keys.ring("access").newest
        return newest.id + _signed(newest.key, message)

    def _is_token(self, token: str, message: str) -> bool:
        key = self._keys.ring("access").find(token[:-TOKEN_SIGNS])
        if key is None:
            return False
        return hmac.compare_digest(_signed(key, message).encode(), token[-TOKEN_SIGNS:].encode())

    def _is_code(self, token: str, message: str) -> bool:
        """Whether it is the receipt code of a token, whichever generation of the key made that."""
        typed = receipt_code.compared(token).encode()
        is_one = False
        for each in self._keys.ring("access").generations:
            code = receipt_code.code_of(each.id + _signed(each.key, message))
            is_one |= hmac.compare_digest(receipt_code.compared(code).encode(), typed)
        return is_one

    def missing_case(self, name: str) -> Case:
        """A case that is not there, of which a token can be made all the same."""
        return Case(
            complaint=Complaint(reference=name), opening=SubmissionRecord(key="", body="", salt=self._salt())
        )

    def reference_for(self, submission: Submission, attempt: int) -> str:
        message = f"{submission.site}|{submission.key}|{attempt}"
        return case_reference.from_digest(
            hmac.digest(self._keys.key("reference"), message.encode(), "sha256")
        )

    def writing(
        self,
        case: Case,
        facts: list[Fact],
        context: Context,
        *,
        guards: tuple[Guard, ...] = (),
        marks: tuple[LetterMark, ...] = (),
    ) -> CaseWrite:
        """All that follows from these facts, as the store writes it; `case` in it is the case after."""
        before = case.complaint
        link = hash_chain.link(before, facts, context.by, self._random)
        private, identity = link.private, NOTHING
        after = replace(evolve_all(before, facts), number=link.number, version=link.version, seal=link.seal)
        if after.sealed:
            private, identity = hash_chain.divided(facts, link.private)
        written = replace(case, complaint=after, card=card_after(case.card, facts, is_sealed=after.sealed))
        if after.erasure and not before.erasure:
            # What made the links and tells a submission again: nothing of the person is left in the head.
            written = replace(written, opening=replace(case.opening, key="", body="", salt=""))
        if before.number == 0:
            promises = tuple(promise(clock) for clock in after.promises())
            written = replace(written, opening=replace(case.opening, promises=promises))
        return CaseWrite(
            before=before.number,
            case=written,
            entry=link.data,
            private=private,
            identity=identity,
            is_message=any(isinstance(fact, MESSAGES) for fact in facts),
            removals=_removals(facts, context, after),
            letters=_of_network(called_for(after, facts, context.terms), after, context.network),
            tasks=_tasks_to_list(before, after),
            actions=_actions_to_list(before, after),
            guards=guards,
            marks=(*marks, *marks_of(facts)),
        )

    def _write(self, writing: CaseWrite) -> Case:
        self._cases.write(writing)
        return writing.case

    def _salt(self) -> str:
        return urlsafe_b64encode(self._random(hash_chain.SALT_BYTES)).decode()


def _signed(key: bytes, message: str) -> str:
    return urlsafe_b64encode(hmac.digest(key, message.encode(), "sha256")[:_TOKEN_BYTES]).decode()


def _of_network(letters: tuple[Letter, ...], after: Complaint, network: int | None) -> tuple[Letter, ...]:
    """The letters of a complaint, those that staff or programs read aside, with the group of networks that it
    came from. One who stays anonymous gets none, and leaves no trace of a network."""
    if network is None or after.is_anonymous:
        return letters
    return tuple(
        letter if letter.kind in NOT_TO_COMPLAINANT else replace(letter, network=network)
        for letter in letters
    )


def _removals(facts: list[Fact], context: Context, after: Complaint) -> tuple[Removal, ...]:
    """What is removed with the facts, of a sealed case from both items of an entry."""
    found = _found_removals(facts, context, after)
    if not (found and after.sealed):
        return found
    passages = (*((context.passage,) if context.passage else ()), *context.passages)
    entries = {passage.entry.number: passage.entry for passage in passages}
    return tuple(_divided(removal, entries[removal.entry]) for removal in found)


def _divided(removal: Removal, entry: StoredEntry) -> Removal:
    """A removal whose values of the identity stand in an item of their own."""
    of_entry = hash_chain.decode(entry.data).facts
    words, identity = hash_chain.divided(of_entry, dict(entry.private))
    left, stays = hash_chain.divided(of_entry, removal.left)
    return replace(removal, left=left, identity=stays if identity else None, is_apart=not words)


def _found_removals(facts: list[Fact], context: Context, after: Complaint) -> tuple[Removal, ...]:
    """What is removed with the facts: of an entry that was redacted, or of one of several people."""
    if context.passage:
        return tuple(redaction.removals(facts, context.passage, after))
    if not context.passages:
        return ()
    erased = (fact for fact in facts if isinstance(fact, PartyErased))
    return tuple(removal for fact in erased for removal in party_erasure.removals(fact, context.passages))


def _tasks_to_list(before: Complaint, after: Complaint) -> tuple[ListedTask, ...]:
    if not after.tasks:
        return ()
    return tuple(task for task in after.listed_tasks if task not in before.listed_tasks)


def _actions_to_list(before: Complaint, after: Complaint) -> tuple[ListedAction, ...]:
    if not after.actions:
        return ()
    return tuple(action for action in after.listed_actions if action not in before.listed_actions)


def _is_opened_by(case: Case, submission: Submission) -> bool:
    """Whether the case at a derived reference is that of the submission. Raises `CaseErased`.

    An erased case no longer knows what opened it: it is taken for the one that is sent again, so that nothing
    brings it back. A collision of two submissions is far rarer than a file that is imported twice.
    """
    if case.complaint.erasure:
        raise CaseErased
    return case.opening.key == submission.key


def replayed(case: Case, submission: Submission) -> Case:
    """The case, if the body is the same as then. Raises `KeyReused`."""
    if not hmac.compare_digest(case.opening.body, submission.body):
        raise KeyReused
    return case
