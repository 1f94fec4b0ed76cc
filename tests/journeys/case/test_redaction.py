"""Words are blacked out over HTTP: gone from every view, and the record still verifies.

Threat 63.
"""

import uuid
from typing import Any

import pytest

from tests.inbound_mail.hostile_mails import mail
from tests.journeys.steps import FINDING, SCALES, Complaint, Staff, clock, complain, last_fact, settle
from tests.local_run import LocalRun

SECRET = "Zebedee Quux of 4 Mill Lane drove the van."
BY_POST = {"name": "Ada", "email": None, "post": "1 Rain Street"}
REASON = "It names somebody who has no part in it."
GONE = {"en": "This text was removed.", "tr": "Bu metin kaldırıldı."}


@pytest.fixture
def reviewer(local_run: LocalRun) -> Staff:
    return Staff(local_run, "Rana", "reviewer")


def redact(staff: Staff, complaint: Complaint, entry: object) -> dict[str, Any]:
    return staff.does(complaint, "redact", {"message": entry, "reason": REASON})


def page(complaint: Complaint) -> str:
    """The complainant's page, in the language of the complaint."""
    return complaint.run.open_link(f"/status/{complaint.reference}?t={complaint.access}").text


def desk(staff: Staff, complaint: Complaint, what: str = "") -> str:
    got = staff.call("GET", f"/complaints/{complaint.reference}{what}")
    assert got.status == 200
    return got.text


@pytest.mark.parametrize("language", GONE)
@pytest.mark.iso10002("4 confidentiality: redaction")
def test_a_message_is_gone_from_every_view(reviewer: Staff, language: str) -> None:
    complaint = complain(reviewer.run, language=language)
    complaint.say("messages", {"text": SECRET})
    reviewer.does(complaint, "note", {"text": f"Read it: {SECRET}"})
    [message], note = complaint.view()["messages"], last_fact(reviewer.case(complaint), "NoteAdded")
    for number in (message["id"], note["number"]):
        redact(reviewer, complaint, number)
    view = complaint.view()
    assert view["messages"][-1]["text"] == GONE[language]
    assert view["messages"][-1]["redacted"]
    shown = (str(view), page(complaint), desk(reviewer, complaint), desk(reviewer, complaint, "/audit"))
    assert not [text for text in shown if "Quux" in text]
    assert GONE[language] in page(complaint)
    assert REASON not in page(complaint) + str(view)


def test_the_record_says_that_something_was_removed_and_verifies(reviewer: Staff) -> None:
    complaint = complain(reviewer.run)
    complaint.say("messages", {"text": SECRET})
    entry = complaint.view()["messages"][-1]["id"]
    case = redact(reviewer, complaint, entry)
    assert case["redacted"] == [entry]
    audit = reviewer.call("GET", f"/complaints/{complaint.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])
    [changed] = [each for each in audit["entries"] if each["removed"]]
    assert (changed["number"], changed["removed"]) == (entry, ["0.MessageReceived.text"])
    shown = last_fact(reviewer.case(complaint), "Redacted")
    assert (shown["by"], shown["reason"]) == ("Rana", REASON)


def test_of_the_complaint_itself_what_it_says_goes_and_letters_still_find_the_person(
    reviewer: Staff,
) -> None:
    complaint = complain(reviewer.run, subject=SECRET, description=SECRET, remedy_sought=SECRET)
    redact(reviewer, complaint, 1)
    case = reviewer.case(complaint)
    assert (case["subject"], case["description"]) == (None, GONE["en"])
    assert case["complainant"]["email"] == complaint.email
    assert complaint.view()["subject"] is None
    assert "Quux" not in page(complaint) + desk(reviewer, complaint)
    [row] = [row for row in reviewer.queue("open") if row["reference"] == complaint.reference]
    assert row["subject"] is None
    reviewer.does(complaint, "message", {"text": "We look into it."})
    complaint.view()
    assert complaint.letters()[-1]["to"] == complaint.email


def test_a_reply_is_the_same_when_it_is_asked_for_again(reviewer: Staff) -> None:
    complaint = complain(reviewer.run)
    body, key = {"message": 1, "reason": REASON}, str(uuid.uuid4())
    version = reviewer.case(complaint)["version"]
    first = reviewer.tries(complaint, "redact", body, version, Idempotency_Key=key)
    again = reviewer.tries(complaint, "redact", body, version, Idempotency_Key=key)
    assert (first.status, again.status) == (200, 200)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert redact(reviewer, complaint, 1)["version"] == first.json["version"]


@pytest.mark.parametrize("entry", [2, 77, 0, -1, "one", None, 10**20])
def test_a_message_that_is_not_there_is_pointed_at(reviewer: Staff, entry: object) -> None:
    complaint = complain(reviewer.run)
    got = reviewer.tries(complaint, "redact", {"message": entry, "reason": REASON})
    assert got.status == 422
    assert [error["pointer"] for error in got.json["errors"]] == ["/message"]


def test_what_a_letter_is_to_tell_waits_until_it_is_posted(reviewer: Staff) -> None:
    complaint = complain(reviewer.run, complainant=BY_POST)
    case = reviewer.does(complaint, "message", {"text": SECRET})
    entry, letter = reviewer.case(complaint)["messages"][-1]["id"], case["letters_to_post"][-1]
    got = reviewer.tries(complaint, "redact", {"message": entry, "reason": REASON})
    assert (got.status, got.json["rule"]) == (409, "still-needed")
    reviewer.does(complaint, "posted", {"letter": letter, "at": clock(reviewer.run).isoformat()})
    redact(reviewer, complaint, entry)
    printed = desk(reviewer, complaint, f"/letters/{letter}")
    assert "Quux" not in printed
    assert GONE["en"] in printed


def test_what_a_letter_is_to_tell_of_a_point_waits_until_it_is_posted(reviewer: Staff) -> None:
    complaint = complain(reviewer.run, complainant=BY_POST)
    answer = {"point": "1", "outcome": "not_upheld", "reasons": "He did not drive."}
    decision = FINDING | {"outcome": "not_upheld", "reasons": "It was another van."}
    for verb, text in (("assess", SCALES), ("point", {"text": SECRET}), ("answer_point", answer)):
        reviewer.does(complaint, verb, text)
    [point] = [each["number"] for each in reviewer.case(complaint)["facts"] if each["fact"] == "PointRaised"]
    reviewer.does(complaint, "decide", decision)
    letter = reviewer.does(complaint, "respond")["letters_to_post"][-1]
    got = reviewer.tries(complaint, "redact", {"message": point, "reason": REASON})
    assert (got.status, got.json["rule"]) == (409, "still-needed")
    reviewer.does(complaint, "posted", {"letter": letter, "at": clock(reviewer.run).isoformat()})
    redact(reviewer, complaint, point)
    assert "Quux" not in desk(reviewer, complaint, f"/letters/{letter}")


def test_words_of_a_part_are_gone_from_the_timeline_of_the_whole(reviewer: Staff) -> None:
    whole = complain(reviewer.run)
    part = complain(reviewer.run, complainant={"name": "Ada Yılmaz", "email": whole.email})
    part.say("messages", {"text": SECRET})
    entry = part.view()["messages"][-1]["id"]
    reviewer.does(part, "merge", {"into": whole.reference, "reason": "The same parcel."})
    assert "Quux" in desk(reviewer, whole)
    redact(reviewer, part, entry)
    assert "Quux" not in desk(reviewer, whole) + str(whole.view()) + page(whole)
    [message] = [each for each in whole.view()["messages"] if each.get("of") == part.reference]
    assert (message["text"], message["redacted"]) == (GONE["en"], True)


def answered_by_mail(run: LocalRun) -> tuple[Complaint, int]:
    """A complaint whose complainant wrote back, and the entry with the message."""
    complaint = complain(run)
    headers = {"From": complaint.email, "To": complaint.letters()[-1]["headers"]["Reply-To"]}
    raw = mail(SECRET, Message_ID=f"<{uuid.uuid4()}@example.org>", **headers)
    assert run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822").status < 300
    settle(run)
    [message] = complaint.view()["messages"]
    assert message["text"] == SECRET
    return complaint, int(message["id"])


def in_the_bucket(run: LocalRun) -> list[bytes]:
    """The mails as they came that hold the secret."""
    found = [path.read_bytes() for path in run.data.rglob("inbound/*") if path.is_file()]
    return [raw for raw in found if b"Quux" in raw]


def test_of_a_message_that_came_by_mail_nothing_is_kept_elsewhere(reviewer: Staff) -> None:
    complaint, entry = answered_by_mail(reviewer.run)
    assert in_the_bucket(reviewer.run)
    redact(reviewer, complaint, entry)
    assert in_the_bucket(reviewer.run) == []
    listed = reviewer.call("GET", "/mail?site=demo")
    assert "Quux" not in listed.text
    [data] = [each for each in listed.json["items"] if each["reference"] == complaint.reference]
    assert (data["text"], data["from"]["address"]) == (GONE["en"], complaint.email)


def test_a_mail_that_came_to_two_cases_stays_as_it_came_until_the_second_needs_it_no_more(
    reviewer: Staff,
) -> None:
    run = reviewer.run
    one = complain(run)
    other = complain(run, complainant={"name": "Ada Yılmaz", "email": one.email})
    replies = [
        next(
            each["headers"]["Reply-To"] for each in reversed(run.mails(one.email)) if name in each["subject"]
        )
        for name in (one.reference, other.reference)
    ]
    headers = {"From": one.email, "To": ", ".join(replies)}
    raw = mail(SECRET, Message_ID=f"<{uuid.uuid4()}@example.org>", **headers)
    assert run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822").status < 300
    settle(run)
    left = []
    for complaint in (one, other):
        [message] = complaint.view()["messages"]
        redact(reviewer, complaint, int(message["id"]))
        left.append(len(in_the_bucket(run)))
    assert left == [1, 0]


def test_a_stale_redaction_leaves_the_mail_as_it_came(reviewer: Staff) -> None:
    complaint, entry = answered_by_mail(reviewer.run)
    got = reviewer.tries(complaint, "redact", {"message": entry, "reason": REASON}, version=1)
    assert got.status == 412
    assert len(in_the_bucket(reviewer.run)) == 1
    redact(reviewer, complaint, entry)
