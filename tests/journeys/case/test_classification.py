"""Classification over HTTP: staff say what a complaint is about, and what hangs on the category follows."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words

SENSITIVE = "privacy.unwanted_contact"
BY_RAIN = "delivery.damaged.by_rain"


@pytest.fixture(scope="module")
def office(local_run: LocalRun) -> Iterator[Office]:
    """An office whose site has a sub-category, and a sensitive category while these tests last."""
    office = Office(local_run)
    name = office.adds("reviewer").name
    office.does("member", name, {"sensitive": True})
    labels = dict.fromkeys(("en", "tr", "de", "fr", "es", "ar"), "By rain")
    put = [
        {"list": "subcategories", "code": BY_RAIN, "labels": labels},
        {"list": "categories", "code": SENSITIVE, "sensitive": True},
    ]
    office.does("codes", "demo", {"put": put})
    yield office
    office.does("codes", "demo", {"put": [{"list": "categories", "code": SENSITIVE, "sensitive": False}]})


def listed(staff: Staff, queue: str = "open", **query: str) -> set[str]:
    return {item["reference"] for item in staff.queue(queue, **query)}


@pytest.mark.iso10002("8.2 analysis and evaluation: categories")
def test_what_staff_say_stands_beside_what_the_complainant_chose(local_run: LocalRun, office: Office) -> None:
    complaint, staff = complain(local_run, product="A lamp"), Staff(local_run)
    fields = {
        "category": "delivery.damaged",
        "subcategory": BY_RAIN,
        "product": "Lamp Zebra 4",
        "order_number": "4711-A",
        "place": "Izmir depot",
        "tags": ["rain", "no porch"],
        "reason": "The courier's photograph shows it.",
    }
    staff.does(complaint, "classify", fields)
    case: dict[str, Any] = staff.case(complaint)
    assert (case["category"], case["told_category"]) == ("delivery.damaged", "delivery.damaged")
    assert case["subcategory"] == BY_RAIN
    assert case["classification"] == {
        "product": "Lamp Zebra 4",
        "order_number": "4711-A",
        "place": "Izmir depot",
        "tags": ["rain", "no porch"],
    }
    staff.does(complaint, "classify", {"category": "service.late", "reason": "It came on time, but wet."})
    case = staff.case(complaint)
    assert (case["category"], case["told_category"]) == ("service.late", "delivery.damaged")
    assert case["subcategory"] is None
    assert complaint.call("GET", "/data").json["complaint"]["category"] == "delivery.damaged"
    audit = staff.call("GET", f"/complaints/{complaint.reference}/audit")
    assert audit.json["verifies"]
    assert "Zebra 4" not in audit.text


def test_wrong_codes_are_named_each_by_its_pointer(local_run: LocalRun, office: Office) -> None:
    complaint, staff = complain(local_run), Staff(local_run)
    for body, at in (
        ({"category": "no.such"}, ["/category"]),
        ({"category": "service.late", "subcategory": BY_RAIN}, ["/subcategory"]),
        ({"tags": ["a,b"]}, ["/tags"]),
        ({"tags": ["tag"] * 11}, ["/tags"]),
        ({"reason": "Nothing else."}, [""]),
    ):
        assert pointers(staff.tries(complaint, "classify", body)) == at, body


def test_the_queue_of_a_category_follows_at_once(local_run: LocalRun, office: Office) -> None:
    complaint, staff = complain(local_run, category=None), Staff(local_run)
    assert complaint.reference not in listed(staff, category="service.interrupted")
    staff.does(complaint, "classify", {"category": "service.interrupted"})
    assert complaint.reference in listed(staff, category="service.interrupted")


def test_a_case_that_becomes_sensitive_is_gone_for_who_is_not_cleared(
    local_run: LocalRun, office: Office
) -> None:
    plain, owner = office.adds("agent"), office.adds("agent")
    complaint = complain(local_run)
    plain.does(complaint, "assign", {"to": owner.name})
    plain.does(complaint, "classify", {"category": SENSITIVE, "reason": "It is about his file."})
    for somebody in (plain, owner):
        assert somebody.call("GET", f"/complaints/{complaint.reference}").status == 404
    assert complaint.reference not in listed(owner, queue="mine")


def test_a_case_is_classified_on_its_page_in_two_languages(local_run: LocalRun, office: Office) -> None:
    kim = CaseDesk(local_run, complain(local_run), f"Kim-{uuid.uuid4().hex[:6]}")
    typed = {"category": "service.late", "tags": "rain\nno porch", "place": "Izmir", "reason": "It was late."}
    page = kim.does("classify", **typed)
    assert "The classification is saved." in page
    assert "Classified: Was late" in page
    assert "Tags rain, no porch" in page
    assert "Category of the complainant Arrived damaged" in page
    turkish = words(kim.page("?lang=tr"))
    assert "Sınıflandırıldı" in turkish
    assert "Etiketler rain, no porch" in turkish
