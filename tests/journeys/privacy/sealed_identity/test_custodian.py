"""A custodian opens who complains, for a reason that is on record, and nobody makes themselves one."""

from datetime import timedelta

import pytest

from tests.journeys.privacy.sealed_identity.sealed_case import NAMES, SEALED, WHY, told
from tests.journeys.privacy.test_data_of_a_person import Officer
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import (
    Complaint,
    Staff,
    clock,
    complain,
    facts_in,
    go_to,
)
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in


@pytest.mark.iso10002("4 confidentiality: sealed")
def test_a_custodian_opens_it_with_a_reason_and_that_is_on_record(
    run: LocalRun, complaint: Complaint
) -> None:
    cora, deniz = Staff(run, "Cora", "custodian"), Staff(run)
    person = f"/complaints/{complaint.reference}/person"
    assert cora.call("GET", person).json["identity"] is None
    assert deniz.tries(complaint, "open_identity", {"reason": WHY}).status == 403
    assert pointers(cora.tries(complaint, "open_identity", {})) == ["/reason"]
    cora.does(complaint, "open_identity", {"reason": WHY})
    opened = cora.call("GET", person).json["identity"]
    assert (opened["name"], opened["email"]) == (f"Zübeyde {NAMES['name']}", complaint.email)
    assert opened["order_number"] == NAMES["order number"]
    assert [each["name"] for each in opened["joint"]] == [NAMES["joint"]]
    assert opened["senders"] == [f"{NAMES['sender']}@example.org"]
    page = signed_in(run, "Cora", "custodian").get(f"/desk/cases/{complaint.reference}/person?lang=en")
    assert complaint.email in page.text
    for other in (deniz, Staff(run, "Carl", "custodian")):
        assert other.call("GET", person).json["identity"] is None
    assert told(str(cora.case(complaint))) == []
    paula = Staff(run, "Paula", "privacy")
    audit = paula.call("GET", f"/complaints/{complaint.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])
    opening = next(fact for fact in facts_in(audit) if fact["fact"] == "IdentityOpened")
    assert opening["by"]["id"] == "Cora"
    shown = next(fact for fact in paula.case(complaint)["facts"] if fact["fact"] == "IdentityOpened")
    assert shown["reason"] == WHY
    log = paula.call("GET", f"/access?case={complaint.reference}").json["items"]
    assert {(each["member"], each["kind"]) for each in log} >= {("Cora", "identity")}
    go_to(run, clock(run) + timedelta(minutes=16))
    assert cora.call("GET", person).json["identity"] is None


def test_whoever_has_an_interest_or_is_not_cleared_opens_nothing(run: LocalRun) -> None:
    sealed = complain(run, category=SEALED)
    cora = Staff(run, "Cora", "custodian")
    Staff(run, "Cora", "agent").does(sealed, "recuse", {"reason": "She sits beside me."})
    refused = cora.tries(sealed, "open_identity", {"reason": WHY})
    assert (refused.status, refused.json["rule"]) == (409, "second-person")
    office = Office(run)
    reviewer, custodian = office.adds("reviewer"), office.adds("custodian")
    office.does(
        "member", reviewer.name, {"name": "Rita", "roles": ["reviewer"], "sites": ["demo"], "sensitive": True}
    )
    sensitive = {"list": "categories", "code": SEALED, "sensitive": True}
    office.does("codes", "demo", {"put": [sensitive]})
    try:
        path = f"/complaints/{sealed.reference}/commands/open_identity"
        hidden = custodian.call("POST", path, {"reason": WHY}, If_Match='"9"')
        assert hidden.status == 404
    finally:
        office.does("codes", "demo", {"put": [sensitive | {"sensitive": False}]})


def test_nobody_makes_themselves_a_custodian(run: LocalRun) -> None:
    office = Office(run)
    own = office.setting("member", office.name)["record"]
    body = {"name": own["name"], "sites": own["sites"]}
    without = [role for role in own["roles"] if role != "custodian"]
    office.does("member", office.name, body | {"roles": without})
    assert pointers(office.tries("member", office.name, body | {"roles": [*without, "custodian"]})) == [
        "/roles"
    ]


def test_a_file_of_a_person_does_not_tell_of_whom_a_sealed_case_is(run: LocalRun) -> None:
    """Each case says into which file it went, to everybody who reads the case."""
    sealed, other, paula = complain(run, category=SEALED), complain(run), Officer(run)
    refused = paula.orders(sealed, other)
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/cases")
    assert "sealed" in refused.json["errors"][0]["detail"]
    for each in (sealed, other):
        assert "PersonalDataPrepared" not in str(paula.staff.case(each))
    assert paula.orders(sealed, sealed).status == 200
    assert Officer(run).orders(other).status == 200
