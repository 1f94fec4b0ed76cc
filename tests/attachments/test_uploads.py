"""An upload happens once, in time, and just as it was offered; what never comes is given up."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.attachments.samples import PNG, png, png_chunk
from tests.attachments.steps import announce, offer, request, try_to_offer, upload
from tests.concurrency import at_once
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun, running


@pytest.fixture(scope="module")
def moved_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of these tests alone, whose clock they may move."""
    with running(tmp_path_factory.mktemp("moved-run") / "data") as run:
        yield run


def advance(run: LocalRun, by: str) -> None:
    """Lets time pass."""
    assert run.call("POST", "/_local/clock", {"advance": by}).status == 200


def files_of(complaint: Complaint) -> list[str]:
    """What lies in the store for this case, in quarantine or kept."""
    folder = complaint.run.data / "files"
    return [path.relative_to(folder).parts[0] for path in sorted(folder.glob(f"*/{complaint.reference}/*"))]


def rule(got: Answer) -> tuple[int, str]:
    return got.status, got.json["rule"]


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (PNG[:-1], {}),
        (PNG + b"\0", {}),
        (b"", {}),
        (PNG, {"content_type": "text/html"}),
        (PNG, {"content_type": ""}),
        (PNG, {"if_none_match": ""}),
    ],
    ids=["too short", "too long", "empty", "another type", "no type", "over another"],
)
def test_the_store_refuses_another_type_or_size(
    local_run: LocalRun, content: bytes, headers: dict[str, str]
) -> None:
    complaint = complain(local_run)
    place = offer(complaint)
    assert upload(place, content, **headers).status == 403
    assert rule(announce(complaint, place)) == (409, "nothing-arrived")
    assert upload(place, PNG).status == 200


def test_s37_an_address_is_used_once(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    place = offer(complaint)
    assert [upload(place, PNG).status for _ in range(2)] == [200, 412]
    assert announce(complaint, place).json["state"] == "kept"
    assert upload(place, PNG).status == 412


def test_ten_announcements_of_one_file_at_once_are_all_answered(local_run: LocalRun) -> None:
    """A megabyte, so that it is kept by several of them at the same time."""
    complaint, content = complain(local_run), png(png_chunk(b"teSt", bytes(2**20)))
    place = offer(complaint, size=len(content))
    assert upload(place, content).status == 200
    got = at_once([partial(announce, complaint, place)] * 10)
    assert {(answer.status, answer.json["state"]) for answer in got} == {(200, "kept")}
    data = complaint.call("GET", f"/attachments/{place['id']}").json["url"]
    assert request(data, "GET").body == png(png_chunk(b"paDd", bytes(2**20))), "without what is no picture"
    assert files_of(complaint) == ["kept", "quarantine"]


def test_s37_an_address_is_for_one_file_and_one_use(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    mine, other = offer(complaint), offer(complaint)
    url = mine["upload"]["url"]
    headers = {"content_type": "image/png", "if_none_match": "*"}
    changed = [
        url.replace(mine["id"], other["id"]),
        url.replace("size=", "size=1"),
        url.replace("image%2Fpng", "text%2Fhtml"),
        url.replace("until=", "until=9"),
        url + "&size=1",
        url.partition("?")[0],
    ]
    for address in changed:
        assert request(address, "PUT", PNG, **headers).status == 403, address
    assert request(url, "GET").status == 403
    assert request(url, "DELETE").status == 405
    assert request(url, "PUT", PNG, **headers, host="files.example.org").status == 403


def test_a_page_of_any_site_may_upload_to_its_address(local_run: LocalRun) -> None:
    place = offer(complain(local_run))
    asked = request(place["upload"]["url"], "OPTIONS", origin="https://shop.example.org")
    assert (asked.status, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")
    got = upload(place, PNG, origin="https://shop.example.org", sec_fetch_site="cross-site")
    assert (got.status, got.headers["Access-Control-Allow-Origin"]) == (200, "*")


def test_s37_an_address_ends_after_five_minutes(moved_run: LocalRun) -> None:
    complaint = complain(moved_run)
    place = offer(complaint)
    advance(moved_run, "PT5M")
    assert upload(place, PNG).status == 403
    offered = offer(complaint)
    upload(offered, PNG)
    announce(complaint, offered)
    url = complaint.call("GET", f"/attachments/{offered['id']}").json["url"]
    advance(moved_run, "PT5M")
    assert request(url, "GET").status == 403


def test_s37_after_the_case_has_ended_nothing_is_taken(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    place = offer(complaint)
    assert upload(place, PNG).status == 200
    complaint.say("withdrawal", {})
    assert rule(announce(complaint, place)) == (409, "stage")
    assert rule(try_to_offer(complaint)) == (409, "stage")
    assert files_of(complaint) == ["quarantine"]


def test_s38_what_was_never_uploaded_or_never_announced_is_swept_in_a_day(moved_run: LocalRun) -> None:
    complaint = complain(moved_run)
    promised, unsaid, stored = (offer(complaint) for _ in range(3))
    for place in (unsaid, stored):
        assert upload(place, PNG).status == 200
    announce(complaint, stored)
    assert rule(announce(complaint, promised)) == (409, "nothing-arrived")
    version = Staff(moved_run).case(complaint)["version"]
    advance(moved_run, "P1D")
    shown = Staff(moved_run).case(complaint)
    assert [file["id"] for file in shown["attachments"]] == [stored["id"]]
    assert [file["id"] for file in complaint.view()["attachments"]] == [stored["id"]]
    assert shown["version"] == version, "a sweep makes nobody's view stale"
    for place in (promised, unsaid):
        assert rule(announce(complaint, place)) == (409, "upload-over")
    advance(moved_run, "PT2M")
    assert files_of(complaint) == ["kept"]
    assert Staff(moved_run).call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]
