"""The ports of the rules, kept in memory: what a test needs of the world, and nothing of AWS."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter
from complaints.context.case import AlreadyUsed, Case, CaseWrite, Guard, LetterMark, MarkLost, VersionConflict
from complaints.context.ports import Cases, Clock, ExportFiles, Secrets
from complaints.context.stores import Retention
from complaints.delivery.ports import Limits
from complaints.delivery.rate_limits import RateLimit
from complaints.values.casework.retention import RetentionCandidate, RetentionRun
from complaints.values.errors import Stale
from complaints.values.key_ring import KeyRing

Private = Mapping[str, tuple[str, str]]


class FixedClock(Clock):
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


class FixedKeys(Secrets):
    """A key for each purpose, the same in every test, until a test rotates it."""

    def __init__(self) -> None:
        self.rings: dict[str, KeyRing] = {}

    def key(self, purpose: str) -> bytes:
        return self.ring(purpose).newest.key

    def ring(self, purpose: str) -> KeyRing:
        return self.rings.get(purpose) or KeyRing.of(purpose.encode().ljust(32, b"."))

    def brought(self, name: str) -> str:
        return ""


class CountingSalt:
    """Bytes that are never the same twice, and the same in every run."""

    def __init__(self) -> None:
        self._grains: Iterator[int] = count(1)

    def __call__(self, size: int) -> bytes:
        return next(self._grains).to_bytes(size, "big")


class FakeCases(Cases):
    """The store of cases in memory; `letters` are all that were ever wanted, `marks` what became of them."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.marks: list[LetterMark] = []
        self._cases: dict[str, Case] = {}
        self._entries: dict[str, list[StoredEntry]] = {}
        self._identities: dict[tuple[str, int], Private] = {}
        self._guards: dict[str, Guard] = {}
        self._attempts: dict[tuple[str, str], str] = {}

    def load(self, reference: str) -> Case | None:
        return self._cases.get(reference)

    def write(self, writing: CaseWrite, also: CaseWrite | None = None) -> None:
        writings = (writing, also) if also else (writing,)
        for each in writings:
            self._refuse(each)
        for each in writings:
            self._keep(each)

    def _keep(self, writing: CaseWrite) -> None:
        complaint = writing.case.complaint
        self._cases[complaint.reference] = writing.case
        self._remove(complaint.reference, writing)
        entry = StoredEntry(complaint.number, writing.entry, writing.private)
        self._identities[complaint.reference, complaint.number] = writing.identity
        self._entries.setdefault(complaint.reference, []).append(entry)
        self._guards |= {guard.id: guard for guard in writing.guards}
        for mark in writing.marks:
            self._attempts.pop((complaint.reference, mark.letter), None)
        self.letters += writing.letters
        self.marks += writing.marks

    def _remove(self, reference: str, writing: CaseWrite) -> None:
        entries = self._entries.get(reference, [])
        for removal in writing.removals:
            stored = entries[removal.entry - 1]
            entries[removal.entry - 1] = StoredEntry(stored.number, stored.data, removal.left)
            if removal.identity is not None:
                self._identities[reference, removal.entry] = removal.identity

    def entries(self, reference: str, *, with_identity: bool = False) -> Sequence[StoredEntry]:
        found = tuple(self._entries.get(reference, ()))
        if not with_identity:
            return found
        return tuple(
            StoredEntry(each.number, each.data, {**each.private, **self._identities[reference, each.number]})
            for each in found
        )

    def remove_private(self, reference: str) -> None:
        """Removes what people wrote in a case and who they are, as its erasure does."""
        self._entries[reference] = [
            StoredEntry(each.number, each.data, {}) for each in self._entries[reference]
        ]
        self._identities |= {key: {} for key in self._identities if key[0] == reference}

    def complaints(self) -> Sequence[Complaint]:
        """All cases as they stand."""
        return [case.complaint for case in self._cases.values()]

    def hold(self, case: Case) -> None:
        """Has a case as it stands, without its entries."""
        self._cases[case.complaint.reference] = case

    def claim(self, reference: str, letter: str, attempt: str) -> None:
        """Takes a letter for an attempt, as the outbox does."""
        self._attempts[reference, letter] = attempt

    def _refuse(self, writing: CaseWrite) -> None:
        """Raises what stands in the way, in the order of the port's contract."""
        reference = writing.case.complaint.reference
        if not all(self._is_in_force(reference, mark) for mark in writing.marks):
            raise MarkLost
        stored = self._cases.get(reference)
        is_lost = (stored.complaint.number if stored else 0) != writing.before
        spent = next((guard for guard in writing.guards if not self._is_free(guard)), None)
        if spent and (writing.before or not is_lost):
            raise AlreadyUsed(self._guards[spent.id])
        if stored and is_lost:
            raise VersionConflict(stored)

    def _is_free(self, guard: Guard) -> bool:
        stored = self._guards.get(guard.id)
        return stored is None or stored.expires <= guard.at

    def _is_in_force(self, reference: str, mark: LetterMark) -> bool:
        return mark.attempt is None or self._attempts.get((reference, mark.letter)) == mark.attempt


class HeldRetention(Retention):
    """The store of retention in memory, over the cases of which it tells."""

    def __init__(self, cases: FakeCases) -> None:
        self._cases = cases
        self._runs: dict[tuple[str, date], RetentionRun] = {}

    def ended(self, site: str, before: datetime, after: str | None = None) -> Iterator[RetentionCandidate]:
        found = []
        for complaint in self._cases.complaints():
            at = complaint.ended_at
            if at is None or complaint.site != site or complaint.erasure or at >= before:
                continue
            place = f"{at:%Y-%m-%dT%H:%M:%S}#{complaint.reference}"
            if after is None or place > after:
                found.append(RetentionCandidate(complaint.reference, at, complaint.category, place))
        yield from sorted(found, key=lambda each: each.place)

    def waiting_mail(self, site: str, reference: str) -> datetime | None:
        return None

    def run_of(self, site: str, day: date) -> RetentionRun | None:
        return self._runs.get((site, day))

    def keep(self, run: RetentionRun) -> None:
        before = self._runs.get((run.site, run.day))
        if run.revision != (before.revision if before else 0) + 1:
            raise Stale(run.revision)
        self._runs[run.site, run.day] = run

    def runs(self, site: str, limit: int, until: date | None = None) -> Sequence[RetentionRun]:
        known = (day for key, day in self._runs if key == site)
        days = sorted((day for day in known if until is None or day <= until), reverse=True)
        return [self._runs[site, day] for day in days[:limit]]


class HeldExports(ExportFiles):
    """Exported files in memory, each with its state."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.states: dict[str, str] = {}

    def put(self, key: str, lines: bytes, state: str) -> None:
        self.files[key], self.states[key] = lines, state

    def state(self, key: str) -> str | None:
        return self.states.get(key)


class CountedLimits(Limits):
    """Counts towards limits, and knows mailboxes, in memory."""

    def __init__(self, known: frozenset[str] = frozenset()) -> None:
        self._taken: Counter[str] = Counter()
        self._known = set(known)

    def may_leave(self, allowance: RateLimit) -> bool:
        if self._taken[allowance.name] >= allowance.most:
            return False
        self._taken[allowance.name] += 1
        return True

    def has_not_left(self, allowance: RateLimit) -> None:
        self._taken[allowance.name] = max(0, self._taken[allowance.name] - 1)

    def know(self, mailbox: str, until: datetime) -> None:
        self._known.add(mailbox)

    def knows(self, mailbox: str) -> bool:
        return mailbox in self._known
