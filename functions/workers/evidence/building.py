"""The pack that is being made: what is added to it, and its tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from complaints.checkpoints.checkpoint_chain import Trust
from complaints.checkpoints.trust import trusted_keys
from complaints.evidence.pack_work import with_rows
from complaints.management.evaluation.evidence_packs import EvidencePack
from complaints.management.record import ManagementRecord
from functions.http.formats.csv_export import Cell, csv_text
from functions.workers.archive_building import ArchiveBuilding

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
        HasRetention,
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
        HasRetention,
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
        "retention_runs", "verifications",
    }
)  # fmt: skip
"""Tables that are of no kind of record."""

_json = msgspec.json.Encoder(order="sorted").encode

Line = Mapping[str, Any]


def trust_of(deps: "BuildingDeps") -> Trust:
    """The keys that the installation signs with, or signed with before."""
    earlier = [key for key in deps.settings.earlier_keys.split(",") if key]
    return Trust(trusted_keys(deps.evidence, deps.signer.public_key, earlier))


class Building(ArchiveBuilding):
    """An evidence pack between two steps."""

    def __init__(
        self, deps: "BuildingDeps", record: ManagementRecord, pack: EvidencePack, until: datetime
    ) -> None:
        super().__init__(deps, record, pack.ordered_at, until)
        self.deps, self.pack = deps, pack
        self.language = deps.catalogues.spoken(self.terms.site.language)

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
