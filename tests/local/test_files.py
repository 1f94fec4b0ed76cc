"""Files of a local run: whole or not there, whoever else writes them."""

from functools import partial
from pathlib import Path

from infrastructure.local.atomic_files import write_whole
from tests.concurrency import at_once

ROUNDS = 100


def test_a_file_that_many_write_at_once_is_whole_and_leaves_no_draft(tmp_path: Path) -> None:
    path, contents = tmp_path / "file", [bytes([each]) * 2**16 for each in range(8)]
    for _ in range(ROUNDS):
        at_once([partial(write_whole, path, content) for content in contents])
        assert path.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_has_the_mode_that_was_asked_for(tmp_path: Path) -> None:
    write_whole(tmp_path / "open", b"x")
    write_whole(tmp_path / "secret", b"x", mode=0o600)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("open", "secret")] == [0o644, 0o600]
