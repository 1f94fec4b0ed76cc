"""The one write path: look at a case, ask the rule, and write all that follows at once."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.casework.evolution import evolve_all
from complaints.casework.lifecycle import decide
from complaints.commands.case import Command, Receive
from complaints.context.case import AlreadyUsed, Card, Case, Collision, Guard, LetterMark, Opening, Writing
from complaints.context.context import Given
from complaints.context.ports import Cases, Keys
from complaints.events.case import MESSAGES
from complaints.events.event import Fact
from complaints.letters.paper_letters import marks_of
from complaints.letters.triggers import called_for
from complaints.model.complaint import Complaint
from complaints.model.letter import promise
from complaints.rules import redaction
from complaints.values import reference
from complaints.values.errors import KeyReused, ProofRefused, Stale, Unavailable

TRIES = 3
"""How often a staff command is decided again that lost a race with a machine's entry."""

PATIENCE = 12
"""How often any other command is: a crowd that writes to one case is let through one by one."""

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


class Taken(Struct, frozen=True):
    """A case that was taken, now or (`replayed`) at an earlier try."""

    case: Case
    replayed: bool


class Casework:
    """Carries commands out on cases.

    `random` gives that many random bytes; `wait` lets others go first, longer with each lost race.
    """

    def __init__(
        self, cases: Cases, keys: Keys, random: Callable[[int], bytes], wait: Callable[[int], None] = at_once
    ) -> None:
        self._cases, self._keys, self._random, self._wait = cases, keys, random, wait

    def receive(self, command: Receive, given: Given, submission: Submission) -> Taken:
        """Opens a case, or finds the one that the same submission opened.

        Raises `KeyReused` for another body under the key, `ProofRefused` for a spent proof.
        """
        for attempt in range(MOST_COLLISIONS):
            name = self.reference_for(submission, attempt)
            opening = Opening(key=submission.key, body=submission.body, salt=self._salt())
            case = Case(complaint=Complaint(reference=name), opening=opening, card=_card(command))
            facts = decide(case.complaint, command, given)
            guards = (submission.proof,) if submission.proof else ()
            try:
                return Taken(self._write(self.writing(case, facts, given, guards=guards)), replayed=False)
            except Collision as lost:
                if lost.case.opening.key == submission.key:
                    return Taken(replayed(lost.case, submission), replayed=True)
            except AlreadyUsed:
                raise ProofRefused from None
        raise Unavailable

    def find_replay(self, submission: Submission) -> Taken | None:
        """The case that the same submission opened, if any; looked up before a proof is refused."""
        for attempt in range(MOST_COLLISIONS):
            case = self._cases.load(self.reference_for(submission, attempt))
            if case is None:
                return None
            if case.opening.key == submission.key:
                return Taken(replayed(case, submission), replayed=True)
        return None

    def carry_out(
        self,
        case: Case,
        command: Command,
        given: Given,
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
            facts = decide(case.complaint, command, given)
            if not facts:
                return case
            try:
                guards = (guard,) if guard else ()
                return self._write(self.writing(case, facts, given, guards=guards, marks=marks))
            except Collision as lost:
                case = lost.case
        raise Unavailable

    def access(self, case: Case) -> str:
        """The token that opens one case to its complainant; made again, never stored."""
        said = f"{case.complaint.reference}|{case.opening.generation}|{case.opening.salt}"
        digest = hmac.digest(self._keys.key("access"), said.encode(), "sha256")
        return urlsafe_b64encode(digest[:24]).decode()

    def nobodys_case(self, name: str) -> Case:
        """A case that is not there, of which a token can be made all the same."""
        return Case(complaint=Complaint(reference=name), opening=Opening(key="", body="", salt=self._salt()))

    def reference_for(self, submission: Submission, attempt: int) -> str:
        said = f"{submission.site}|{submission.key}|{attempt}"
        return reference.from_digest(hmac.digest(self._keys.key("reference"), said.encode(), "sha256"))

    def writing(
        self,
        case: Case,
        facts: list[Fact],
        given: Given,
        *,
        guards: tuple[Guard, ...] = (),
        marks: tuple[LetterMark, ...] = (),
    ) -> Writing:
        """All that follows from these facts, as the store writes it; `case` in it is the case after."""
        before = case.complaint
        link = hash_chain.link(before, facts, given.by, self._random)
        after = replace(evolve_all(before, facts), number=link.number, version=link.version, seal=link.seal)
        written = replace(case, complaint=after, card=redaction.card_after(case.card, facts))
        if before.number == 0:
            promises = tuple(promise(clock) for clock in after.promises())
            written = replace(written, opening=replace(case.opening, promises=promises))
        return Writing(
            before=before.number,
            case=written,
            entry=link.data,
            private=link.private,
            is_message=any(isinstance(fact, MESSAGES) for fact in facts),
            removals=tuple(redaction.removals(facts, given.passage)),
            letters=called_for(after, facts, given.terms),
            guards=guards,
            marks=(*marks, *marks_of(facts)),
        )

    def _write(self, writing: Writing) -> Case:
        self._cases.write(writing)
        return writing.case

    def _salt(self) -> str:
        return urlsafe_b64encode(self._random(hash_chain.SALT_BYTES)).decode()


def replayed(case: Case, submission: Submission) -> Case:
    """The case, if the body is the same as then. Raises `KeyReused`."""
    if not hmac.compare_digest(case.opening.body, submission.body):
        raise KeyReused
    return case


def _card(command: Receive) -> Card:
    return Card(subject=command.subject or "", name=command.name or "")
