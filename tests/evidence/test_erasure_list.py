"""The list of erasures beside what was sealed of it and what the cases say."""

from pathlib import Path

from complaints import erasure
from tests.evidence.seen_offline import Copies
from tests.evidence.tamperings import House
from tests.evidence.verifier import Bare


def erased(house: House) -> str:
    """A case is erased, and the next checkpoint holds that; its name on the list."""
    house.erase(house.first_case)
    entries = house.world.cases.entries(house.first_case)
    noted = [
        leaf
        for each in entries
        if erasure.is_erasing(each)
        for leaf in erasure.add_all(house.files, house.first_case, entries[: each.number])
    ]
    house.world.checkpoint_notes.note(house.world.now(), noted)
    for _ in range(2):
        house.seal()
    (leaf,) = noted
    assert [found for _, found in erasure.listed(house.files)] == [leaf], "it is listed once"
    return leaf.erasure


def test_an_erasure_that_was_asked_for_fits(house: House, bare: Bare, tmp_path: Path) -> None:
    erased(house)
    assert house.verify().differences == ()
    copies = Copies(house, tmp_path, bare)
    code, told = copies.verify(copies.bucket, "--table", copies.table, "--files", copies.files)
    assert (code, told.splitlines()[-1]) == (0, "EVERYTHING FITS."), told


def test_an_erasure_that_is_gone_from_the_list_is_named(house: House, bare: Bare, tmp_path: Path) -> None:
    name = erased(house)
    del house.files.files[f"erasures/{name}.json"]
    (found,) = house.verify().differences
    assert (found.what, found.harm, found.name) == ("erasure", "missing", name)
    copies = Copies(house, tmp_path, bare)
    code, told = copies.verify(copies.bucket)
    assert (code, told.splitlines()[-1]) == (1, f"DOES NOT FIT: erasures/{name}.json: is missing")


def test_an_erasure_that_no_checkpoint_holds_is_noted(house: House, bare: Bare, tmp_path: Path) -> None:
    """One that an earlier release listed is honest: its case says so."""
    house.erase(house.first_case)
    house.seal()
    assert house.verify().differences == ()
    copies = Copies(house, tmp_path, bare)
    code, told = copies.verify(copies.bucket)
    assert code == 0
    assert "NOTE: 1 of the list of erasures are in no checkpoint" in told
