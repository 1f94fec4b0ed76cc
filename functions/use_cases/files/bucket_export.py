"""Export of each case to a bucket as JSON Lines, whenever something happens in it (off by default).

    cases/site=<site>/month=<yyyy-mm>/<reference>.jsonl    one line: every field of the case
    facts/site=<site>/month=<yyyy-mm>/<reference>.jsonl    one line for each fact

Athena and other engines read the folders as partitions: the site, and the month of receipt in UTC. The files
of a case are replaced as a whole, so what is redacted is gone from them, and doing it again changes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.casework.people.vulnerability import told_to
from complaints.handling.replay import replayed
from complaints.values.errors import Unavailable
from complaints.values.people import MACHINE
from functions.serializers.exports.case_lines import AnyLine, FactLine, WholeCase, case_lines
from functions.serializers.field_types import Moment, Reference
from functions.serializers.parts.entries_with_texts import opened

if TYPE_CHECKING:
    from complaints.adapters.container import Container


Read = Callable[[str], Sequence[StoredEntry]]
"""Reads the entries of a case, by its reference."""

FORMAT = 1
"""Of what is written: a later one has more columns, and files of an earlier one are written again."""

TRIES = 5
"""How often a case is written anew that changes while it is written."""

_encode = msgspec.json.Encoder().encode


class ExportedFact(Struct, frozen=True, kw_only=True):
    """What happened in a case; `details` is JSON, because each kind of fact has fields of its own."""

    reference: Reference
    site: str
    number: int
    fact: str
    at: Moment
    by: str
    details: str


class ExportedFiles(NamedTuple):
    """The keys and contents of the files of a case; the last one is written last."""

    files: tuple[tuple[str, bytes], ...]
    state: str


def export_case(deps: "Container", read: Read, reference: str) -> None:
    """Writes the files of a case as it is now; `read` may give entries that were read a little ago.

    Two workers may write the same case at once, and the one that read an earlier state may be the later to
    write: so each looks afterwards whether the case has gone on. Raises `Unavailable`.
    """
    entries = read(reference)
    for _ in range(TRIES):
        if not entries:
            return
        made = exported(reference, entries, deps.now(), with_texts=bool(deps.settings.export_texts))
        for key, lines in made.files:
            deps.export_files.put(key, lines, made.state)
        case = deps.cases.load(reference)
        if case is None or case.complaint.number <= entries[-1].number:
            return
        entries = deps.cases.entries(reference)
    raise Unavailable


def export_missing(deps: "Container", reference: str) -> bool:
    """Writes the files of a case that are not there, or of an earlier state, and says whether it did."""
    case = deps.cases.load(reference)
    if case is None:
        return False
    complaint = case.complaint
    state = state_of(complaint.number, with_texts=bool(deps.settings.export_texts))
    if deps.export_files.state(_key("facts", complaint)) == state:
        return False
    export_case(deps, deps.cases.entries, reference)
    return True


def state_of(number: int, *, with_texts: bool) -> str:
    """What files say that they are: the format, whether texts are in them, and up to which entry."""
    return f"{FORMAT}.{'whole' if with_texts else 'plain'}.{number}"


def exported(
    reference: str, entries: Sequence[StoredEntry], now: datetime, *, with_texts: bool
) -> ExportedFiles:
    """The files of a case. Without texts nothing is in them that a person wrote, and nobody's name."""
    if not with_texts:
        entries = [StoredEntry(each.number, each.data, {}) for each in entries]
    complaint = replayed(reference, entries)
    facts = told_to(MACHINE, opened(entries))
    whole = WholeCase(complaint, facts, (), now.date(), of_care=False)
    cases, happened = ([*case_lines(whole, (kind,))] for kind in ("case", "fact"))
    lines = [_fact(complaint.site, each) for each in happened]
    return ExportedFiles(
        (
            (_key("cases", complaint), b"".join(_encode(each) + b"\n" for each in cases)),
            (_key("facts", complaint), b"".join(_encode(each) + b"\n" for each in lines)),
        ),
        state_of(entries[-1].number, with_texts=with_texts),
    )


def _fact(site: str, line: AnyLine) -> ExportedFact:
    assert isinstance(line, FactLine)
    return ExportedFact(
        reference=line.reference,
        site=site,
        number=line.number,
        fact=line.fact,
        at=line.at,
        by=line.by,
        details=_encode(line.values).decode(),
    )


def _key(folder: str, complaint: Complaint) -> str:
    received_at = complaint.received_at or datetime(1970, 1, 1, tzinfo=UTC)
    month = received_at.astimezone(UTC).strftime("%Y-%m")
    return f"{folder}/site={complaint.site}/month={month}/{complaint.reference}.jsonl"
