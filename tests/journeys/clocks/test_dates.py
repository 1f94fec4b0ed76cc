"""Later dates, silence and remedies: what time does to a complaint, told over HTTP."""

from datetime import timedelta

import pytest

from tests.journeys.steps import Complaint, Staff, clock, complain, go_to, moment
from tests.local_run import LocalRun

A_SECOND, A_DAY = timedelta(seconds=1), timedelta(days=1)
MORE_TIME = {"clock": "respond", "reason": "We wait for the courier's pictures."}
REFUND = {"kind": "refund", "amount": "49.90", "currency": "EUR"}
in_each_language = pytest.mark.parametrize("language", ["en", "tr"], ids=["English", "Turkish"])


@pytest.fixture
def deniz(moving_run: LocalRun) -> Staff:
    return Staff(moving_run, role="reviewer")


def answered(deniz: Staff, *remedies: dict[str, str], language: str = "en") -> Complaint:
    """A complaint whose decision is told, and not answered yet."""
    complaint = complain(deniz.run, language=language)
    deniz.does(complaint, "assign", {"to": "Deniz"})
    deniz.decides(complaint, *remedies)
    deniz.does(complaint, "respond")
    complaint.view()
    return complaint


def texts(complaint: Complaint) -> list[str]:
    return [str(letter["text"]) for letter in complaint.letters()]


@in_each_language
def test_more_time_that_is_told_before_the_date_moves_it(deniz: Staff, language: str) -> None:
    complaint = complain(deniz.run, language=language)
    before = moment(complaint.promise()["due"])
    asked = deniz.does(complaint, "extend", MORE_TIME)
    assert [each["extended"] for each in asked["clocks"] if each["clock"] == "respond"] == [False]
    promise = complaint.promise()
    assert moment(promise["due"]) > before
    assert (
        promise["why"]
        == {
            "en": "30 calendar days, and 15 calendar days more",
            "tr": "30 takvim günü ve 15 takvim günü ek süre",
        }[language]
    )
    notice = complaint.letters()[-1]
    assert {"en": "We need more time", "tr": "Daha fazla zamana ihtiyacımız var"}[language] in notice["text"]
    assert MORE_TIME["reason"] in notice["text"]
    assert deniz.tries(complaint, "extend", MORE_TIME).status == 409


@in_each_language
def test_more_time_after_the_date_is_refused(deniz: Staff, language: str) -> None:
    complaint = complain(deniz.run, language=language)
    due = moment(complaint.promise()["due"])
    go_to(deniz.run, due + A_SECOND)
    late = deniz.tries(complaint, "extend", MORE_TIME)
    assert (late.status, "extend" in late.json["allowed_commands"]) == (409, False)
    promise = complaint.promise()
    assert moment(promise["due"]) == due
    assert promise["why"] == {"en": "30 calendar days", "tr": "30 takvim günü"}[language]
    assert len(complaint.letters()) == 1


def test_an_agent_gives_no_more_time_where_the_site_does_not_let_agents(deniz: Staff) -> None:
    assert Staff(deniz.run, "Kim").tries(complain(deniz.run), "extend", MORE_TIME).status == 403


@in_each_language
def test_silence_is_reminded_of_then_closes_and_a_late_answer_reopens(deniz: Staff, language: str) -> None:
    complaint = answered(deniz, language=language)
    go_to(deniz.run, clock(deniz.run) + 29 * A_DAY)
    assert complaint.view()["stage"] == "responded"
    reminder = {"en": "We are waiting for your answer", "tr": "Yanıtınızı bekliyoruz"}[language]
    assert len([text for text in texts(complaint) if reminder in text]) == 1
    go_to(deniz.run, clock(deniz.run) + 3 * A_DAY)
    case = deniz.case(complaint)
    assert (case["stage"], case["ended_because"]) == ("closed", "no_answer")
    assert "answer" in {step["action"] for step in complaint.view()["next_steps"]}
    view = complaint.say("answer", {"accepts": False, "reason": "I was away."})
    assert (view["stage"], view["level"]) == ("assessed", 2)
    assert view["decision"]["outcome"] == "upheld"


@in_each_language
@pytest.mark.iso10002("7.9 closing: remedies")
def test_an_overdue_remedy_of_a_closed_case_climbs_until_it_is_done(deniz: Staff, language: str) -> None:
    complaint = answered(deniz, REFUND, language=language)
    view = complaint.say("answer", {"accepts": True})
    assert view["stage"] == "closed"
    due = moment(complaint.promise("remedy")["due"])
    assert complaint.reference in {row["reference"] for row in deniz.queue("closed")}
    assert complaint.reference in {row["reference"] for row in deniz.queue("mine")}
    go_to(deniz.run, due + 7 * A_DAY)
    found = [mail["to"] for mail in deniz.run.mails() if complaint.reference in mail["subject"]]
    assert found[-3:] == ["deniz@staff.example", "team@demo.example", "manager@demo.example"]
    row = next(row for row in deniz.queue("overdue") if row["reference"] == complaint.reference)
    assert (row["stage"], row["clock"]) == ("closed", "remedy")
    day = clock(deniz.run).date().isoformat()
    done = deniz.does(complaint, "remedied", {"remedy": "refund", "done_on": day})
    assert (done["due"], "remedied" in done["allowed_commands"]) == (None, False)
    assert complaint.view()["decision"]["remedies_done"] == ["refund"]
    assert complaint.reference not in {row["reference"] for row in deniz.queue("overdue")}
    assert complaint.reference in {row["reference"] for row in deniz.queue("closed")}


def test_a_second_look_keeps_what_was_answered_and_promises_anew(deniz: Staff) -> None:
    complaint = answered(deniz)
    complaint.say("answer", {"accepts": True})
    before = deniz.case(complaint)
    again = deniz.does(complaint, "reopen", {"reason": "New pictures came."})
    assert (again["stage"], again["responded_at"]) == ("assessed", before["responded_at"])
    assert complaint.view()["decision"]["reasons"] == "You are right."
    runs = [each for each in again["clocks"] if each["clock"] == "respond"]
    assert [each["in_time"] for each in runs] == [True, None]
    assert Staff(deniz.run, "Kim").tries(complaint, "reopen", {"reason": "x"}).status == 403
