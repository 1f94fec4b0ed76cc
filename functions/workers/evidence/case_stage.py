"""The cases of the period: the register, whether each chain verifies, and what happened to deadlines, letters
and corrective actions.

A case is in the register that was received in the period, or ended in it. Where its state cannot be read, the
one that follows from its entries is taken; a case whose entries cannot be read is named, and not in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from complaints.adapters.config import telemetry
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letters import AddressFailed, LetterFailed, LetterPosted
from complaints.case.deadlines import (
    ClockPaused,
    ClockResumed,
    DeadlineExtended,
    DeadlineMissed,
    DelayExplained,
    ExtensionFailed,
    ExtensionRequested,
)
from complaints.case.fact import Fact
from complaints.case.people.identity import IdentityOpened
from complaints.case.record.case_file import CaseFilePrepared
from complaints.case.record.erasure import (
    DataRemovalBegun,
    DataRemovalRequested,
    DataRemovalStopped,
    DataRemoved,
    Erased,
    ErasureProposed,
    ErasureRefused,
    ErasureRequested,
    LegalHoldLifted,
    LegalHoldSet,
    PartyErased,
    ProcessingRestricted,
    RestrictionLifted,
)
from complaints.case.record.personal_data import PersonalDataPrepared
from complaints.case.record.redaction import Redacted
from complaints.case.workflow.corrective_actions import ActionChecked, ActionDone, ActionPlanned, ActionRaised
from complaints.casework.people.sensitive_cases import hidden_categories, sensitive_categories
from complaints.casework.people.vulnerability import told_to
from complaints.evidence.pack_work import Stage, with_cases
from complaints.handling.replay import replayed
from complaints.handling.verify_chain import Flaw, flaws
from complaints.management.evaluation.evidence_packs import People
from complaints.values.people import MACHINE
from functions.http.formats.csv_export import Cell
from functions.serializers.desk.case_facts import facts
from functions.serializers.exports.case_cells import cells, columns
from functions.serializers.exports.case_record import case_record
from functions.serializers.parts.entries_with_texts import opened
from functions.use_cases.cases.iterate_cases import case_batches
from functions.workers.evidence.building import Building, is_unreadable

STEP, A_READ = 1_000, 100
"""How many cases of a site one step looks at, and how many each read gives."""

SHOWN = (
    "reference", "received_at", "category", "stage", "level", "responded_at", "ended_at", "outcome", "cause",
    "missed_deadlines", "entries", "verifies",
)  # fmt: skip
"""The columns of the register that its page shows; the file has all."""

FACT_COLUMNS = ("reference", "number", "at", "fact", "by", "details")

TABLES: tuple[tuple[int, str, tuple[type[Fact], ...]], ...] = (
    (7, "missed", (DeadlineMissed,)),
    (7, "extensions", (ExtensionRequested, DeadlineExtended, ExtensionFailed, DelayExplained)),
    (7, "pauses", (ClockPaused, ClockResumed)),
    (8, "case_actions", (ActionPlanned, ActionDone, ActionChecked, ActionRaised)),
    (12, "removed_and_handed_out", (Redacted, CaseFilePrepared, PersonalDataPrepared, IdentityOpened)),
    (
        12,
        "erasures",
        (
            ErasureProposed,
            ErasureRequested,
            ErasureRefused,
            Erased,
            PartyErased,
            DataRemovalRequested,
            DataRemovalBegun,
            DataRemovalStopped,
            DataRemoved,
            LegalHoldSet,
            LegalHoldLifted,
            ProcessingRestricted,
            RestrictionLifted,
        ),
    ),
    (13, "failures", (LetterFailed, AddressFailed, LetterPosted)),
)
"""What is told of the facts of cases: in which part, under which name, which facts."""

Row = Sequence[Cell]


class CaseRead(NamedTuple):
    """A case of the register: its chain up to the state that was read, and what does not fit."""

    complaint: Complaint
    entries: Sequence[StoredEntry]
    flaws: Sequence[Flaw]
    is_hidden: bool


def step(building: Building) -> None:
    """Looks at the next thousand cases of the site."""
    deps, work = building.deps, building.work
    building.go_on(chunk=work.chunk + 1)
    place, seen = work.place, 0
    read: list[CaseRead] = []
    hidden = _hidden(building)
    for batch in case_batches(deps, building.record.site, place, A_READ):
        states = _states(building, [each.row.reference for each in batch.items])
        for reference in sorted(states):
            if _is_of_period(building, states[reference]):
                with building.naming("case", reference):
                    read.append(_read(building, states[reference], hidden))
        seen, place = seen + len(batch.items), batch.up_to
        if place is None or seen >= STEP:
            break
    _add(building, read)
    if place is None:
        building.go_on(stage=Stage.SAMPLE, place="0", chunk=0)
    else:
        building.go_on(place=place)


def _states(building: Building, references: Sequence[str]) -> dict[str, Complaint]:
    """The cases by their references, each as it can be read; where it cannot, what follows from its entries,
    if that is of the period. A case of which neither can be told may be of it, and is named."""
    cases = building.deps.cases
    try:
        return {name: case.complaint for name, case in cases.load_all(references).items()}
    except Exception as error:
        if not is_unreadable(error):
            raise
    # Which of them it is shows one by one.
    found: dict[str, Complaint] = {}
    for reference in references:
        try:
            found |= {name: case.complaint for name, case in cases.load_all([reference]).items()}
            continue
        except Exception as error:
            if not is_unreadable(error):
                raise
            telemetry.failure("the state of a case cannot be read", error, reference=reference)
        with building.naming("case", reference):
            complaint = replayed(reference, cases.entries(reference))
            if _is_of_period(building, complaint):
                found[reference] = complaint
                building.leave_out("case", reference)
    return found


def _hidden(building: Building) -> frozenset[str]:
    """The categories of cases that are not there for whoever ordered the pack."""
    member = building.deps.members.find(building.pack.ordered_by)
    codes = building.terms.site.codes
    return hidden_categories(member, codes) if member else sensitive_categories(codes)


def _is_of_period(building: Building, complaint: Complaint) -> bool:
    def holds(moment: datetime | None) -> bool:
        day = moment.astimezone(building.terms.zone).date() if moment else None
        return day is not None and building.pack.since <= day <= building.pack.until

    return holds(complaint.received_at) or holds(complaint.ended_at)


def _read(building: Building, complaint: Complaint, hidden: frozenset[str]) -> CaseRead:
    """A case that goes on meanwhile is told as it stood when its state was read."""
    stored = building.deps.cases.entries(complaint.reference)
    entries = [each for each in stored if each.number <= complaint.number]
    found = list(flaws(complaint, entries, without_identity=True))
    if complaint.reference in building.work.failed:
        found.append(Flaw(complaint.number, "unreadable"))
    return CaseRead(complaint, entries, found, not hidden.isdisjoint(complaint.categories))


def _add(building: Building, read: Sequence[CaseRead]) -> None:
    """Adds what is told of these cases. One that was met before in another queue is told once."""
    work = building.work
    read = [each for each in read if each.complaint.reference not in work.met]
    shown = [each for each in read if not each.is_hidden]
    of_people = building.pack.people is People.ALL
    _add_register(building, shown, of_people=of_people)
    ends = (each.complaint for each in read)
    building.lines(
        5,
        f"{work.chunk:04d}/register.jsonl",
        ({"chain": f"case#{each.reference}", "number": each.number, "seal": each.seal} for each in ends),
    )
    told = [(each.complaint.reference, told_to(MACHINE, _facts(each, of_people=of_people))) for each in shown]
    for part, name, kinds in TABLES:
        rows = [row for reference, said in told for row in _rows(reference, said, kinds)]
        building.table(part, name, FACT_COLUMNS, rows, of_chunk=True)
    failed = [(each.complaint.reference, flaw.number, flaw.harm) for each in read for flaw in each.flaws]
    building.table(11, "failed", ("reference", "number", "harm"), failed, of_chunk=True)
    sample = with_cases(
        work.sample, (each.complaint for each in shown), building.pack.seed, building.pack.size
    )
    numbers = {f"case#{each.complaint.reference}": each.complaint.number for each in shown}
    known = work.heads | numbers
    building.go_on(
        cases=work.cases + len(read),
        entries=work.entries + sum(len(each.entries) for each in read),
        withheld=(*work.withheld, *(each.complaint.reference for each in read if each.is_hidden)),
        failed=tuple(dict.fromkeys((*work.failed, *(reference for reference, _, _ in failed)))),
        sample=sample,
        heads={name: known[name] for each in sample.references if (name := f"case#{each}") in known},
        met=work.met | {each.complaint.reference for each in read if not each.complaint.ended_at},
    )


def _add_register(building: Building, shown: Sequence[CaseRead], *, of_people: bool) -> None:
    names = columns(building.terms.site, of_people=of_people)
    rows = []
    for each in shown:
        said = _facts(each, of_people=True) if of_people else ()
        record = case_record(each.complaint, said, of_people=of_people, of_care=False)
        end = (len(each.entries), each.complaint.seal, "no" if each.flaws else "yes")
        rows.append((*cells(record, names), *end))
    building.table(5, "register", (*names, "entries", "seal", "verifies"), rows, SHOWN, of_chunk=True)


def _facts(each: CaseRead, *, of_people: bool) -> list[tuple[int, Fact]]:
    """Without people, nothing is in them that somebody wrote; of bytes that are no entry nothing is told."""
    if any(flaw.harm == "unreadable" for flaw in each.flaws):
        return []
    entries = each.entries if of_people else [replace(entry, private={}) for entry in each.entries]
    return opened(entries)


def _rows(reference: str, said: Iterable[tuple[int, Fact]], kinds: tuple[type[Fact], ...]) -> Iterator[Row]:
    for number, fact in said:
        if isinstance(fact, kinds):
            yield fact_row(reference, number, fact)


def fact_row(reference: str, number: int, fact: Fact) -> Row:
    """A fact as a row of a table; what it says besides is JSON."""
    (shown,) = facts([(number, fact)], UTC)
    said = {name: value for name, value in shown.items() if name not in FACT_COLUMNS and value}
    details = msgspec.json.encode(said).decode() if said else ""
    return (reference, number, shown["at"], shown["fact"], shown["by"], details)
