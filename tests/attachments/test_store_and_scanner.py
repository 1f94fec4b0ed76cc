"""What files cost in calls, and what happens when the store or the scanner speaks up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.container import container
from complaints.case.record.attachments import Flaw, Scan
from infrastructure.local.aws.s3 import LocalS3
from tests.attachments.in_process import DiesBehind, Inside, Verdict, inside, local_files
from tests.attachments.samples import PNG


@pytest.fixture
def installation(table: str, engine_endpoint: str, tmp_path: Path) -> Iterator[Inside]:
    with inside(tmp_path, table) as made:
        yield made


@pytest.fixture
def files(installation: Inside, tmp_path: Path) -> LocalS3:
    """The store that the product lives with."""
    store = local_files(tmp_path)
    installation.lives_with(store)
    return store


def uploaded(installation: Inside, files: LocalS3) -> str:
    """The id of a picture that was offered and uploaded."""
    id = installation.offered()
    files.take(f"{installation.key}/{id}", PNG)
    return id


def test_an_offer_costs_at_most_three_calls_and_none_of_the_store(installation: Inside) -> None:
    body = {"name": "lamp.png", "type": "image/png", "size": len(PNG)}
    with counted() as tally:
        assert installation.ask("POST", "/attachments", body, idempotency_key="k").status == 201
    assert tally.operations == ["BatchGetItem", "BatchGetItem", "TransactWriteItems"]


def test_a_view_with_files_costs_no_more_calls(installation: Inside, files: LocalS3) -> None:
    def calls() -> int:
        with counted() as tally:
            assert installation.ask("GET").status == 200
        return len(tally.calls)

    calls()  # The first one also reads the site, which is then kept for a minute.
    before = calls()
    installation.announce(uploaded(installation, files))
    assert calls() == before == 2


def test_what_a_scanner_says_is_kept_with_the_file(installation: Inside, files: LocalS3) -> None:
    installation.lives_with(files, Verdict(Scan.CLEAN))
    assert installation.announce(uploaded(installation, files))[1]["state"] == "kept"
    case = container().cases.load(installation.key)
    assert case is not None
    assert case.complaint.attachments[0].scan is Scan.CLEAN


def test_a_harmful_file_stays_in_quarantine(installation: Inside, files: LocalS3) -> None:
    installation.lives_with(files, Verdict(Scan.HARMFUL))
    id = uploaded(installation, files)
    status, found = installation.announce(id)
    assert (status, found["state"]) == (200, "refused")
    assert files.handed_out(f"{installation.key}/{id}") is None
    case = container().cases.load(installation.key)
    assert case is not None
    assert case.complaint.attachments[0].flaw is Flaw.HARMFUL


def test_s38_a_death_between_keeping_and_saying_so_is_mended_by_asking_again(
    installation: Inside, files: LocalS3, tmp_path: Path
) -> None:
    id = uploaded(installation, files)
    installation.lives_with(local_files(tmp_path, DiesBehind))
    assert installation.announce(id)[0] == 503
    assert installation.ask("GET", f"/attachments/{id}").status == 404
    installation.lives_with(files)
    assert installation.announce(id)[1]["state"] == "kept"
