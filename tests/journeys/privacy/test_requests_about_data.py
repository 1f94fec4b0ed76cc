"""What somebody asks for about their data is recorded from the page of the person, and answered on record."""

import uuid
from datetime import timedelta

import pytest

from tests.journeys.steps import Staff, complain, local_date
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in


@pytest.mark.iso10002("4 confidentiality: requests")
def test_a_request_is_recorded_checked_and_answered(local_run: LocalRun) -> None:
    complaint, paula = complain(local_run), Staff(local_run, "Paula", "privacy")
    today = local_date(local_run)
    path = f"/records/privacy_request/demo.{uuid.uuid4().hex}"
    wish = {
        "right": "erasure",
        "received_on": str(today),
        "owner": "Paula",
        "cases": [complaint.reference.lower()],
    }
    got = paula.call("POST", f"{path}/commands/open", wish, If_Match='"0"')
    assert got.status == 200, got.text
    content = got.json["content"]
    assert (content["cases"], content["answer_by"]) == (
        [complaint.reference],
        str(today + timedelta(days=30)),
    )
    answer = {"told_on": str(today)}
    early = paula.call("POST", f"{path}/commands/fulfil", answer, If_Match='"1"')
    assert (early.status, set(early.json["allowed_commands"])) == (409, {"identify", "refuse", "extend"})
    page = signed_in(local_run, "Paula", "privacy").get(f"/desk{path}?lang=en").text
    assert f"/desk/cases/{complaint.reference}/person" in page
    assert f"/desk/cases/{complaint.reference}/forms/refuse_erasure" in page
    known = paula.call("POST", f"{path}/commands/identify", {"identity": "called_back"}, If_Match='"1"')
    assert known.status == 200
    refused = answer | {"ground": "kept_by_law", "reason": "Bills are kept for ten years."}
    done = paula.call("POST", f"{path}/commands/refuse", refused, If_Match='"2"')
    assert (done.json["content"]["outcome"], done.json["allowed_commands"]) == ("refused", [])
    read = Staff(local_run, "Ayla", "auditor").call("GET", path)
    assert read.json["history"][-1]["reason"] == "Bills are kept for ten years."


def test_the_page_of_a_person_leads_to_it_with_the_case(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    desk = signed_in(local_run, "Paula", "privacy")
    page = desk.get(f"/desk/cases/{complaint.reference}/person").text
    link = next(part.partition('"')[0] for part in page.split('href="') if "privacy_request/new" in part)
    shown = desk.get(link.replace("&amp;", "&")).text
    area = shown.partition("<textarea")[2].partition("</textarea>")[0]
    assert area.rpartition(">")[2].strip() == complaint.reference
