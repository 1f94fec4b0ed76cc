"""What files cost in calls, and what happens when the store or the scanner speaks up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.meter import counted
from complaints.adapters.container import world
from complaints.model.attachment import Flaw, Scan
from infrastructure.local.s3 import LocalFiles
from tests.attachments.in_process import DiesBehind, Inside, Verdict, inside, local_files
from tests.attachments.samples import PNG


@pytest.fixture
def house(table: str, engine_endpoint: str, tmp_path: Path) -> Iterator[Inside]:
    with inside(tmp_path, table) as made:
        yield made


@pytest.fixture
def files(house: Inside, tmp_path: Path) -> LocalFiles:
    """The store that the house lives with."""
    store = local_files(tmp_path)
    house.lives_with(store)
    return store


def uploaded(house: Inside, files: LocalFiles) -> str:
    """The id of a picture that was offered and uploaded."""
    id = house.offered()
    files.take(f"{house.key}/{id}", PNG)
    return id


def test_an_offer_costs_at_most_three_calls_and_none_of_the_store(house: Inside) -> None:
    body = {"name": "lamp.png", "type": "image/png", "size": len(PNG)}
    with counted() as tally:
        assert house.ask("POST", "/attachments", body, idempotency_key="k").status == 201
    assert tally.operations == ["BatchGetItem", "BatchGetItem", "TransactWriteItems"]


def test_a_view_with_files_costs_no_more_calls(house: Inside, files: LocalFiles) -> None:
    def calls() -> int:
        with counted() as tally:
            assert house.ask("GET").status == 200
        return len(tally.calls)

    calls()  # The first one also reads the site, which is then kept for a minute.
    before = calls()
    house.announce(uploaded(house, files))
    assert calls() == before == 2


def test_what_a_scanner_says_is_kept_with_the_file(house: Inside, files: LocalFiles) -> None:
    house.lives_with(files, Verdict(Scan.CLEAN))
    assert house.announce(uploaded(house, files))[1]["state"] == "kept"
    case = world().cases.load(house.key)
    assert case is not None
    assert case.complaint.attachments[0].scan is Scan.CLEAN


def test_a_harmful_file_stays_in_quarantine(house: Inside, files: LocalFiles) -> None:
    house.lives_with(files, Verdict(Scan.HARMFUL))
    id = uploaded(house, files)
    status, said = house.announce(id)
    assert (status, said["state"]) == (200, "refused")
    assert files.handed_out(f"{house.key}/{id}") is None
    case = world().cases.load(house.key)
    assert case is not None
    assert case.complaint.attachments[0].flaw is Flaw.HARMFUL


def test_s38_a_death_between_keeping_and_saying_so_is_mended_by_asking_again(
    house: Inside, files: LocalFiles, tmp_path: Path
) -> None:
    id = uploaded(house, files)
    house.lives_with(local_files(tmp_path, DiesBehind))
    assert house.announce(id)[0] == 503
    assert house.ask("GET", f"/attachments/{id}").status == 404
    house.lives_with(files)
    assert house.announce(id)[1]["state"] == "kept"
