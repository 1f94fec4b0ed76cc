"""One of several people of a case is forgotten, and the case of the others goes on."""

from tests.journeys.steps import Staff, address, complain, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in


def test_the_complainant_is_forgotten_and_letters_go_to_who_complains_too(local_run: LocalRun) -> None:
    own, other = address(), address()
    complaint = complain(local_run, complainant={"name": "Zoe Papadaki", "email": own})
    deniz, paula = Staff(local_run), Staff(local_run, "Paula", "privacy")
    deniz.does(complaint, "add_complainant", {"name": "Bartholomaeus Roth", "email": other, "letters": "all"})
    settle(local_run)
    body = {"party": "complainant", "ground": "consent_withdrawn"}
    paula.does(complaint, "erase_party", body)
    case = paula.case(complaint)
    assert (case["complainant"]["name"], case["complainant"]["email"]) in ((None, None), ("", ""), ("", None))
    assert [each["name"] for each in case["joint"]] == ["Bartholomaeus Roth"]
    assert own not in str(case)
    assert complaint.call("GET").status in (401, 404)
    audit = paula.call("GET", f"/complaints/{complaint.reference}/audit").json
    assert audit["verifies"]
    assert own not in str(audit)
    deniz.does(complaint, "message", {"text": "We found the lamp."})
    settle(local_run)
    assert len(local_run.mails(own)) == 1
    assert len(local_run.mails(other)) == 1
    assert complaint.reference not in str(paula.call("GET", f"/search?q={own}").json)


def test_where_somebody_joined_others_their_data_is_found_and_erased_apart(local_run: LocalRun) -> None:
    own = address()
    person = complain(local_run, complainant={"name": "Zoe Papadaki", "email": own})
    deniz, paula = Staff(local_run), Staff(local_run, "Paula", "privacy")
    case = complain(local_run)
    deniz.does(case, "add_complainant", {"name": "Z. Papadaki", "email": own.upper(), "letters": "none"})
    deniz.does(case, "add_complainant", {"name": "Eve Roth", "email": address(), "letters": "none"})
    settle(local_run)
    found = paula.call("GET", f"/complaints/{person.reference}/person").json
    assert [each["reference"] for each in found["items"]] == [person.reference]
    [joined] = found["joined"]
    assert joined["reference"] == case.reference
    page = signed_in(local_run, "Paula", "privacy").get(f"/desk/cases/{person.reference}/person?lang=en").text
    assert "Complains together with others" in page
    assert f'href="/desk/cases/{case.reference}"' in page
    paula.does(case, "erase_party", {"party": joined["party"], "ground": "objected"})
    settle(local_run)
    assert paula.call("GET", f"/complaints/{person.reference}/person").json["joined"] == []
    assert [each["name"] for each in paula.case(case)["joint"]] == ["Eve Roth"]


def test_s12_only_data_protection_erases_one_of_several(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    Staff(local_run).does(complaint, "add_complainant", {"name": "Eve Roth", "letters": "none"})
    [eve] = Staff(local_run).case(complaint)["joint"]
    assert "erase_party" not in Staff(local_run).case(complaint)["allowed_commands"]
    paula = Staff(local_run, "Paula", "privacy")
    assert "erase_party" in paula.case(complaint)["allowed_commands"]
    paula.does(complaint, "erase_party", {"party": eve["id"], "ground": "objected"})
    assert paula.case(complaint)["joint"] == []
    assert "erase_party" not in paula.case(complaint)["allowed_commands"]
