"""Packs of a record that somebody made to fit, or of one that goes on while they are made."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest

from complaints.checkpoints.checkpoint_chain import names
from complaints.checkpoints.stamps.time_stamp import time_stamp_request
from functions.workers.evidence.make_packs import TURN, make_evidence
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.evidence.authority import Keys
from tests.evidence.made_pack import a_run, made, ordered
from tests.evidence.sealed_installation import (
    HOUR,
)
from tests.evidence.tamperings import TABLE, House, cut_and_restate, excuse, restate
from tests.evidence.verifier import loaded


def cut_and_excuse(house: House) -> None:
    """A tail is cut, the state fits, and a restore is stated by another key."""
    excuse(house)
    restate(house, house.first_case)


SEEN_IN_A_PACK: dict[str, Callable[[House], object]] = {
    "a middle": TABLE["an entry is of somebody else, and all after it fits"].does,
    "an end": TABLE["the last entry is of somebody else, and the state fits"].does,
    "a cut": cut_and_restate,
    "a cut that is excused": cut_and_excuse,
}
"""What the chain itself does not tell: a leaf of any checkpoint does."""


@pytest.mark.iso10002("8.5 auditing")
@pytest.mark.parametrize("name", ["nothing", *SEEN_IN_A_PACK])
def test_s116_a_pack_of_a_record_that_was_made_to_fit_does_not_fit(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    if name in SEEN_IN_A_PACK:
        SEEN_IN_A_PACK[name](house)
    for _ in range(2):
        house.seal()
    path = made(house.world, ordered(house.world, uuid4().hex), tmp_path / "pack.zip")
    code = loaded().main([str(path)])
    last = capsys.readouterr().out.splitlines()[-1]
    if name == "nothing":
        assert (code, last) == (0, "EVERYTHING FITS.")
    else:
        assert code == 1
        assert f"case#{house.first_case}" in last


def test_a_pack_has_the_checkpoints_that_were_there_when_it_was_ordered(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between its steps the case goes on, and a run that comes late seals hours of before and after it was
    ordered at once."""

    def goes_on() -> None:
        house.note(house.first_case, "Written after it was ordered.")
        house.follow()
        house.installation.clock.moment += HOUR
        house.seal()

    path = made(house.world, ordered(house.world, uuid4().hex), tmp_path / "pack.zip", goes_on)
    assert loaded().main([str(path)]) == 0, capsys.readouterr().out


def test_a_pack_brings_the_time_stamps_of_its_checkpoints_and_says_how_to_verify_them(
    house: House, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house.installation.clock.moment = house.installation.clock.moment.replace(hour=23, minute=10)
    house.seal()
    (day,) = names(house.files, "day")
    of_day, stamp = f"checkpoints/{day}.json", f"checkpoints/{day}.tsr"
    house.files.files[stamp] = keys.reply(time_stamp_request(house.files.files[of_day], 7))
    path = made(house.world, ordered(house.world, uuid4().hex), tmp_path / "pack.zip")
    assert loaded().main([str(path)]) == 0, capsys.readouterr().out
    with ZipFile(path) as pack:
        assert keys.verifies(pack.read(stamp), pack.read(of_day))
        command = f"openssl ts -verify -data {of_day} -in {stamp} -CAfile ROOT_OF_THE_AUTHORITY.pem"
        assert all(command in pack.read(name).decode() for name in ("README.txt", "index.html"))


class Late(HeldEvidence):
    """A bucket that once takes longer to answer than a turn lasts."""

    def __init__(self, house: House) -> None:
        self.files, self._house, self._is_late = house.files.files, house, True

    def keys(self, prefix: str) -> Iterator[str]:
        if self._is_late:
            self._house.installation.clock.moment += TURN
            self._is_late = False
        return super().keys(prefix)


def test_a_step_that_took_longer_than_its_turn_is_done_again(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another invocation may be at the same pack by then: what this one did is not kept."""
    record = ordered(house.world, uuid4().hex)
    monkeypatch.setattr(house.world, "evidence", Late(house))
    assert make_evidence(a_run(100))["failed"] == 1
    path = made(house.world, record, tmp_path / "pack.zip")
    assert loaded().main([str(path)]) == 0, capsys.readouterr().out
