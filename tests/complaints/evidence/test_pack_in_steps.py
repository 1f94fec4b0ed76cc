"""A pack that is written in steps: what one run began another continues, also after one that died."""

import random
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import msgspec
import pytest

from complaints.case.complaint import Complaint
from complaints.case.workflow.safety import Danger
from complaints.evidence.pack_archive import ArchiveState, PackArchive
from complaints.evidence.pack_sending import PART, PartSender, Sending
from complaints.evidence.pack_work import CaseSample, with_cases
from complaints.reporting.random_sample import drawn
from tests.builders import MONDAY
from tests.complaints.evidence.fakes import KeptPacks

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOISE = random.Random(10002)  # no secret: bytes that do not pack
FILES = {f"{number:02d}.bin": NOISE.randbytes(PART // 2 + number) for number in range(5)} | {"empty.txt": b""}
Kept = tuple[Sending, ArchiveState]


def written(packs: KeptPacks, dies_at: int = -1) -> bytes:
    """Adds a file in each step, and keeps how far it is; one step dies before that, and is done again."""
    kept: Kept = (Sending(packs.begin("pack")), ArchiveState())
    names = list(FILES)
    step = 0
    while names:
        sender = PartSender(packs, "pack", kept[0])
        archive = PackArchive(kept[1], AT, sender.write)
        archive.add(names[0], FILES[names[0]], is_packed=True)
        archive.pause()
        if step != dies_at:
            stored = msgspec.msgpack.encode((sender.sending, archive.state))
            kept = msgspec.msgpack.decode(stored, type=Kept)
            names.pop(0)
        step += 1
    sender = PartSender(packs, "pack", kept[0])
    archive = PackArchive(kept[1], AT, sender.write)
    archive.close(lambda sums: b"signed " + sha256(sums).hexdigest().encode(), "signature.json")
    sender.send_rest()
    sender.finish()
    archive.pause()
    return packs.whole["pack"]


@pytest.mark.parametrize("dies_at", [-1, 0, 2, 5])
def test_an_archive_in_steps_is_whole_wherever_a_step_died(dies_at: int) -> None:
    packs = KeptPacks()
    with ZipFile(BytesIO(written(packs, dies_at))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*FILES, "SHA256SUMS", "signature.json"]
        assert all(archive.read(name) == content for name, content in FILES.items())
        sums = archive.read("SHA256SUMS").decode().splitlines()
    assert sums == [f"{sha256(content).hexdigest()}  {name}" for name, content in FILES.items()]


def test_no_more_than_a_part_is_held_and_each_but_the_last_is_whole() -> None:
    packs = KeptPacks()
    written(packs)
    sizes = [len(part) for _, part in sorted(packs.parts.items())]
    assert set(sizes[:-1]) == {PART}
    assert 0 < sizes[-1] <= PART


def test_a_sample_that_goes_on_from_chunk_to_chunk_is_that_of_all_at_once() -> None:
    cases = [Complaint(reference=f"C-{number:05d}", level=3 if number == 7 else 1) for number in range(100)]
    cases[3] = msgspec.structs.replace(cases[3], danger=Danger(known_at=MONDAY, known_by="assessment"))
    sample = CaseSample()
    for begin in range(0, 100, 9):
        sample = with_cases(sample, cases[begin : begin + 9], "spring", 10)
    assert [reference for _, reference in sample.drawn] == list(
        drawn("spring", [each.reference for each in cases], 10)
    )
    assert (sample.safety, sample.outside) == (("C-00003",), ("C-00007",))
    assert set(sample.references) == {*(each for _, each in sample.drawn), "C-00003", "C-00007"}
