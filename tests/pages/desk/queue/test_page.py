"""The queue of the desk as a page, read without scripts."""

import re
import uuid
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, complain, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, Fields, form_of, listed, signed_in

ASSIGN = "/desk/assign"


@pytest.fixture(scope="module")
def local_run(moving_run: LocalRun) -> LocalRun:
    """Few cases, so that each stands on the first page."""
    return moving_run


@pytest.fixture
def deniz(local_run: LocalRun) -> Desk:
    return signed_in(local_run)


def chosen(desk: Desk, *complaints: Complaint, query: str = "limit=100") -> Fields:
    """The fields of the form under the queue with these cases chosen."""
    page = desk.get(f"/desk?queue=open&{query}")
    fields, _ = form_of(page, ASSIGN)
    boxes = [value.partition('"')[0] for value in page.text.split('name="case" value="')[1:]]
    expected = {complaint.reference for complaint in complaints}
    return fields + [("case", value) for value in boxes if value.partition(".")[0] in expected]


def assigned(desk: Desk, fields: Fields, to: str) -> dict[str, list[str]]:
    """What the address says to which a choice leads."""
    got = desk.post(ASSIGN, [*fields, ("to", to)])
    assert got.status == 303, got.text
    return parse_qs(urlsplit(got.headers["Location"]).query)


def owner(run: LocalRun, complaint: Complaint) -> str | None:
    assignee: str | None = Staff(run).case(complaint)["assignee"]
    return assignee


def test_a_row_says_what_the_case_is_and_when_it_is_due(deniz: Desk, local_run: LocalRun) -> None:
    subject = f"Lamp <i>{uuid.uuid4().hex}</i>"
    complaint = complain(local_run, subject=subject)
    text = listed(deniz.get("/desk?limit=100"))
    row = text.split(f"/desk/cases/{complaint.reference}")[1].split("</tr>")[0]
    assert subject.replace("<", "&lt;").replace(">", "&gt;") in row
    assert '<time class="due' in row
    for expected in ("<bdi>Ada Yılmaz</bdi>", "Arrived damaged", "Initial assessment", "Take<"):
        assert expected in row


def test_the_order_and_the_zone_are_said_above_the_table(deniz: Desk, local_run: LocalRun) -> None:
    complain(local_run)
    text = listed(deniz.get("/desk"))
    assert "The most urgent first" in text
    assert "Times are those of Istanbul" in text


def test_what_was_asked_for_stands_in_the_address_and_in_the_form(deniz: Desk) -> None:
    text = listed(deniz.get("/desk?queue=open&level=2&category=delivery.damaged&site=demo&limit=25"))
    for value in ("2", "delivery.damaged", "demo", "25"):
        assert f'<option value="{value}" selected>' in text
    assert "No case matches these filters" in text
    assert "Clear filters" in text


def test_a_form_that_chose_nothing_is_the_whole_queue(deniz: Desk, local_run: LocalRun) -> None:
    complaint = complain(local_run)
    query = "queue=open&level=&category=&site=&assignee=&limit=100"
    assert complaint.reference in listed(deniz.get(f"/desk?{query}"))


@pytest.mark.parametrize("query", ["queue=no-such", "level=4", "limit=0", "limit=x", "cursor=x"])
def test_what_cannot_be_asked_for_is_said(deniz: Desk, query: str) -> None:
    assert deniz.get(f"/desk?{query}").status == 422


def test_what_is_not_there_is_said_in_words_for_staff(deniz: Desk) -> None:
    for address, status, expected in (
        ("/desk?queue=nonsense", 422, "Choose a page in the menu."),
        ("/desk/cases/C-00000-00000-0", 404, "The case or page may be at a site that you do not work for"),
        ("/desk/stray-mail", 403, "Your role does not include this."),
    ):
        got = deniz.get(address)
        assert got.status == status, address
        assert expected in got.text
        assert "our latest email" not in got.text


def test_one_page_follows_another(deniz: Desk, local_run: LocalRun) -> None:
    for _ in range(2):
        complain(local_run)
    seen = list(walk(deniz, "/desk?limit=1&site=demo"))
    assert len(seen) >= 2
    assert len(set(seen)) == len(seen)


def walk(desk: Desk, address: str) -> Iterator[str]:
    """The references of a queue, page by page, as its links lead."""
    path: str | None = address
    while path:
        text = listed(desk.get(path))
        if "/desk/cases/" in text:
            yield text.split("/desk/cases/")[1].partition("?")[0]
        path = None
        if 'rel="next" href="' in text:
            path = text.split('rel="next" href="')[1].partition('"')[0].replace("&amp;", "&")
            assert "Back to the start" in listed(desk.get(path))


def number_in(text: str, name: str) -> int | None:
    """The number beside a queue of the navigation."""
    link = text.split('<nav class="side"')[1].split(f">{name}")[1].partition("</a>")[0]
    return int(link.split('<span class="n">')[1].partition("<")[0]) if 'class="n' in link else None


def test_each_number_is_that_of_its_queue_however_little_the_page_shows(local_run: LocalRun) -> None:
    staff, desk = Staff(local_run, role="agent"), signed_in(local_run)
    complaints = [complain(local_run) for _ in range(3)]
    staff.does(complaints[0], "assign", {"to": "Kim"})
    staff.does(complaints[1], "ask", {"text": "Which lamp?"})
    settle(local_run)
    text = listed(desk.get("/desk?limit=1"))
    names = {
        "open": "Open",
        "unassigned": "Unassigned",
        "awaiting_complainant": "Waiting for a reply",
    }
    for queue, name in names.items():
        assert number_in(text, name) == len(staff.queue(queue, limit=100)) > 0
    assert number_in(text, "Due soon") == len(staff.queue("due_soon", limit=100))
    assert f'<h1>Open cases <span class="n">{number_in(text, "Open")}</span>' in text
    kim = listed(signed_in(local_run, "Kim", "reviewer").get("/desk?limit=1"))
    assert number_in(kim, "Mine") == len(Staff(local_run, "Kim", "reviewer").queue("mine", limit=100)) > 0


def test_a_queue_with_filters_has_its_exact_number_on_each_page_and_by_the_api(local_run: LocalRun) -> None:
    complain(local_run), complain(local_run)
    staff, desk = Staff(local_run), signed_in(local_run)
    text = "category=delivery.damaged&site=demo&limit=1"
    first = staff.call("GET", f"/complaints?queue=open&{text}").json
    number = len(staff.queue("open", category="delivery.damaged", site="demo", limit=100))
    assert first["total"] == number > 1
    second = staff.call("GET", f"/complaints?queue=open&{text}&cursor={first['next']}").json
    assert (second["total"], len(second["items"])) == (number, 1)
    for query, counted in ((text, number), ("level=3&limit=100", 0)):
        assert f'<h1>Open cases <span class="n">{counted}</span>' in listed(desk.get(f"/desk?{query}"))


def test_several_cases_are_given_to_somebody_at_once(deniz: Desk, local_run: LocalRun) -> None:
    first, second = complain(local_run), complain(local_run)
    fields = chosen(deniz, first, second)
    found = assigned(deniz, fields, "Robin")
    assert found["assigned"] == ["2"]
    assert (owner(local_run, first), owner(local_run, second)) == ("Robin", "Robin")
    text = listed(deniz.get("/desk?assigned=2&to=Robin"))
    assert "2 cases were assigned." in text
    assert "Now assigned to <bdi>Robin</bdi>" in text


def taken(desk: Desk, complaint: Complaint, query: str) -> Answer:
    """What pressing the button of the row leads to."""
    page = desk.get(f"/desk?{query}")
    value = page.text.split(f'name="take" value="{complaint.reference}')[1].partition('"')[0]
    return desk.post(
        ASSIGN, [*form_of(page, ASSIGN)[0], ("to", "Kim"), ("take", complaint.reference + value)]
    )


def test_a_case_is_taken_in_one_press_and_leads_to_its_page_which_knows_the_queue(
    deniz: Desk, local_run: LocalRun
) -> None:
    complaint = complain(local_run)
    settle(local_run)
    query = "queue=unassigned&site=demo"
    got = taken(deniz, complaint, f"{query}&limit=100")
    where, _, position = got.headers["Location"].partition("&position=")
    assert (got.status, where) == (303, f"/desk/cases/{complaint.reference}?{query}")
    assert re.fullmatch(r"\d+&total=\d+", position)
    assert owner(local_run, complaint) == "Deniz"
    assert complaint.reference not in listed(deniz.get(f"/desk?{query}&limit=100"))


def test_the_next_case_is_the_first_that_nobody_has(deniz: Desk, local_run: LocalRun) -> None:
    complain(local_run)
    text = listed(deniz.get("/desk?queue=unassigned&limit=100"))
    first = text.split('<th scope="row"><a href="/desk/cases/')[1].partition("?")[0]
    value = text.split('class="main end" form="take" name="next" value="')[1].partition('"')[0]
    assert value.partition(".")[0] == first
    assert 'class="main end" form="take"' not in listed(deniz.get("/desk?queue=closed"))


def test_what_somebody_else_took_meanwhile_stays_theirs_and_the_queue_says_so(
    deniz: Desk, local_run: LocalRun
) -> None:
    complaint = complain(local_run)
    page = deniz.get("/desk?limit=100")
    Staff(local_run).does(complaint, "assign", {"to": "Kim"})
    sent = [*form_of(page, ASSIGN)[0], ("take", f"{complaint.reference}.1")]
    answer = parse_qs(urlsplit(deniz.post(ASSIGN, sent).headers["Location"]).query)
    assert (answer["assigned"], answer["left"]) == (["0"], [f"{complaint.reference}.stale"])
    assert owner(local_run, complaint) == "Kim"


def test_the_next_case_is_the_next_free_one_where_a_colleague_was_quicker(
    deniz: Desk, local_run: LocalRun
) -> None:
    both = [complain(local_run, category="access.website_app") for _ in range(2)]
    page = deniz.get("/desk?queue=unassigned&category=access.website_app")
    value = page.text.split('name="next" value="')[1].partition('"')[0]
    first, second = sorted(both, key=lambda each: not value.startswith(each.reference))
    Staff(local_run).does(first, "assign", {"to": "Kim"})
    settle(local_run)
    got = deniz.post(ASSIGN, [*form_of(page, ASSIGN)[0], ("next", value)])
    assert got.headers["Location"].startswith(f"/desk/cases/{second.reference}?queue=unassigned")
    assert (owner(local_run, first), owner(local_run, second)) == ("Kim", "Deniz")


def test_nothing_that_was_assigned_is_no_success(deniz: Desk, local_run: LocalRun) -> None:
    complaint = complain(local_run)
    got = deniz.post(ASSIGN, [*form_of(deniz.get("/desk?queue=open&limit=100"), ASSIGN)[0], ("to", "Kim")])
    nothing = listed(deniz.get(got.headers["Location"]))
    stale = listed(deniz.get(f"/desk?assigned=0&to=Kim&left={complaint.reference}.stale"))
    assert "Select at least one case." in nothing
    assert "somebody changed it in the meantime" in stale
    for text in (nothing, stale):
        assert "0 cases" not in text
        assert "Now assigned to" not in text


def test_a_member_chooses_the_columns_of_all_queues(local_run: LocalRun) -> None:
    desk = signed_in(local_run, f"Chooser {uuid.uuid4().hex[:6]}", "agent")
    complaint = complain(local_run)
    page = desk.get("/desk?queue=open&limit=100")
    chosen = [("show", "stage"), ("show", "reference"), ("back", "/desk?queue=open&limit=100")]
    fields = [*form_of(page, "/desk/views")[0], ("do", "columns"), *chosen]
    got = desk.post("/desk/views", [*fields, ("show", "no-such")])
    assert (got.status, got.headers["Location"]) == (303, "/desk?queue=open&limit=100")
    for queue in ("open", "unassigned"):
        text = listed(desk.get(f"/desk?queue={queue}&limit=100"))
        head = text.split("<thead>")[1].split("</thead>")[0]
        assert [name in head for name in ("Reference", "Stage", "Person", "Category", "Received")] == [
            True, True, False, False, False,
        ]  # fmt: skip
        row = text.split(f"/desk/cases/{complaint.reference}")[1].split("</tr>")[0]
        assert f'<bdi dir="ltr">{complaint.reference}</bdi>' in row
        assert "Acknowledged" in row
    assert "Person" in listed(signed_in(local_run).get("/desk")).split("<thead>")[1].split("</thead>")[0]


@pytest.mark.parametrize(("sort", "backwards"), [("received", False), ("-received", True)])
def test_cases_stand_in_the_order_of_their_receipt_where_that_is_asked_for(
    deniz: Desk, local_run: LocalRun, sort: str, backwards: bool
) -> None:
    complain(local_run, special_needs="Large print"), complain(local_run)
    received = {each["reference"]: each["received_at"] for each in Staff(local_run).queue("open", limit=100)}
    seen = list(walk(deniz, f"/desk?limit=1&sort={sort}"))
    assert sorted(seen) == sorted(received)
    assert seen == sorted(seen, key=lambda name: (received[name], name), reverse=backwards)
    assert [each["reference"] for each in Staff(local_run).queue("open", sort=sort, limit=100)] == seen
    assert "By date of receipt" in listed(deniz.get(f"/desk?sort={sort}"))


def test_who_assigns_sees_the_cases_that_nobody_has_before_all_others(
    deniz: Desk, local_run: LocalRun
) -> None:
    Staff(local_run).does(complain(local_run, special_needs="Large print"), "assign", {"to": "Kim"})
    complain(local_run)
    owners = [
        each["assignee"] is not None for each in Staff(local_run).queue("open", sort="unassigned", limit=100)
    ]
    assert set(owners) == {True, False}
    assert owners == sorted(owners)
    assert "Unassigned cases first" in listed(deniz.get("/desk?sort=unassigned"))
    assert 'sort=unassigned" title="Unassigned cases first' in listed(deniz.get("/desk"))


@pytest.mark.parametrize("query", ["sort=name", "queue=closed&sort=received"])
def test_another_order_than_these_is_refused(deniz: Desk, query: str) -> None:
    assert deniz.get(f"/desk?{query}").status == 422


def test_a_filter_that_holds_is_named_and_let_go_by_a_link(deniz: Desk) -> None:
    text = listed(deniz.get("/desk?queue=open&level=2&category=delivery.damaged"))
    chip = text.split('class="btn chip"')[1].split("</a>")[0]
    assert 'href="/desk?queue=open&amp;category=delivery.damaged"' in chip
    assert "Level: 2" in chip


def test_cases_are_found_by_who_looks_after_them(deniz: Desk, local_run: LocalRun) -> None:
    complaint = complain(local_run)
    Staff(local_run).does(complaint, "assign", {"to": "Kim"})
    assert complaint.reference in listed(deniz.get("/desk?assignee=Kim&limit=100"))
    assert complaint.reference not in listed(deniz.get("/desk?assignee=Sam&limit=100"))
    assert complaint.reference in [
        item["reference"] for item in Staff(local_run).queue("open", assignee="Kim")
    ]


def test_a_second_press_is_the_same_choice(deniz: Desk, local_run: LocalRun) -> None:
    complaint = complain(local_run)
    fields = chosen(deniz, complaint)
    assert assigned(deniz, fields, "Robin") == assigned(deniz, fields, "Robin")


def test_what_could_not_be_given_is_named_with_its_reason(deniz: Desk, local_run: LocalRun) -> None:
    changed, other = complain(local_run), complain(local_run)
    fields = chosen(deniz, changed, other)
    Staff(local_run).does(changed, "note", {"text": "x"})
    found = assigned(deniz, fields, "Robin")
    assert (found["assigned"], found["left"]) == (["1"], [f"{changed.reference}.stale"])
    assert owner(local_run, changed) is None
    text = listed(
        deniz.get(f"/desk?assigned=1&to=Robin&left={changed.reference}.stale,x.stale,{changed.reference}.odd")
    )
    assert text.count("somebody changed it in the meantime") == 1


@pytest.mark.parametrize("to", ["Nobody-at-all", "", "x" * 3_000])
def test_s17_nothing_is_given_to_somebody_unknown(deniz: Desk, local_run: LocalRun, to: str) -> None:
    complaint = complain(local_run)
    got = deniz.post(ASSIGN, [*chosen(deniz, complaint), ("to", to)])
    assert got.status in (303, 422)
    assert owner(local_run, complaint) is None


def test_s14_a_case_of_another_site_is_as_if_it_were_not(local_run: LocalRun) -> None:
    desk = Desk(local_run)
    name = f"Far {uuid.uuid4().hex[:6]}"
    assert desk.sign_in(name, "agent", sites=("demo-gb",)).status == 303
    complaint = complain(local_run)
    assert complaint.reference not in listed(desk.get("/desk?limit=100"))
    form = [("form", desk.token()), ("case", f"{complaint.reference}.1"), ("to", name), ("once", "x")]
    found = assigned(desk, form, name)
    assert found["left"] == [f"{complaint.reference}.not-found"]


@pytest.mark.parametrize("role", ["auditor", "quality"])
def test_who_only_reads_sees_no_buttons(local_run: LocalRun, role: str) -> None:
    complain(local_run)
    text = listed(signed_in(local_run, "Kim", role).get("/desk"))
    assert "/desk/assign" not in text
    assert ' name="case"' not in text


def test_all_on_a_page_are_chosen_by_a_link(deniz: Desk, local_run: LocalRun) -> None:
    complain(local_run)
    text = listed(deniz.get("/desk?choose=all"))
    boxes = text.split(' name="case"')[1:]
    assert boxes
    assert all(" checked>" in box.partition("<span")[0] for box in boxes)


def test_a_decision_that_needs_a_second_person_waits_among_the_approvals(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    Staff(local_run, role="agent").decides(complaint, severity=3)
    desk = signed_in(local_run, "Robin", "reviewer")
    assert complaint.reference in listed(desk.get("/desk/approvals"))
    assert complaint.reference in [item["reference"] for item in Staff(local_run).queue("approvals")]
    Staff(local_run, "Robin", "reviewer").does(complaint, "approve")
    assert complaint.reference not in listed(desk.get("/desk/approvals"))
    assert signed_in(local_run, "Kim", "agent").get("/desk/approvals").status == 403


def test_the_end_of_a_case_that_waits_for_the_complainant_waits_among_the_approvals_too(
    local_run: LocalRun,
) -> None:
    complaint, deniz = complain(local_run), Staff(local_run)
    deniz.does(complaint, "ask", {"text": "Which lamp?"})
    deniz.does(complaint, "close", {"reason": "abusive"})
    assert complaint.reference in listed(signed_in(local_run, "Robin", "reviewer").get("/desk/approvals"))


def test_the_workload_says_who_has_how_much_and_what_is_next(moving_run: LocalRun) -> None:
    Staff(moving_run).does(complain(moving_run), "assign", {"to": "Sam"})
    desk = signed_in(moving_run)
    row = listed(desk.get("/desk/workload")).split("<bdi>Sam</bdi>")[1].split("</tr>")[0]
    assert row.count(">0</td>") == 3
    [address] = [part.partition('"')[0].replace("&amp;", "&") for part in row.split('href="')[1:]]
    assert listed(desk.get(address)).count("/desk/cases/") == 1
    assert '<time class="due' in row
