"""The pack that is being made: what is added to it, and its tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from complaints.adapters.config import telemetry
from complaints.checkpoints.checkpoint_chain import Trust
from complaints.checkpoints.signature import trusted_keys
from complaints.context.ports import FileUnreadable
from complaints.evidence.pack_work import Unreadable, UnreadableKind, with_rows
from complaints.management.evaluation.evidence_packs import EvidencePack
from complaints.management.record import ManagementRecord
from complaints.values.errors import DataKeyLost, Unavailable, WrittenByNewerRelease
from functions.http.formats.csv_export import Cell, csv_text
from functions.workers.archive_building import ArchiveBuilding, TurnOver

if TYPE_CHECKING:
    from complaints.adapters.container import Container


PARTS: Mapping[int, str] = {
    1: "01-policies",
    2: "02-roles",
    3: "03-settings",
    4: "04-indicators",
    5: "05-register",
    6: "06-cases",
    7: "07-deadlines",
    8: "08-improvement",
    9: "09-survey",
    10: "10-audits",
    11: "11-verification",
    12: "12-privacy",
    13: "13-letters",
}
"""The parts of a pack and their folders (ISO 10002, clause 8.5)."""

OWN_TABLES = frozenset(
    {
        "readings", "members", "settings", "changes", "promise_packs", "indicators", "objective_results",
        "register", "missed", "extensions", "pauses", "case_actions", "failed", "removed_and_handed_out",
        "failures", "survey", "findings", "access", "erasures", "unreadable",
        "retention_runs", "verifications",
    }
)  # fmt: skip
"""Tables that are of no kind of record."""

_json = msgspec.json.Encoder(order="sorted").encode

Line = Mapping[str, Any]

_NEVER_READABLE = (FileUnreadable, DataKeyLost, WrittenByNewerRelease)
"""What is asked for again is as it is, though the store answers."""


def is_unreadable(error: Exception) -> bool:
    """Whether what was asked for cannot be read, while the store answers and the turn goes on."""
    if isinstance(error, Unavailable):
        return isinstance(error, _NEVER_READABLE)
    return not isinstance(error, (TurnOver, MemoryError))


def trust_of(deps: "Container") -> Trust:
    """The keys that the installation signs with, or signed with before."""
    earlier = [key for key in deps.settings.earlier_keys.split(",") if key]
    return Trust(trusted_keys(deps.evidence, deps.signer.public_key, earlier))


class Building(ArchiveBuilding):
    """An evidence pack between two steps."""

    def __init__(
        self, deps: "Container", record: ManagementRecord, pack: EvidencePack, until: datetime
    ) -> None:
        super().__init__(deps, record, pack.ordered_at, until)
        self.deps, self.pack = deps, pack
        self.language = deps.catalogues.spoken(self.terms.site.language)

    @contextmanager
    def naming(self, what: UnreadableKind, name: str) -> Iterator[None]:
        """Notes what could not be read, and goes on after the block: it must not keep all else from being in
        the pack. A store that does not answer, and a turn that is over, end the step: it is done again."""
        try:
            yield
        except Exception as error:
            if not is_unreadable(error):
                raise
            telemetry.failure("not in the evidence pack", error, record=self.record.id, what=what, place=name)
            self.leave_out(what, name)

    def leave_out(self, what: UnreadableKind, name: str) -> None:
        """Notes that something could not be read; a case that cannot be does not verify."""
        found = Unreadable(what, name)
        self.go_on(unreadable=tuple(dict.fromkeys((*self.work.unreadable, found))))
        if what == "case":
            self.go_on(failed=tuple(dict.fromkeys((*self.work.failed, name))))

    def lines(self, part: int, name: str, lines: Iterable[Line]) -> None:
        """Adds lines of JSON, for the verifier; nothing where there is none."""
        content = b"".join(_json(each) + b"\n" for each in lines)
        if content:
            self.archive.add(f"{PARTS[part]}/{name}", content)

    def table(
        self,
        part: int,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        shown: Sequence[str] = (),
        *,
        of_chunk: bool = False,
    ) -> None:
        """Adds a table, for programs (CSV) and as a page, of some columns where they are `shown`.

        One of a chunk of cases is left out where it has no rows: others have.
        """
        if of_chunk and not rows:
            return
        file = f"{PARTS[part]}/{name}" + (f"-{self.work.chunk:04d}" if of_chunk else "")
        self.archive.add(f"{file}.csv", csv_text(columns, rows).encode())
        places = [columns.index(each) for each in shown or columns]
        self.archive.add(
            f"{file}.html",
            self.page(
                "table.html",
                part=part,
                name=name,
                columns=[columns[place] for place in places],
                rows=[[row[place] for place in places] for row in rows],
                file=file.rpartition("/")[2],
            ),
        )
        self.go_on(sheets=with_rows(self.work.sheets, part, name, file, len(rows)))

    def page(self, template: str, **values: object) -> bytes:
        """A page of the pack, which needs neither a network nor scripts."""
        html = self.deps.templates.fill(
            f"evidence/{template}",
            language=self.language,
            zone=str(self.terms.zone),
            site=self.terms.site,
            pack=self.pack,
            record=self.record,
            own_tables=OWN_TABLES,
            **values,
        )
        return html.encode()
