"""A mistyped address is corrected: letters go to whom they should, and nobody else opens the case.

GDPR, article 16.
"""

import pytest

from tests.journeys.steps import Staff, address, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words

WHY = "She spelt it on the telephone."
TITLES = {
    "en": ("We corrected your mail address", "This mail address was replaced"),
    "tr": ("E-posta adresinizi düzelttik", "Bu e-posta adresi değiştirildi"),
}


@pytest.mark.parametrize("language", TITLES)
def test_letters_go_to_the_corrected_address_and_the_former_one_is_told(
    local_run: LocalRun, language: str
) -> None:
    complaint, right, staff = complain(local_run, language=language), address(), Staff(local_run)
    case = staff.does(complaint, "correct_contact", {"email": right, "reason": WHY})
    staff.does(complaint, "message", {"text": "New cups are on their way."})
    settle(local_run)
    assert case["allowed_commands"]
    new, former = TITLES[language]
    told, answered = local_run.mails(right)
    assert new in told["text"]
    assert "New cups" in answered["text"]
    last = complaint.letters()[-1]["text"]
    assert former in last
    assert right not in last
    assert "?t=" not in last


def test_the_link_of_the_former_address_ends_and_the_new_one_opens_all_data(local_run: LocalRun) -> None:
    complaint, right, staff = complain(local_run), address(), Staff(local_run)
    staff.does(complaint, "correct_contact", {"email": right, "name": "Ada Demir", "reason": WHY})
    settle(local_run)
    assert complaint.call("GET").status == 404
    access = local_run.mails(right)[-1]["text"].partition("?t=")[2].split()[0]
    data = local_run.call(
        "GET", f"/v1/complaints/{complaint.reference}/data", Authorization=f"Bearer {access}"
    ).json
    assert (data["complainant"]["email"], data["complainant"]["name"]) == (right, "Ada Demir")
    assert "contact_corrected" in [each["event"] for each in data["happened"]]
    assert staff.case(complaint)["complainant"]["email"] == right
    audit = staff.call("GET", f"/complaints/{complaint.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])


def test_it_is_corrected_on_a_page_of_its_own_that_shows_both_letters_first(local_run: LocalRun) -> None:
    kim = CaseDesk(local_run, complain(local_run))
    right = address()
    asked = kim.send("correct_contact", email=right, reason=WHY)
    assert right in words(asked)
    assert kim.complaint.email in words(asked)
    page = kim.follow(kim.confirm(asked))
    assert "The contact details are corrected." in page
    assert right in page
    assert WHY in page


def test_a_form_in_which_something_is_wrong_comes_back_with_all_that_was_typed(local_run: LocalRun) -> None:
    kim = CaseDesk(local_run, complain(local_run))
    got = kim.send("correct_contact", email="nowhere", phone="0212", reason=WHY)
    assert got.status == 422
    assert 'value="0212"' in got.text
    assert WHY in words(got)
