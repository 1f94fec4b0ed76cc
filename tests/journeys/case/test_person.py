"""One person in view: all complaints of who complains in a case, and nobody else's."""

from datetime import timedelta
from typing import Any

from tests.journeys.steps import Complaint, Staff, address, clock, complain, form, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, verbs, words
from tests.pages.desk_client import signed_in


def person_of(complaint: Complaint, staff: Staff | None = None) -> dict[str, dict[str, Any]]:
    """What is told of each complaint, by its reference, in its order."""
    staff = staff or Staff(complaint.run)
    got = staff.call("GET", f"/complaints/{complaint.reference}/person")
    assert got.status == 200, got.text
    assert got.json["is_cut"] is False
    return {each["reference"]: each for each in got.json["items"]}


def of(run: LocalRun, email: str, **changes: Any) -> Complaint:
    return complain(run, complainant=form()["complainant"] | {"email": email}, **changes)


def test_s94_complaints_with_the_same_address_are_in_view(local_run: LocalRun) -> None:
    email = address()
    first = of(local_run, email)
    second = of(local_run, email.upper(), site="demo-tr", language="tr")
    named_only = complain(local_run, description=f"My neighbour {email} saw it.")
    found = person_of(first)
    assert set(found) == {first.reference, second.reference}
    assert named_only.reference not in found
    assert all(each["same_address"] and not each["linked"] for each in found.values())
    assert found[second.reference]["site"] == "demo-tr"
    assert not any(each["address_confirmed"] for each in found.values())


def test_staff_may_say_that_two_with_different_addresses_are_one_person(local_run: LocalRun) -> None:
    deniz, one, other = Staff(local_run), complain(local_run), complain(local_run)
    assert list(person_of(one)) == [one.reference]
    why = {"to": other.reference, "relation": "same_person", "reason": "She wrote from her office."}
    deniz.does(one, "link", why)
    for complaint in (one, other):
        found = person_of(complaint)
        assert set(found) == {one.reference, other.reference}
    assert (found[one.reference]["same_address"], found[one.reference]["linked"]) == (False, True)
    deniz.does(one, "unlink", why | {"reason": "It was her sister."})
    assert list(person_of(one)) == [one.reference]


def test_an_address_that_was_corrected_leads_to_its_own_complaints(local_run: LocalRun) -> None:
    email, corrected = address(), complain(local_run)
    former = of(local_run, corrected.email)
    mine = of(local_run, email)
    Staff(local_run).does(corrected, "correct_contact", {"email": email, "reason": "She told us."})
    settle(local_run)
    assert set(person_of(mine)) == {mine.reference, corrected.reference}
    assert list(person_of(former)) == [former.reference]


def test_how_we_are_in_contact_is_told_with_every_complaint_of_the_person(local_run: LocalRun) -> None:
    email = address()
    first, second = of(local_run, email), of(local_run, email)
    robin, until = Staff(local_run, "Robin", "reviewer"), clock(local_run).date() + timedelta(days=90)
    asked = {"plan": "Robin answers by mail.", "limit": "one_person", "reason": "She shouted at three of us."}
    assert Staff(local_run).tries(first, "plan_contact", asked | {"review_on": str(until)}).status == 403
    assert robin.tries(first, "plan_contact", asked).json["errors"][0]["pointer"] == "/review_on"
    robin.does(first, "plan_contact", asked | {"review_on": str(until), "tell": True})
    settle(local_run)
    told = first.letters()[-1]["text"]
    assert "Only one of us is in contact with you" in told
    assert "She shouted at three of us." in told
    assert str(until.year) in told[told.index("We look at this again by") :]
    assert "You can still complain." in told
    assert "Robin answers by mail." not in told
    got = robin.call("GET", f"/complaints/{second.reference}/person").json["plan"]
    assert got | asked | {"review_on": str(until), "review_due": False} == got
    assert (got["reference"], got["planned_by"]) == (first.reference, "Robin")
    page = signed_in(local_run, "Robin").get(f"/desk/cases/{second.reference}/person")
    assert "Robin answers by mail." in page.text
    assert "with one named person only" in words(page)
    assert "with one named person only" in signed_in(local_run).get(f"/desk/cases/{first.reference}").text


def test_s93_a_limit_stops_no_further_complaint_and_no_message(local_run: LocalRun) -> None:
    email = address()
    first = of(local_run, email)
    until = clock(local_run).date() + timedelta(days=90)
    asked = {"plan": "By mail.", "limit": "nothing_twice", "reason": "Forty calls.", "review_on": str(until)}
    Staff(local_run, "Robin", "reviewer").does(first, "plan_contact", asked)
    first.say("messages", {"text": "I have something new."})
    again = of(local_run, email)
    assert again.view()["stage"] == "acknowledged"
    assert "Forty calls." not in first.call("GET").text


def test_its_page_says_why_each_is_there_and_leads_to_it(local_run: LocalRun) -> None:
    email = address()
    one, other = of(local_run, email, subject="A cup"), of(local_run, email, subject="A lamp")
    desk = signed_in(local_run)
    assert f"/desk/cases/{one.reference}/person" in desk.get(f"/desk/cases/{one.reference}").text
    page = desk.get(f"/desk/cases/{one.reference}/person")
    assert page.status == 200, page.text
    assert "2 cases of this person." in words(page)
    assert f'href="/desk/cases/{other.reference}"' in page.text
    assert "Same email address" in words(page)
    assert email not in page.text


def test_s94_needs_of_an_earlier_complaint_are_noted_once_it_is_known_who_complains(
    local_run: LocalRun,
) -> None:
    email = address()
    first, second = of(local_run, email), of(local_run, email)
    deniz = Staff(local_run)
    signed = {"adjustment": "interpreter", "needed": True, "details": "Turkish sign language"}
    deniz.does(first, "adjust", signed)
    deniz.does(first, "adjust", {"adjustment": "large_print", "needed": True})
    acts = {"represented": "Bob Okafor", "relation": "father", "authority": "checked", "evidence": "Deed."}
    deniz.does(first, "represent", acts)
    deniz.does(second, "adjust", {"adjustment": "large_print", "needed": True})
    earlier = deniz.call("GET", f"/complaints/{second.reference}/person").json["earlier"]
    assert earlier == {
        "needs": [
            {
                "reference": first.reference,
                "adjustment": "interpreter",
                "details": "Turkish sign language",
            }
        ],
        "authority": [
            {
                "reference": first.reference,
                "represented": "Bob Okafor",
                "relation": "father",
                "until": None,
                "evidence": "Deed.",
            }
        ],
    }
    kim = CaseDesk(local_run, second)
    page = kim.page("/person")
    assert "Turkish sign language" in words(page)
    assert verbs(page) == set(), "an address that somebody typed tells nobody's needs to whoever typed it"
    same = {"to": second.reference, "relation": "same_person", "reason": "He said so."}
    deniz.does(first, "link", same)
    assert verbs(kim.page("/person")) == {"adjust", "represent"}
    for verb in ("adjust", "represent"):
        got = kim.send(verb, kim.page("/person"))
        assert (kim.confirm(got) if got.status == 200 else got).status == 303, got.text
    case = deniz.case(second)
    needed = {each["kind"]: each["details"] for each in case["complainant"]["adjustments"]}
    assert needed == {"large_print": None, "interpreter": "Turkish sign language"}
    assert (case["complainant"]["on_behalf_of"], case["authority"]["holds"]) == ("Bob Okafor", True)
    assert "known from other" not in words(kim.page("/person")).casefold()
