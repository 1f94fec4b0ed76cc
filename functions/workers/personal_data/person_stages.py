"""The steps in which the file of a person is made: one for each case, then what leads to them all.

index.html        which cases are in it, what is not, and what can be done now; it leads to each case
index.json        the same for programs
<reference>/…     a case (`case_data`)
SHA256SUMS        the SHA-256 of each of them, as `sha256sum -c` reads it
"""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from complaints.checkpoints.statement import hash_of
from complaints.evidence.pack_work import Stage
from complaints.management.privacy.personal_data import MadePersonalData, PersonalData
from complaints.management.record import ManagementRecord
from complaints.values.people import MACHINE
from functions.serializers.parts.complaint import received_at
from functions.use_cases.management.management_records import records_context
from functions.workers.archive_building import ArchiveBuilding
from functions.workers.personal_data.case_data import add_case
from functions.workers.personal_data.party_data import add_party

if TYPE_CHECKING:
    from complaints.adapters.container import Container


FORMAT = 1


class PersonBuilding(ArchiveBuilding):
    """The file of a person between two steps."""

    def __init__(
        self, deps: "Container", record: ManagementRecord, data: PersonalData, until: datetime
    ) -> None:
        super().__init__(deps, record, data.ordered_at, until)
        self.deps, self.data = deps, data


class ListedCase(NamedTuple):
    """A case that is in the file; `received_at` is local (ISO 8601)."""

    reference: str
    organisation: str
    received_at: str
    language: str


def add_next_case(building: PersonBuilding) -> None:
    """Adds the next case; one that was erased since it was ordered is left out and counted."""
    work = building.work
    reference = building.data.cases[work.cases]
    case = building.deps.cases.load(reference)
    if case is None or case.complaint.erasure:
        building.go_on(withheld=(*work.withheld, reference))
    elif building.data.party:
        add_party(building.deps, building.archive, case, building.data.party)
    else:
        add_case(building.deps, building.archive, case, with_notes=building.data.notes)
    is_over = work.cases + 1 == len(building.data.cases)
    building.go_on(cases=work.cases + 1, stage=Stage.END if is_over else Stage.CASES)


def end(building: PersonBuilding) -> None:
    """Adds what leads to the cases, in the language of the last one, and ends the archive."""
    deps, site = building.deps, building.terms.site
    cases = _listed(building)
    language = deps.catalogues.spoken(*(each.language for each in cases[:1]), site.language)
    page = deps.templates.fill(
        "personal_data/index.html",
        language=language,
        zone=str(building.terms.zone),
        site=site,
        data=building.data,
        cases=cases,
    )
    building.archive.add("index.html", page.encode())
    index = {
        "format": FORMAT,
        "ordered_at": building.data.ordered_at.astimezone(building.terms.zone).isoformat(),
        "cases": [
            {
                "reference": each.reference,
                "organisation": each.organisation,
                "received_at": each.received_at,
                "data": f"{each.reference}/data.json",
            }
            for each in cases
        ],
    }
    building.archive.add("index.json", msgspec.json.format(msgspec.json.encode(index), indent=1))
    sums = building.archive.close()
    building.sender.send_rest()
    building.go_on(stage=Stage.FINISH, sums=hash_of(sums))


def finish(building: PersonBuilding) -> None:
    """Has the parts put together, and says that it is made; a second time changes nothing.

    It is begun anew where a case in it is being erased. Who asks for that after this look finds the file, and
    it goes with the case.
    """
    deps, work, record = building.deps, building.work, building.record
    building.sender.finish()
    if _has_erased(building):
        building.begin_anew()
        return
    made = MadePersonalData(
        left_out=len(work.withheld),
        files=len(building.archive.state.files) + 1,
        bytes=building.archive.state.written,
        sums=work.sums,
    )
    deps.records_service.carry_out(record, made, records_context(deps, record, MACHINE))
    building.go_on(stage=Stage.DONE)


def _has_erased(building: PersonBuilding) -> bool:
    """Whether a case that is in the file was erased since it was added, or is to be."""
    added = [each for each in building.data.cases if each not in building.work.withheld]
    found = building.deps.cases.load_all(added) if added else {}
    return any(case.complaint.erasure for case in found.values())


def _listed(building: PersonBuilding) -> list[ListedCase]:
    """The cases that are in the file, the latest first."""
    deps, left_out = building.deps, building.work.withheld
    found = deps.cases.load_all(each for each in building.data.cases if each not in left_out)
    complaints = sorted(
        (case.complaint for case in found.values()),
        key=lambda each: each.received_at or building.data.ordered_at,
        reverse=True,
    )
    return [
        ListedCase(
            each.reference,
            deps.sites.terms(each.site).site.name,
            received_at(each, deps.sites.terms(each.site).zone),
            each.language,
        )
        for each in complaints
    ]
