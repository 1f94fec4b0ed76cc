"""What is asked for once more at the page of a case: a letter, and what cannot be taken back."""

import re

import pytest

from tests.html import Reading
from tests.journeys.steps import FINDING, SCALES, Staff, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, verbs, words
from tests.pages.desk_client import form_of


@pytest.fixture
def kim(local_run: LocalRun) -> CaseDesk:
    """A reviewer in front of a case that can be decided."""
    complaint = complain(local_run)
    deniz = Staff(local_run)
    deniz.does(complaint, "assess", SCALES)
    deniz.does(complaint, "find", FINDING)
    return CaseDesk(local_run, complaint)


def decided(kim: CaseDesk) -> None:
    decision = {"outcome": "upheld", "reasons": "You are right.", "remedies": []}
    Staff(kim.run).does(kim.complaint, "decide", decision)


def test_a_message_is_seen_as_it_will_arrive_before_it_leaves(kim: CaseDesk) -> None:
    before = len(kim.complaint.letters())
    asked = kim.send("message", text="We look into it.\n\nToday.")
    assert asked.status == 200
    assert len(kim.complaint.letters()) == before
    assert kim.complaint.access not in asked.text
    assert kim.confirm(asked).status == 303
    [*_, mail] = kim.complaint.letters()
    assert " ".join(Reading(mail["html"]).words.split()) in words(asked)
    assert "style=" not in asked.text
    assert mail["subject"] in words(asked)
    assert kim.complaint.email in words(asked)


def test_words_can_be_changed_after_they_were_seen(kim: CaseDesk) -> None:
    asked = kim.send("ask", text="Which lamp?")
    back = kim.confirm(asked, "back")
    assert back.status == 200
    assert "Which lamp?" in back.text
    changed = kim.send("ask", back, text="Which of the lamps?")
    assert "Which of the lamps?" in words(changed)
    assert kim.confirm(changed).status == 303


def test_a_response_names_its_consequence_and_shows_the_letter(kim: CaseDesk) -> None:
    decided(kim)
    asked = kim.send("respond")
    text = words(asked)
    assert "This cannot be undone" in text
    assert "You are right." in text
    assert verbs(asked) == {"respond"}
    assert Staff(kim.run).case(kim.complaint)["decision"]["issued"] is False
    assert kim.confirm(asked).status == 303
    assert kim.complaint.view()["stage"] == "responded"


def test_a_letter_is_shown_in_the_language_of_its_reader(local_run: LocalRun) -> None:
    kim = CaseDesk(local_run, complain(local_run, language="ar"))
    asked = kim.send("message", text="We look into it.")
    [letter] = [attributes for tag, attributes in Reading(asked.text).elements if tag == "article"]
    assert (letter["lang"], letter["dir"]) == ("ar", "rtl")
    assert [tag for tag in Reading(asked.text).tags if tag in ("h1", "main", "html")] == [
        "html",
        "main",
        "h1",
    ]


def test_a_decision_is_told_from_its_letter_and_the_next_case_follows(kim: CaseDesk) -> None:
    decided(kim)
    Staff(kim.run).does(kim.complaint, "assign", {"to": "Kim"})
    complain(kim.run)
    queue = "?queue=open&category=delivery.damaged"
    page = kim.page(queue)
    assert f"{kim.path}/answer{queue}" in Reading(page.text).links
    letter = kim.page(f"/answer{queue}")
    assert "You are right." in words(letter)
    sent = kim.confirm(letter, "next")
    assert (sent.status, "/next?done=respond&queue=open" in sent.headers["Location"]) == (303, True)
    assert kim.complaint.view()["stage"] == "responded"
    went = kim.desk.get(sent.headers["Location"])
    assert went.status == 303
    assert kim.complaint.reference in kim.follow(went)
    assert kim.path not in went.headers["Location"]


def test_the_cases_of_a_queue_lead_to_each_other_and_say_which_of_how_many_they_are(
    local_run: LocalRun,
) -> None:
    three = [complain(local_run, category="access.website_app") for _ in range(3)]
    queue = "?queue=open&category=access.website_app"
    desk = CaseDesk(local_run, three[0]).desk
    rows = [link for link in Reading(desk.get(f"/desk{queue}").text).links if "position=" in link]
    assert [link.partition("?")[2] for link in rows] == [
        f"{queue[1:]}&total=3&position={place}" for place in (1, 2, 3)
    ]
    first = desk.get(rows[0])
    assert "1 of 3" in words(first)
    second = desk.get(f"{rows[0].replace('?', '/next?')}").headers["Location"]
    assert "2 of 3" in words(desk.get(second))
    back = desk.get(second.replace("?", "/previous?")).headers["Location"]
    assert "1 of 3" in words(desk.get(back))
    assert rows[0].partition("?")[0] in back
    before = desk.get(rows[0].replace("?", "/previous?")).headers["Location"]
    assert before.endswith(f"/desk{queue}")
    page = desk.get(f"/desk{queue}")
    [value] = re.findall(r'name="take" value="([^"]*[.]2[.]3)"', page.text)
    taken = desk.post("/desk/assign", [*form_of(page, "/desk/assign")[0], ("take", value)])
    assert "2 of 3" in words(desk.get(taken.headers["Location"]))


def test_the_next_case_after_a_letter_is_the_one_behind_though_this_one_has_moved_to_the_end(
    local_run: LocalRun,
) -> None:
    """An assessment ends the promise that was next, and the case stays in the queue."""
    three = [complain(local_run, category="billing.unclear_fees") for _ in range(3)]
    desk = CaseDesk(local_run, three[0]).desk
    address = "/desk?queue=open&category=billing.unclear_fees"
    rows = [link for link in Reading(desk.get(address).text).links if "position=" in link]
    kim = CaseDesk(local_run, next(each for each in three if each.reference in rows[0]))
    Staff(local_run).does(kim.complaint, "assess", SCALES)
    settle(local_run)
    after = [link for link in Reading(desk.get(address).text).links if "position=" in link]
    assert kim.path in after[-1]
    for led in ("&done=message", f"&at={kim.complaint.reference}"):
        went = desk.get(rows[0].replace("?", "/next?") + led).headers["Location"]
        assert went.partition("?")[0] == rows[1].partition("?")[0]


def test_what_somebody_changed_meanwhile_is_found_out_at_the_last_press(kim: CaseDesk) -> None:
    decided(kim)
    asked = kim.send("respond")
    Staff(kim.run).does(kim.complaint, "note", {"text": "Wait."})
    got = kim.confirm(asked)
    assert got.status == 412
    assert Staff(kim.run).case(kim.complaint)["decision"]["issued"] is False


@pytest.mark.parametrize(
    ("verb", "typed", "consequence"),
    [
        ("close", {"reason": "abusive"}, "its deadlines stop"),
        ("withdraw", {"note": "By telephone."}, "What was promised before is still owed."),
        ("recuse", {"reason": "My cousin."}, "You can no longer work on this case."),
        ("redact", {"message": "1", "reason": "A name."}, "Nobody can restore it."),
    ],
)
def test_what_cannot_be_taken_back_asks_first(
    kim: CaseDesk, verb: str, typed: dict[str, str], consequence: str
) -> None:
    version = Staff(kim.run).case(kim.complaint)["version"]
    asked = kim.send(verb, None, **typed)
    assert consequence in words(asked)
    assert Staff(kim.run).case(kim.complaint)["version"] == version
    assert kim.confirm(asked).status == 303
    assert Staff(kim.run).case(kim.complaint)["version"] == version + 1


def test_a_wrong_form_is_said_before_it_is_asked_twice(kim: CaseDesk) -> None:
    got = kim.send("withdraw")
    assert got.status == 422
    assert "How the person told us: Enter a value." in words(got)


def test_what_follows_from_nothing_leaves_without_a_question(kim: CaseDesk) -> None:
    assert kim.send("note", text="x").status == 303
    assert kim.send("assign", to="Kim").status == 303


def test_a_letter_on_paper_is_seen_too(local_run: LocalRun) -> None:
    complaint = complain(local_run, complainant={"name": "Ada", "post": "1 Fair Street"})
    kim = CaseDesk(local_run, complaint)
    asked = kim.send("message", text="We look into it.")
    assert "This letter must be printed and posted." in words(asked)
    assert "Ada 1 Fair Street" in words(asked)


def test_a_second_press_sends_one_letter(kim: CaseDesk) -> None:
    asked = kim.send("message", text="Only once.")
    assert [kim.confirm(asked).status for _ in range(2)] == [303, 303]
    settle(kim.run)
    assert sum("Only once." in mail["text"] for mail in kim.complaint.letters()) == 1


def test_the_page_that_asks_brings_what_was_typed_and_no_more(kim: CaseDesk) -> None:
    asked = kim.send("message", text="Hello.", evil="1")
    hidden, _ = form_of(asked, "/commands/message")
    assert {name for name, _ in hidden} == {"form", "text", "site", "version", "once"}
