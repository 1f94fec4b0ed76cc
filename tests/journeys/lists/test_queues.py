"""The queues of the desk: the most urgent first, narrowed by filters, page by page."""

from collections.abc import Iterator

import pytest

from complaints.adapters.stores.staff.members import FRESH
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, clock, complain, go_to, pages, settle
from tests.local_run import LocalRun, running
from tests.pages.desk_client import signed_in

SITE = "demo-tr"
"""A site that promises nothing for the next days but an acknowledgement."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of these queues' own: nobody else's complaint stands in them."""
    with running(tmp_path_factory.mktemp("queues") / "data") as run:
        yield run


@pytest.fixture(scope="module")
def complaints(run: LocalRun) -> dict[str, Complaint]:
    """One complaint for each place where one can stand."""
    deniz, kim = Staff(run), Staff(run, "Kim")
    made = {
        name: complain(run, site=SITE, subject=name, category=f"delivery.{category}")
        for name, category in (
            ("new", "damaged"),
            ("mine", "late"),
            ("asked", "late"),
            ("answered", "late"),
            ("closed", "damaged"),
        )
    }
    deniz.does(made["mine"], "assign", {"to": "Deniz"})
    kim.does(made["asked"], "ask", {"text": "Which one?"})
    for name in ("answered", "closed"):
        kim.decides(made[name])
        kim.does(made[name], "respond")
    made["closed"].view()
    made["closed"].say("answer", {"accepts": True})
    complain(run, subject="elsewhere", site="demo-gb")
    return made


def subjects(staff: Staff, queue: str, **query: object) -> list[str]:
    return sorted(str(item["subject"]) for item in staff.queue(queue, **query))


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        ("open", ["mine", "new"]),
        ("unassigned", ["new"]),
        ("mine", ["mine"]),
        ("awaiting_complainant", ["asked"]),
        ("responded", ["answered"]),
        ("closed", ["closed"]),
        ("overdue", []),
        ("due_soon", []),
    ],
)
def test_a_case_stands_in_the_queues_that_it_belongs_to(
    run: LocalRun, complaints: dict[str, Complaint], queue: str, expected: list[str]
) -> None:
    assert subjects(Staff(run), queue, site=SITE) == expected


def test_a_queue_without_a_site_is_of_all_that_one_serves(
    run: LocalRun, complaints: dict[str, Complaint]
) -> None:
    assert subjects(Staff(run), "open") == ["elsewhere", "mine", "new"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"category": "delivery.late"}, ["mine"]),
        ({"category": "delivery.damaged"}, ["new"]),
        ({"level": 1}, ["mine", "new"]),
        ({"level": 2}, []),
        ({"category": "%00{}..%2F__class__"}, []),
    ],
)
def test_a_queue_is_narrowed_by_filters(
    run: LocalRun, complaints: dict[str, Complaint], query: dict[str, object], expected: list[str]
) -> None:
    assert subjects(Staff(run), "open", site=SITE, **query) == expected


def test_a_queue_of_a_site_that_one_does_not_serve_is_empty(run: LocalRun) -> None:
    assert Staff(run).queue("open", site="elsewhere") == []


@pytest.mark.iso10002("4 timeliness: queue")
def test_the_most_urgent_case_comes_first_on_whatever_page(run: LocalRun) -> None:
    for _ in range(3):
        complain(run, site=SITE)
    staff, whole = Staff(run), Staff(run).queue("open")
    assert [item["due"] for item in whole] == sorted(item["due"] for item in whole)
    found = pages(lambda cursor: staff.call("GET", f"/complaints?queue=open&limit=2{cursor}"))
    assert [len(page) for page in found[:-1]] == [2] * (len(found) - 1)
    assert [item for page in found for item in page] == whole


def test_whoever_sees_all_cases_is_told_how_many_each_queue_has(
    run: LocalRun, complaints: dict[str, Complaint]
) -> None:
    """No site takes requests about personal data here, so none can be hidden from who is not cleared."""
    agent = Office(run).adds("agent")
    settle(run)
    # The sites of a new member are known for sure when the members were read anew.
    go_to(run, clock(run) + FRESH)
    page = signed_in(run, agent.name, "agent").get("/desk?queue=open").text
    place = page.partition('href="/desk?queue=responded"')[2].partition("</a>")[0]
    assert f'<span class="n">{len(agent.queue("responded"))}</span>' in place


def test_a_cursor_is_bound_to_its_queue_and_its_reader(run: LocalRun) -> None:
    cursor = Staff(run).call("GET", "/complaints?queue=open&limit=1").json["next"]
    for staff, query in (
        (Staff(run), "queue=mine"),
        (Staff(run), "queue=open&level=1"),
        (Staff(run, "Kim"), "queue=open"),
    ):
        refused = staff.call("GET", f"/complaints?{query}&cursor={cursor}")
        assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/cursor")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("queue=all", "/queue"),
        ("queue=open&limit=0", "/limit"),
        ("queue=open&limit=101", "/limit"),
        ("queue=open&limit=%D9%A3", "/limit"),
        ("queue=open&limit=", "/limit"),
        ("queue=open&level=4", "/level"),
        (f"queue={'x' * 9_000}", "/queue"),
    ],
)
def test_a_wrong_value_is_pointed_at(run: LocalRun, query: str, pointer: str) -> None:
    refused = Staff(run).call("GET", f"/complaints?{query}")
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, pointer)
