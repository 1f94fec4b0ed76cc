"""Temporary files of tests lie in memory only where there is room for them."""

from pathlib import Path

from tests.running.temporary_files import has_room


def test_a_folder_has_room_for_what_fits(tmp_path: Path) -> None:
    assert has_room(tmp_path, enough=1)
    assert not has_room(tmp_path, enough=2**62)


def test_where_there_is_no_such_folder_there_is_no_room(tmp_path: Path) -> None:
    assert not has_room(tmp_path / "nowhere", enough=1)


def test_an_engine_keeps_its_data_among_the_temporary_files(engine_endpoint: str, tmp_path: Path) -> None:
    assert list(tmp_path.parent.glob("engine*/cases.db"))
