"""A mistyped address is corrected: letters go to whom they should, and nobody else opens the case.

GDPR, article 16.
"""

from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.journeys.linked_cases.duplicates import merge, twins
from tests.journeys.steps import Staff, address, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words

FORM = "application/x-www-form-urlencoded"
WHY = "She spelt it on the telephone."
TITLES = {
    "en": ("We corrected your email address", "This email address was replaced"),
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
    found, answered = local_run.mails(right)
    assert new in found["text"]
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


def token_in(text: str, name: str) -> str:
    return text.partition(f"?{name}=")[2].split()[0]


def test_the_complainant_corrects_an_address_on_the_status_page(local_run: LocalRun) -> None:
    complaint, right = complain(local_run), address()
    path = f"/status/{complaint.reference}"
    page = local_run.open_link(f"{path}/contact?t={complaint.access}")
    assert f'value="{complaint.email}"' in page.text
    typed = {"t": complaint.access, "name": "Ada Demir", "email": right, "language": "en", "once": right}
    got = local_run.call("POST", f"{path}/contact", urlencode(typed).encode(), Content_Type=FORM)
    assert got.status == 303, got.text
    settle(local_run)
    assert "follow the link" in local_run.follow(got).text.lower()
    asked = local_run.mails(right)[-1]["text"]
    assert "Ada Demir" not in asked
    assert "Ada Yılmaz" not in asked
    confirm = f"{path}/address?c={token_in(asked, 'c')}"
    assert local_run.open_link(confirm).status == 200
    assert complaint.call("GET").status == 200, "nothing changes by opening the page"
    done = local_run.call(
        "POST", f"{path}/address", urlencode({"c": token_in(asked, "c")}).encode(), Content_Type=FORM
    )
    assert done.status == 303, done.text
    assert "is confirmed" in local_run.follow(done).text
    settle(local_run)
    assert complaint.call("GET").status == 404
    assert "This email address was replaced" in complaint.letters()[-1]["text"]
    assert Staff(local_run).case(complaint)["complainant"]["email"] == right
    [own] = Staff(local_run).call("GET", f"/complaints/{complaint.reference}/person").json["items"]
    assert own["address_confirmed"] is True
    assert local_run.open_link(confirm).status == 404


def test_a_token_that_is_not_of_the_letter_confirms_nothing(local_run: LocalRun) -> None:
    """Threat 80."""
    complaint = complain(local_run)
    complaint.say("contact", {"email": address()})
    for token in (complaint.access, "", "x" * 32):
        sent = urlencode({"c": token}).encode()
        got = local_run.call("POST", f"/status/{complaint.reference}/address", sent, Content_Type=FORM)
        assert got.status == 404
    assert Staff(local_run).case(complaint)["complainant"]["email"] == complaint.email


def test_what_is_wrong_on_the_page_is_said_beside_it(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    typed = {"t": complaint.access, "name": "Ada Yılmaz", "email": "nowhere", "phone": "0212"}
    path = f"/status/{complaint.reference}/contact"
    assert "lang=tr" in local_run.open_link(f"{path}?t={complaint.access}").text
    got = local_run.call("POST", path, urlencode(typed).encode(), Content_Type=FORM)
    assert got.status == 422
    assert 'id="email-wrong"' in got.text
    assert "lang=tr" not in got.text, "what was typed would be lost in another language"
    assert 'value="0212"' in got.text


def test_a_name_or_address_that_was_emptied_is_refused_with_a_word(local_run: LocalRun) -> None:
    complaint = complain(local_run, complainant={"name": "Ada Yılmaz", "email": address()})
    path = f"/status/{complaint.reference}/contact"
    sent = urlencode({"t": complaint.access, "name": "", "email": " ", "phone": "0212"}).encode()
    got = local_run.call("POST", path, sent, Content_Type=FORM)
    assert got.status == 422
    assert {"name-wrong", "email-wrong"} <= {
        attributes.get("id") for _, attributes in Reading(got.text).elements
    }
    assert 'value="0212"' in got.text
    assert Staff(local_run).case(complaint)["complainant"]["name"] == "Ada Yılmaz"


def test_whoever_empties_telephone_and_post_has_both_removed_once(local_run: LocalRun) -> None:
    own = {"name": "Ada Yılmaz", "email": address(), "phone": "0212", "post": "Main Street 1\nAnkara"}
    complaint = complain(local_run, complainant=own)
    path = f"/status/{complaint.reference}/contact"
    typed = {"t": complaint.access, "name": own["name"], "email": own["email"], "language": "en", "once": "1"}
    for _ in range(2):
        got = local_run.call("POST", path, urlencode(typed).encode(), Content_Type=FORM)
        assert got.status == 303, got.text
    case = Staff(local_run).case(complaint)
    assert (case["complainant"]["phone"], case["complainant"]["post"]) == (None, None)
    assert [each["fact"] for each in case["facts"]].count("ContactCorrected") == 2


def test_line_ends_of_a_browser_are_no_correction(local_run: LocalRun) -> None:
    own = {"name": "Ada Yılmaz", "email": address(), "post": "Main Street 1\nAnkara"}
    complaint = complain(local_run, complainant=own)
    typed = own | {"t": complaint.access, "post": own["post"].replace("\n", "\r\n"), "language": "en"}
    path = f"/status/{complaint.reference}/contact"
    got = local_run.call("POST", path, urlencode(typed).encode(), Content_Type=FORM)
    assert got.status == 422


def local(address: str) -> str:
    """A Location without its host."""
    return address[address.index("/status") :]


def test_a_link_of_a_part_ends_with_the_address_that_it_went_to(local_run: LocalRun) -> None:
    """Threat 80."""
    first, second = twins(local_run)
    merge(Staff(local_run), first, second)
    assert first.call("GET").status == 200
    Staff(local_run).does(second, "correct_contact", {"email": address(), "reason": WHY})
    assert first.call("GET").status == 404
