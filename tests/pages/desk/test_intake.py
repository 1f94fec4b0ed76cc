"""Staff take a complaint down at the desk, by a form: on the telephone, from a letter, in person."""

from datetime import timedelta

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import Staff, address, clock, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import attributes_of, options_of, words
from tests.pages.desk_client import Desk, form_of, signed_in

INTAKE = "/desk/intake"
LONG = "The lamp <b>came</b> in four pieces, she says."


@pytest.fixture
def desk(local_run: LocalRun) -> Desk:
    return signed_in(local_run, "Deniz", "agent")


def send(desk: Desk, page: Answer | None = None, **typed: str) -> Answer:
    """Sends the form, with what was told on the telephone ten minutes ago unless something else is said."""
    when = clock(desk.run) - timedelta(minutes=10)
    fields = {
        "channel": "telephone",
        "received_at": when.astimezone().isoformat(timespec="minutes"),
        "phone": "+90 555 000 00 00",
        "description": LONG,
        "consent": "yes",
    }
    hidden, action = form_of(page or desk.get(INTAKE), INTAKE)
    return desk.post(action, [*hidden, *(fields | typed).items()])


def test_what_is_told_on_the_telephone_becomes_a_case(desk: Desk) -> None:
    got = send(
        desk,
        name="Ada Yılmaz",
        subject="Broken lamp",
        category="delivery.damaged",
        preferred_way="telephone",
        order_number="4711-A",
        place="Kadıköy",
        taken_elsewhere="A court",
        danger="true",
        danger_details="Her cable is hot.",
    )
    assert got.status == 303
    page = desk.get(got.headers["Location"])
    text = words(page)
    assert "The complaint is recorded." in text
    assert "Complaint received: by telephone" in text
    assert LONG in text
    assert ", by telephone" in text
    assert "+90 555 000 00 00" in text
    assert "Wants to be contacted By telephone" in text
    assert all(value in text for value in ("4711-A", "Kadıköy", "A court", "Her cable is hot."))
    assert "Danger: no immediate action is recorded" in text


def test_who_left_an_address_gets_the_acknowledgement(desk: Desk) -> None:
    email = address()
    assert send(desk, email=email, language="tr").status == 303
    settle(desk.run)
    [mail] = desk.run.mails(email)
    assert "Şikâyetiniz" in mail["subject"]


def test_a_wrong_form_says_what_and_keeps_every_word(desk: Desk) -> None:
    got = send(
        desk,
        phone="",
        received_at="2031-01-01T10:00",
        consent="",
        product="Order 4711",
        category="billing.collection",
    )
    assert got.status == 422
    text = words(got)
    assert "Email: Tell us one way to reach you" in text
    assert "Has the person been told about the privacy notice?: Please confirm" in text
    assert {"#email", "#consent"} <= set(Reading(got.text).links)
    assert LONG in text
    assert attributes_of(got, "product")["value"] == "Order 4711"
    assert attributes_of(got, "received_at")["value"] == "2031-01-01T10:00"
    chosen = [each["value"] for _, each in Reading(got.text).elements if "selected" in each]
    assert {"telephone", "billing.collection", "complaint", "en"} <= set(chosen)
    assert "<title>Error: Record a complaint" in got.text


def test_a_second_press_takes_one_complaint(desk: Desk) -> None:
    page = desk.get(INTAKE)
    first, second = (send(desk, page, received_at="2026-01-05T10:00") for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    other = send(desk, page, received_at="2026-01-05T10:00", description="Something else.")
    assert other.headers["Location"] != first.headers["Location"]


def test_times_are_those_of_the_site(desk: Desk) -> None:
    got = send(desk, received_at="2026-01-05T10:00")
    reference = got.headers["Location"].split("/")[-1].partition("?")[0]
    case = Staff(desk.run).call("GET", f"/complaints/{reference}").json
    assert case["received_at"] == "2026-01-05T10:00:00+03:00"


def test_what_can_be_chosen_is_what_the_site_offers(desk: Desk) -> None:
    page = desk.get(INTAKE)
    assert options_of(page, "channel") == ["", "telephone", "letter", "in_person", "cfpb_portal"]
    form = desk.run.call("GET", "/v1/form?site=demo").json
    assert options_of(page, "category") == ["", *(each["code"] for each in form["categories"])]
    assert options_of(page, "language") == ["", *form["languages"]]


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 200), ("quality", 403), ("auditor", 403), ("admin", 403)]
)
def test_only_who_may_take_one_down_sees_the_form(local_run: LocalRun, role: str, status: int) -> None:
    assert signed_in(local_run, f"Intake-{role}", role).get(INTAKE).status == status


def test_a_site_that_one_does_not_serve_is_not_there(desk: Desk) -> None:
    assert desk.get(f"{INTAKE}?site=elsewhere").status == 404
