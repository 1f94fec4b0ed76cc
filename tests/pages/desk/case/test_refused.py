"""What is not done at the page of a case: it says why, what is possible, and keeps every word."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.html import Reading
from tests.journeys.steps import FINDING, SCALES, Staff, complain
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, attributes_of, linked, verbs, words
from tests.pages.desk_client import form_of

LONG = "Called the depot: they remember a wet pallet. <b>Zebra & co</b>"
DECISION = {"outcome": "upheld", "reasons": "You are right.", "remedies": []}


@pytest.fixture
def kim(local_run: LocalRun) -> CaseDesk:
    """A reviewer in front of a case that was assessed."""
    complaint = complain(local_run)
    Staff(local_run).does(complaint, "assess", SCALES)
    return CaseDesk(local_run, complaint)


def test_a_stale_page_keeps_the_typed_text(kim: CaseDesk) -> None:
    page = kim.form("find")
    Staff(kim.run).does(kim.complaint, "assign", {"to": "Deniz"})
    got = kim.send("find", page, finding=LONG, root_cause="training")
    assert got.status == 412
    text = words(got)
    assert "Somebody else changed this first." in text
    assert text.index("What changed in the meantime") < text.index("Deniz") < text.index("Assigned to Deniz")
    assert text.count(LONG) == 1
    again = kim.send("find", got, finding=LONG, root_cause="training")
    assert again.status == 303
    assert LONG in kim.follow(again)


def test_a_stale_page_names_what_changed_and_nothing_older(kim: CaseDesk) -> None:
    Staff(kim.run).does(kim.complaint, "note", {"text": "Before."})
    page = kim.form("find")
    Staff(kim.run).does(kim.complaint, "note", {"text": "First."})
    Staff(kim.run).does(kim.complaint, "note", {"text": "Second."})
    shown = words(kim.send("find", page, finding=LONG, root_cause="training"))
    changed, _, rest = shown.partition("What Ada Yılmaz wrote")
    assert [text in changed for text in ("Before.", "First.", "Second.")] == [False, True, True]
    assert "Before." in rest


def test_a_note_is_saved_whatever_colleagues_did_meanwhile(kim: CaseDesk) -> None:
    page = kim.page()
    Staff(kim.run).does(kim.complaint, "note", {"text": "First."})
    Staff(kim.run).does(kim.complaint, "assign", {"to": "Deniz"})
    got = kim.send("note", page, text=LONG)
    assert got.status == 303
    text = kim.follow(got)
    assert text.index("First.") < text.index(LONG)


def test_notes_that_are_sent_at_once_are_all_saved(kim: CaseDesk) -> None:
    hidden, action = form_of(kim.page(), "/commands/note")
    notes = [f"Note {number} of three." for number in (1, 2, 3)]
    with ThreadPoolExecutor(len(notes)) as pool:
        sent = list(pool.map(lambda text: kim.desk.post(action, [*hidden, ("text", text)]), notes))
    assert [got.status for got in sent] == [303, 303, 303]
    shown = words(kim.page())
    assert [note for note in notes if note not in shown] == []


def test_every_word_of_a_long_form_is_kept(kim: CaseDesk) -> None:
    page = kim.form("decide")
    Staff(kim.run).does(kim.complaint, "note", {"text": "Meanwhile."})
    typed = {
        "outcome": "upheld",
        "reasons": LONG,
        "kind_2": "refund",
        "amount_2": "49,9",
        "currency_2": "CHF",
    }
    got = kim.send("decide", page, **typed, by_2="2031-03-04")
    assert got.status == 412
    for name, value in {"amount_2": "49,9", "currency_2": "CHF", "by_2": "2031-03-04"}.items():
        assert attributes_of(got, f"decide-{name}")["value"] == value
    chosen = [each["value"] for _, each in Reading(got.text).elements if "selected" in each]
    assert {"upheld", "refund"} <= set(chosen)
    assert "decide" in verbs(got)


def test_words_are_kept_where_the_form_is_gone(kim: CaseDesk) -> None:
    page = kim.form("find")
    Staff(kim.run).does(kim.complaint, "withdraw", {"note": "Told us by telephone."})
    got = kim.send("find", page, finding=LONG, root_cause="training")
    assert (got.status, "find" in verbs(got)) == (412, False)
    assert (
        "What you typed There is no form for it any more. Copy what you still need. "
        f"Record a finding What was found {LONG} Cause Lack of training" in words(got)
    )


def test_a_wrong_form_says_what_and_where(kim: CaseDesk) -> None:
    got = kim.send("find", finding=" ", root_cause="training")
    assert got.status == 422
    assert "<title>Error: Parcel arrived broken" in got.text
    assert "There is a problem What was found: Enter a value." in words(got)
    assert "#find-finding" in Reading(got.text).links
    field = attributes_of(got, "find-finding")
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "find-finding-wrong")
    attributes_of(got, "find-finding-wrong")
    assert "training" in [each["value"] for _, each in Reading(got.text).elements if "selected" in each]


def test_a_wrong_row_is_found_again_behind_an_empty_one(kim: CaseDesk) -> None:
    got = kim.send("decide", outcome="upheld", reasons=LONG, kind_2="refund", amount_2="much")
    assert got.status == 422
    assert "#decide-amount_2" in Reading(got.text).links
    assert "Enter an amount like 49.90." in words(got)


def test_a_wrong_form_still_finds_out_that_the_page_is_stale(kim: CaseDesk) -> None:
    page = kim.form("find")
    Staff(kim.run).does(kim.complaint, "note", {"text": "Meanwhile."})
    wrong = kim.send("find", page, finding="", root_cause="training")
    assert wrong.status == 422
    assert kim.send("find", wrong, finding=LONG, root_cause="training").status == 412


def test_what_the_case_does_not_allow_is_said_with_the_rule(kim: CaseDesk) -> None:
    reviewer = Staff(kim.run, kim.name, kim.role)
    reviewer.does(kim.complaint, "find", FINDING)
    page = kim.page()
    hidden, action = form_of(page, "/commands/note")
    reviewer.does(kim.complaint, "assess", SCALES | {"severity": 3, "note": "Graver."})
    reviewer.does(kim.complaint, "decide", DECISION)
    fresh = [
        *(pair for pair in hidden if pair[0] != "version"),
        ("version", dict(form_of(kim.page(), "note")[0])["version"]),
    ]
    got = kim.desk.post(action.replace("/note", "/approve"), fresh)
    assert got.status == 409
    assert "There is a problem Somebody else must do this" in words(got)
    assert verbs(got) | linked(got) == set(reviewer.case(kim.complaint)["allowed_commands"])


def test_a_role_that_may_not_is_refused(kim: CaseDesk) -> None:
    hidden, action = form_of(kim.page(), "/commands/note")
    auditor = CaseDesk(kim.run, kim.complaint, "Case-auditor", "auditor")
    own = [("form", auditor.desk.token()), *(pair for pair in hidden if pair[0] != "form")]
    got = auditor.desk.post(action, [*own, ("text", LONG)])
    assert got.status == 403
    assert LONG not in words(kim.page())


@pytest.mark.parametrize("left_out", ["version", "site"])
def test_a_form_without_what_it_must_bring_is_refused(kim: CaseDesk, left_out: str) -> None:
    hidden, action = form_of(kim.page(), "/commands/note")
    got = kim.desk.post(action, [*(pair for pair in hidden if pair[0] != left_out), ("text", LONG)])
    assert 400 <= got.status < 500
    assert LONG not in words(kim.page())


def test_an_unknown_command_is_not_there(kim: CaseDesk) -> None:
    hidden, action = form_of(kim.page(), "/commands/note")
    assert kim.desk.post(action.replace("/note", "/dance"), hidden).status == 404
