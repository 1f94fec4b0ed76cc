"""The pack that is being made: what is added to it, its tables, and what is kept between two steps."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from msgspec.structs import replace

from complaints.evidence.pack_archive import PackArchive
from complaints.evidence.pack_sending import PartSender, Sending
from complaints.evidence.pack_work import PackWork, progress, with_rows
from complaints.management.evaluation.evidence_packs import EvidencePack
from complaints.management.record import ManagementRecord
from functions.http.formats.csv_export import Cell, csv_text
from functions.services.management.evidence_files import pack_key, progress_key, work_key

if TYPE_CHECKING:
    from complaints.adapters.dependencies import (
        HasAccessLog,
        HasCases,
        HasCatalogues,
        HasCounters,
        HasEvidence,
        HasFiles,
        HasManagementRecords,
        HasMembers,
        HasNow,
        HasOutbox,
        HasPackFiles,
        HasQueues,
        HasRecordsService,
        HasSes,
        HasSettings,
        HasSettingsStore,
        HasSigner,
        HasSites,
        HasTemplates,
    )

    class BuildingDeps(
        HasAccessLog,
        HasCases,
        HasCatalogues,
        HasCounters,
        HasEvidence,
        HasFiles,
        HasManagementRecords,
        HasMembers,
        HasNow,
        HasOutbox,
        HasPackFiles,
        HasQueues,
        HasRecordsService,
        HasSes,
        HasSettings,
        HasSettingsStore,
        HasSigner,
        HasSites,
        HasTemplates,
        Protocol,
    ):
        """The dependencies of this module: what its functions use of the container."""


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
        "failures", "survey", "findings", "access", "erasures",
    }
)  # fmt: skip
"""Tables that are of no kind of record."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(PackWork).decode
_json = msgspec.json.Encoder(order="sorted").encode

Line = Mapping[str, Any]


class TurnOver(Exception):
    """A step took longer than the turn: another invocation may be at work, and does it again."""


class Building:
    """A pack between two steps: `work` is how far it is. Nothing of it is written once the turn is over, at
    the moment `until`."""

    def __init__(
        self, deps: "BuildingDeps", record: ManagementRecord, pack: EvidencePack, until: datetime
    ) -> None:
        self.deps, self.record, self.pack, self._until = deps, record, pack, until
        self.terms = deps.sites.terms(record.site)
        self.language = deps.catalogues.spoken(self.terms.site.language)
        known = deps.pack_files.read(work_key(record))
        self.work = _decode(known) if known else self._begun()
        self.sender = PartSender(deps.pack_files, pack_key(record), self.work.sending)
        made_at = pack.ordered_at.astimezone(self.terms.zone)
        self.archive = PackArchive(self.work.archive, made_at, self._write)

    def _begun(self) -> PackWork:
        return PackWork(sending=Sending(self.deps.pack_files.begin(pack_key(self.record))))

    def keep(self) -> None:
        """Keeps how far it is: a later run goes on from here. Raises `TurnOver`."""
        self._be_in_turn()
        work = replace(self.work, sending=self.sender.sending, archive=self.archive.state)
        self.deps.pack_files.save(work_key(self.record), _encode(work))
        self.deps.pack_files.save(progress_key(self.record), msgspec.json.encode(progress(work)))

    def _write(self, data: bytes) -> None:
        self._be_in_turn()
        self.sender.write(data)

    def _be_in_turn(self) -> None:
        if self.deps.now() >= self._until:
            raise TurnOver

    def go_on(self, **changes: Any) -> None:
        """Changes what is kept."""
        self.work = replace(self.work, **changes)

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
