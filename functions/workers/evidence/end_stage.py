"""The end of a pack: its index, how it is verified, the verifier, hashes and signature; then it is on
record."""

from collections.abc import Iterator
from datetime import UTC

import msgspec

from complaints.checkpoints.leaf import canonical
from complaints.checkpoints.places import STAMP
from complaints.checkpoints.signature import hash_of_key, key_id
from complaints.checkpoints.statement import hash_of, to_stored
from complaints.evidence.pack_archive import SUMS
from complaints.evidence.pack_work import Stage
from complaints.management.evaluation.evidence_packs import MadePack
from complaints.values.people import MACHINE
from functions.http.formats.csv_export import csv_text
from functions.use_cases.management.management_records import records_context
from functions.workers.evidence.building import PARTS, Building

FORMAT = 1
SIGNATURE = "signature.json"
VERIFIER = "verify.py"
INDEX_COLUMNS = ("part", "folder", "table", "file", "rows")


def step(building: Building) -> None:
    """Ends the archive."""
    deps = building.deps
    key = key_id(deps.signer.public_key)
    name = f"keys/{key}.pem"
    if all(each.name != name for each in building.archive.state.files):
        building.archive.add(name, deps.signer.public_key)
    building.archive.add(VERIFIER, (deps.settings.templates / "evidence" / VERIFIER).read_bytes())
    building.archive.add("verify.html", building.page("verify.html"))
    if left_out := building.work.unreadable:
        building.table(11, "unreadable", ("what", "name"), [(each.what, each.name) for each in left_out])
    _add_index(building, key)
    sums = building.archive.close(lambda listed: _signed(building, listed, key), SIGNATURE)
    building.sender.send_rest()
    building.go_on(stage=Stage.FINISH, sums=hash_of(sums))


def finish(building: Building) -> None:
    """Has the parts put together, and puts the pack on record; a second time changes nothing."""
    deps, work, record = building.deps, building.work, building.record
    building.sender.finish()
    made = MadePack(
        cases=work.cases,
        sampled=len(work.sample.references),
        failed=len(work.failed),
        files=len(building.archive.state.files) + 2,
        bytes=building.archive.state.written,
        sums=work.sums,
    )
    deps.records_service.carry_out(record, made, records_context(deps, record, MACHINE))
    building.go_on(stage=Stage.DONE)


def _signed(building: Building, sums: bytes, key: str) -> bytes:
    """The statement that is signed: of which list of hashes, of which pack."""
    statement = canonical(
        {
            "format": FORMAT,
            "kind": "pack",
            "installation": building.deps.settings.url,
            "site": building.record.site,
            "from": building.pack.since.isoformat(),
            "until": building.pack.until.isoformat(),
            "ordered_at": building.pack.ordered_at.astimezone(UTC).isoformat(),
            "sums": hash_of(sums),
            "key": key,
        }
    )
    return to_stored(statement, building.deps.signer.sign(statement))


def _add_index(building: Building, key: str) -> None:
    work, pack = building.work, building.pack
    sample = work.sample
    index = {
        "format": FORMAT,
        "site": building.record.site,
        "organisation": building.terms.site.name,
        "from": pack.since.isoformat(),
        "until": pack.until.isoformat(),
        "ordered_at": pack.ordered_at.astimezone(UTC).isoformat(),
        "ordered_by": pack.ordered_by,
        "people": pack.people,
        "cases": work.cases,
        "entries": work.entries,
        "failed": work.failed,
        "unreadable": [msgspec.to_builtins(each) for each in work.unreadable],
        "checkpoints": work.checkpoints,
        "without_checkpoint": work.unproven,
        "withheld_records": work.withheld_records,
        "sample": {
            "seed": pack.seed,
            "size": pack.size,
            "drawn": sorted(reference for _, reference in sample.drawn),
            "safety": sample.safety,
            "outside": sample.outside,
            "withheld": work.withheld,
        },
        "key": key,
        "tables": [msgspec.to_builtins(each) for each in work.sheets],
    }
    building.archive.add("index.json", msgspec.json.format(msgspec.json.encode(index), indent=1))
    building.archive.add("index.csv", csv_text(INDEX_COLUMNS, _rows(building)).encode())
    key_hash = hash_of_key(building.deps.signer.public_key)
    names = [each.name for each in building.archive.state.files]
    stamp = max((name for name in names if name.endswith(STAMP)), default="").removesuffix(STAMP)
    values = {"work": work, "parts": PARTS, "key_hash": key_hash, "sums": SUMS, "stamp": stamp}
    building.archive.add("index.html", building.page("index.html", **values))
    building.archive.add("README.txt", building.page("README.txt", **values))


def _rows(building: Building) -> Iterator[tuple[int, str, str, str, int]]:
    for each in building.work.sheets:
        for file in each.files:
            yield each.part, PARTS[each.part], each.name, f"{file}.csv", each.rows
    for reference in building.work.sample.references:
        yield 6, PARTS[6], "case", f"{PARTS[6]}/{reference}/index.html", 1
