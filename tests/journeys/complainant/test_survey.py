"""After the end one survey asks about the handling: by mail, without an account, and only once."""

import uuid
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.steps import FINDING, SCALES, Complaint, Staff, clock, complain, facts_in, go_to, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in

ANSWERS = {"easy": 5, "respect": 4, "understood": 2, "time": 1, "outcome": 3, "text": "Three zebra calls."}
LONG = timedelta(days=14)
"""In any two weeks there are two business days, whatever holidays they hold."""
TITLE = {"en": "How was it to make a complaint to us?", "tr": "Bize şikâyette bulunmak nasıl bir deneyimdi?"}


def closed(run: LocalRun, language: str = "en", outcome: str = "upheld") -> Complaint:
    """Decided, told, and accepted."""
    complaint, deniz = complain(run, language=language), Staff(run)
    deniz.does(complaint, "assess", SCALES)
    deniz.does(complaint, "find", FINDING)
    deniz.answers(complaint, outcome=outcome)
    complaint.say("answer", {"accepts": True})
    return complaint


def surveys(complaint: Complaint) -> list[dict[str, str]]:
    """The invitations that the person got."""
    return [mail for mail in complaint.letters() if any(title in mail["text"] for title in TITLE.values())]


def asked(run: LocalRun, language: str = "en") -> Complaint:
    """Closed two weeks ago, and asked since."""
    complaint = closed(run, language)
    go_to(run, clock(run) + LONG)
    assert len(surveys(complaint)) == 1
    return complaint


def answer(complaint: Complaint, body: object = ANSWERS, what: str = "/survey", **headers: str) -> Answer:
    return complaint.call("POST", what, body, **headers)


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.iso10002("4 customer-focused: survey", "8.3 satisfaction with the process: asked")
def test_the_survey_is_asked_once_after_closing(moving_run: LocalRun, language: str) -> None:
    complaint = closed(moving_run, language, "not_upheld")
    assert answer(complaint).status == 409
    assert surveys(complaint) == []
    go_to(moving_run, clock(moving_run) + LONG)
    (mail,) = surveys(complaint)
    assert TITLE[language] in mail["text"]
    assert f"/status/{complaint.reference}?t=" in mail["text"]
    assert {"survey", "decline_survey"} <= {step["action"] for step in complaint.view()["next_steps"]}
    assert moving_run.open_link(complaint.receipt["status_url"].removeprefix(moving_run.url)).status == 200
    assert Staff(moving_run).case(complaint)["survey"]["answered_at"] is None
    assert answer(complaint).status == 200
    reviewer = Staff(moving_run, "Robin", "reviewer")
    reviewer.does(complaint, "reopen", {"reason": "She rang again."})
    reviewer.answers(complaint)
    complaint.say("answer", {"accepts": True})
    go_to(moving_run, clock(moving_run) + LONG)
    assert len(surveys(complaint)) == 1


def test_it_is_answered_once_and_a_repeated_call_is_the_same_answer(moving_run: LocalRun) -> None:
    complaint, key = asked(moving_run), str(uuid.uuid4())
    first, again = (answer(complaint, Idempotency_Key=key) for _ in range(2))
    assert (first.status, again.status, again.headers["Idempotent-Replayed"]) == (200, 200, "true")
    refused = answer(complaint, ANSWERS | {"easy": 1})
    assert (refused.status, refused.json["type"]) == (409, "/problems/not-now")
    assert "survey" not in refused.json["allowed_commands"]


def test_five_answers_are_in_the_report_once_their_month_has_ended_and_no_text(moving_run: LocalRun) -> None:
    complaints = [closed(moving_run) for _ in range(5)]
    go_to(moving_run, clock(moving_run) + LONG)
    first = clock(moving_run).date().replace(day=1)
    for complaint in complaints:
        assert answer(complaint).status == 200
    settle(moving_run)
    quality = Staff(moving_run, "Quinn", "quality")
    period = f"from={first - timedelta(days=40)}&to={first + timedelta(days=70)}&site=demo"
    running = quality.call("GET", f"/reports/survey?{period}")
    go_to(moving_run, clock(moving_run) + timedelta(days=31))
    ended = quality.call("GET", f"/reports/survey?{period}")
    counts = [_counts(found.json["figures"]) for found in (running, ended)]
    grown = counts[1] - counts[0]
    assert grown["understood", "2"] >= 5
    assert {figure["of"] for figure in ended.json["figures"] if figure["figure"] == "easy"} - {None}
    assert "zebra" not in ended.text


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.iso10002("8.3 satisfaction with the process: words")
def test_free_words_are_read_after_a_look_and_beside_no_case_and_nobody(
    moving_run: LocalRun, language: str
) -> None:
    word = uuid.uuid4().hex
    complaints = [closed(moving_run, language) for _ in range(5)]
    go_to(moving_run, clock(moving_run) + LONG)
    first = clock(moving_run).date().replace(day=1)
    for complaint in complaints:
        assert answer(complaint, ANSWERS | {"text": f"Mr {word} was kind."}).status == 200
    quality = Staff(moving_run, "Quinn", "quality")
    where = f"/survey-texts?from={first}&to={first + timedelta(days=70)}&site=demo"
    assert not _of(quality, where, word)
    go_to(moving_run, clock(moving_run) + timedelta(days=31))
    waiting = _of(quality, where, word)
    assert [each["state"] for each in waiting] == ["waiting"] * 5
    seen = quality.call("GET", where).text
    assert not [each for each in complaints if each.reference in seen or each.email in seen]
    assert "Deniz" not in seen
    path, _, query = where.partition("?")
    shown, withheld = (each["id"] for each in waiting[:2])
    changed = quality.call("POST", f"{path}/{shown}?{query}", {"text": f"Ms {word} was kind."})
    assert (changed.status, changed.json["errors"][0]["pointer"]) == (422, "/text")
    desk, page = signed_in(moving_run, "Quinn", "quality"), f"/desk{where}&lang={language}"
    assert MAY_BE_READ[language] in desk.get(page).text
    fields = [("form", desk.token()), ("id", shown), ("do", "shown")]
    wrong = desk.post(page, [*fields, ("text", f"Ms {word} was kind.")])
    assert (wrong.status, wrong.text.count('aria-invalid="true"')) == (422, 1)
    assert desk.post(page, [*fields, ("text", "[…] was kind.")]).status == 303
    assert "[…] was kind." in desk.get(page).text
    assert quality.call("POST", f"{path}/{withheld}?{query}", {}).status == 200
    assert len(_of(quality, where, word)) == 3
    states = Counter(each["state"] for each in quality.call("GET", where).json["items"])
    assert states["shown"] >= 1
    assert states["withheld"] >= 1
    reviewer = Staff(moving_run, "Robin", "reviewer")
    assert not [each for each in complaints if "SurveyTextCleared" in str(reviewer.case(each)["facts"])]
    audits = [reviewer.call("GET", f"/complaints/{each.reference}/audit").json for each in complaints]
    entries = [fact for audit in audits for fact in facts_in(audit)]
    looks = [fact for fact in entries if fact["fact"] == "SurveyTextCleared"]
    assert [(look["by"]["id"], "text" in look) for look in looks] == [("Quinn", False)] * 2


MAY_BE_READ = {"en": "May be read", "tr": "Okunabilenler"}


def _of(staff: Staff, where: str, word: str) -> list[dict[str, Any]]:
    """The texts that have a word: a run is shared, and others answer surveys, too."""
    got = staff.call("GET", where)
    assert got.status == 200, got.text
    return [each for each in got.json["items"] if word in each["text"]]


def _counts(figures: list[dict[str, Any]]) -> Counter[tuple[str, str | None]]:
    return Counter({(figure["figure"], figure["value"]): figure["count"] for figure in figures})


def test_what_is_wrong_in_an_answer_is_named_all_at_once(moving_run: LocalRun) -> None:
    got = answer(asked(moving_run), {"easy": 0, "respect": "5", "understood": 6, "text": "x" * 2_001})
    assert got.status == 422
    assert [error["pointer"] for error in got.json["errors"]] == [
        "/easy", "/respect", "/text", "/time", "/understood",
    ]  # fmt: skip


def test_who_does_not_want_to_be_asked_says_so_once(moving_run: LocalRun) -> None:
    complaint = asked(moving_run)
    assert answer(complaint, {}, "/survey/decline").status == 200
    assert answer(complaint).status == 409
    assert Staff(moving_run).case(complaint)["survey"]["declined_at"] is not None


def test_after_thirty_days_nobody_waits_for_an_answer(moving_run: LocalRun) -> None:
    complaint = asked(moving_run)
    go_to(moving_run, clock(moving_run) + timedelta(days=31))
    assert answer(complaint).status == 409
    assert [step["action"] for step in complaint.view()["next_steps"]] == ["add"]


@pytest.mark.parametrize("role", ["agent", "reviewer", "auditor"])
@pytest.mark.iso10002("8.3 satisfaction with the process: unnamed")
def test_staff_see_that_it_was_answered_and_never_what(moving_run: LocalRun, role: str) -> None:
    complaint = asked(moving_run)
    assert answer(complaint).status == 200
    reader = Staff(moving_run, f"Reader-{role}", role)
    path = f"/complaints/{complaint.reference}"
    case, audit = reader.call("GET", path).json, reader.call("GET", f"{path}/audit").json
    for text in (case["facts"], facts_in(audit)):
        (answered,) = [fact for fact in text if fact["fact"] == "SurveyAnswered"]
        assert not answered.keys() & ANSWERS.keys()
    assert audit["verifies"] is True
    assert case["survey"]["answered_at"]


def test_a_case_without_a_mail_address_ends_and_nobody_is_told_of_a_survey(moving_run: LocalRun) -> None:
    deniz = Staff(moving_run)
    complaint = complain(moving_run, complainant={"name": "Ada", "phone": "+90 212 000 00 00"})
    deniz.decides(complaint)
    deniz.does(complaint, "respond", {"by": "telephone", "at": clock(moving_run).isoformat()})
    complaint.say("answer", {"accepts": True})
    known = len(moving_run.mails())
    go_to(moving_run, clock(moving_run) + LONG)
    case = deniz.case(complaint)
    assert (case["survey"], [each for each in case["clocks"] if each["clock"] == "survey"]) == (None, [])
    mails = [mail for mail in moving_run.mails()[known:] if complaint.reference in mail["subject"]]
    assert {mail["tags"]["kind"] for mail in mails} <= {"task"}, "staff are reminded of calls alone"
