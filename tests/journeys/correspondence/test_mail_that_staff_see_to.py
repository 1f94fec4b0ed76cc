"""Mail that no case took by itself: staff look at it, and it joins a case or becomes a complaint."""

from base64 import encodebytes
from email.parser import BytesParser
from quopri import encodestring
from typing import Any
from uuid import uuid4

import pytest

from tests.attachments.samples import PDF
from tests.attachments.steps import request
from tests.http import Answer
from tests.inbound_mail.hostile_mails import WORDS, mail, multipart, part
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, complain, last_fact, settle
from tests.local_run import LocalRun

DOMAIN = "in.answerable.example"


@pytest.fixture
def kim(local_run: LocalRun) -> Staff:
    return Staff(local_run, "Kim")


def arrives(run: LocalRun, raw: bytes) -> None:
    run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
    settle(run)


def reply_to(complaint: Complaint) -> str:
    return str(complaint.letters()[-1]["headers"]["Reply-To"])


def listed(staff: Staff, subject: str, site: str = "?site=demo") -> dict[str, Any]:
    """The mail with this subject, which no other has."""
    items = staff.call("GET", f"/mail{site}").json["items"]
    return next(dict(item) for item in items if item["subject"] == subject)


def from_another(complaint: Complaint, body: str = WORDS, **headers: str) -> str:
    """A mail to the address of the case from an address that is not the complainant's; its subject."""
    subject = uuid4().hex
    usual = {"From": "Ada <ada@work.example>", "To": reply_to(complaint), "Message_ID": f"<{subject}@x>"}
    arrives(complaint.run, mail(body, Subject=subject, **usual | headers))
    return subject


def with_a_file(**headers: str) -> bytes:
    file = part(PDF.decode(), "application/octet-stream; name=bill.pdf")
    return multipart(part(WORDS), file, **headers)


def stray(run: LocalRun, **headers: str) -> str:
    """A mail to a site that takes none; its subject."""
    subject = uuid4().hex
    usual = {"To": f"demo@{DOMAIN}", "Subject": subject, "Message_ID": f"<{subject}@x>"}
    arrives(run, mail(**usual | headers))
    return subject


def act(staff: Staff, item: dict[str, Any], verb: str, body: object = None, site: str = "?site=demo") -> Any:
    return staff.call("POST", f"/mail/{item['id']}/{verb}{site}", {} if body is None else body)


def test_one_mail_is_read_by_its_name(local_run: LocalRun, kim: Staff) -> None:
    item = listed(kim, from_another(complain(local_run)))
    assert kim.call("GET", f"/mail/{item['id']}?site=demo").json == item
    assert kim.call("GET", f"/mail/{item['id']}?site=demo-tr").status == 404
    for none in ("none", f"{item['id']}.7", item["id"].replace("_", "%23")):
        assert kim.call("GET", f"/mail/{none}?site=demo").status == 404


def test_a_mail_of_another_address_joins_after_a_look(local_run: LocalRun, kim: Staff) -> None:
    """The chain says who let it join, and from where it came."""
    complaint = complain(local_run)
    kim.does(complaint, "ask", {"text": "Which lamp?"})
    got = act(kim, listed(kim, from_another(complaint)), "join")
    assert (got.status, got.json["outcome"], got.json["settled_by"]) == (200, "joined", "Kim")
    case = kim.case(complaint)
    fact = last_fact(case, "MailJoined")
    assert (fact["by"], fact["text"], fact["sender"]) == ("Kim", WORDS, "ada@work.example")
    assert (case["stage"], case["has_news"]) == ("acknowledged", True)
    assert [mail["text"] for mail in complaint.call("GET", "/data").json["joined_mails"]] == [None]
    complaint.say("contact", {"email": "ada@work.example"})
    assert [mail["text"] for mail in complaint.call("GET", "/data").json["joined_mails"]] == [WORDS]
    assert kim.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]


def test_what_somebody_else_wrote_gives_no_access_and_names_no_new_complainant(
    local_run: LocalRun, kim: Staff
) -> None:
    complaint = complain(local_run)
    act(kim, listed(kim, from_another(complaint)), "join")
    assert kim.case(complaint)["complainant"]["email"] == complaint.email
    assert complaint.view()["messages"] == []
    from_another(complaint, "Again.")
    assert complaint.view()["messages"] == []


def test_a_mail_joins_once(local_run: LocalRun, kim: Staff) -> None:
    """Also when the mail service brings it once more."""
    complaint = complain(local_run)
    subject = from_another(complaint)
    item = listed(kim, subject)
    first, again = act(kim, item, "join"), act(kim, item, "join")
    assert first.json == again.json
    facts = [fact["fact"] for fact in kim.case(complaint)["facts"]]
    assert facts.count("MailJoined") == 1
    assert act(kim, item, "join", {"reference": complain(local_run).reference}).status == 409
    assert act(kim, item, "complaint").status == 409


def test_the_files_of_a_mail_join_with_it(local_run: LocalRun, kim: Staff) -> None:
    complaint, subject = complain(local_run), uuid4().hex
    arrives(
        local_run,
        with_a_file(
            To=reply_to(complaint), Subject=subject, Message_ID=f"<{subject}>", From="a@work.example"
        ),
    )
    item = listed(kim, subject)
    assert item["files"] == {"kept": [], "left": ["bill.pdf"]}
    assert act(kim, item, "join").json["files"] == {"kept": ["bill.pdf"], "left": []}
    (file,) = kim.case(complaint)["attachments"]
    assert (file["name"], file["state"]) == ("bill.pdf", "kept")


def test_a_mail_that_names_no_case_joins_the_one_that_staff_name(local_run: LocalRun, kim: Staff) -> None:
    complaint, item = complain(local_run), listed(kim, stray(local_run))
    refused = act(kim, item, "join")
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/reference")
    assert act(kim, item, "join", {"reference": "C-ZZZZZ-ZZZZZ-A"}).status == 404
    assert act(kim, item, "join", {"reference": complaint.reference}).json["reference"] == complaint.reference


def test_a_mail_that_joined_is_blacked_out_with_its_message(local_run: LocalRun, kim: Staff) -> None:
    complaint = complain(local_run)
    subject = from_another(complaint)
    act(kim, listed(kim, subject), "join")
    ruth = Staff(local_run, "Ruth", "reviewer")
    entry = last_fact(kim.case(complaint), "MailJoined")["number"]
    ruth.does(complaint, "redact", {"message": entry, "reason": "It names a neighbour."})
    assert WORDS not in str(kim.case(complaint)["facts"])
    data = kim.call("GET", "/mail?site=demo").json["items"]
    joined = next(item for item in data if item["reference"] == complaint.reference)
    assert WORDS not in str(joined)


def test_a_complaint_is_made_of_a_stray_mail(local_run: LocalRun, kim: Staff) -> None:
    """It was received when the mail came; whoever wrote is acknowledged."""
    email = f"{uuid4().hex}@example.org"
    item = listed(kim, stray(local_run, From=f"Ada <{email}>"))
    told = {"order_number": "4711", "place": "Kadıköy", "taken_elsewhere": "A court"}
    details = told | {"occurred_on": "2026-02-27", "danger_details": "Smoke comes out of it"}
    got = act(kim, item, "complaint", {"category": "delivery.damaged", **details})
    again = act(kim, item, "complaint")
    assert (got.status, again.status, again.json["reference"]) == (201, 201, got.json["reference"])
    case = kim.call("GET", f"/complaints/{got.json['reference']}").json
    assert (case["complainant"]["email"], case["description"], case["channel"]) == (email, WORDS, "email")
    assert {name: case["details"][name] for name in (*details, "danger")} == details | {"danger": True}
    assert (case["category"], case["received_at"]) == ("delivery.damaged", item["received_at"])
    assert next(fact["by"] for fact in case["facts"] if fact["fact"] == "Received") == "Kim"
    settle(local_run)
    assert len(local_run.mails(email)) == 1
    assert listed(kim, item["subject"])["outcome"] == "opened"


@pytest.mark.parametrize(
    ("day", "detail"),
    [
        ("2026-02-30", "Enter a date like 2026-03-04."),
        ("yesterday", "Enter a date like 2026-03-04."),
        ("2999-01-01", "Enter a date that is not in the future."),
    ],
)
def test_a_complaint_is_not_made_of_a_mail_on_a_day_that_cannot_be(
    local_run: LocalRun, kim: Staff, day: str, detail: str
) -> None:
    refused = act(kim, listed(kim, stray(local_run)), "complaint", {"occurred_on": day})
    assert (refused.status, refused.json["errors"]) == (422, [{"pointer": "/occurred_on", "detail": detail}])


def test_where_a_contact_form_wants_answers_is_offered_and_never_taken_by_itself(
    local_run: LocalRun, kim: Staff
) -> None:
    person, form = f"{uuid4().hex}@example.org", f"{uuid4().hex}@forms.example"
    subject = stray(local_run, From=form, Reply_To=f"Ada <{person}>")
    item = listed(kim, subject)
    assert (item["from"]["address"], item["reply_to"]) == (form, person)
    reference = act(kim, item, "complaint", {"email": person}).json["reference"]
    assert kim.call("GET", f"/complaints/{reference}").json["complainant"]["email"] == person
    settle(local_run)
    assert (len(local_run.mails(person)), local_run.mails(form)) == (1, [])


def test_a_complaint_of_a_mail_needs_an_address_and_a_category_that_there_is(
    local_run: LocalRun, kim: Staff
) -> None:
    item = listed(kim, stray(local_run))
    odd = {"email": "nobody", "category": "none", "fields": {"colour": "red"}}
    refused = act(kim, item, "complaint", odd)
    assert refused.status == 422
    pointers = {error["pointer"] for error in refused.json["errors"]}
    assert pointers == {"/category", "/email", "/fields/colour"}


@pytest.fixture
def sam(local_run: LocalRun) -> Staff:
    return Staff(local_run, "Sam", "admin")


def test_a_mail_to_no_site_is_given_to_the_staff_of_one(local_run: LocalRun, kim: Staff, sam: Staff) -> None:
    subject = stray(local_run, To=f"nobody@{DOMAIN}")
    item = listed(sam, subject, "")
    assert act(kim, item, "join", site="").status == 404
    assert act(sam, item, "move", {"site": "nowhere"}, site="").status == 422
    assert act(sam, item, "move", {"site": "demo"}, site="").status == 200
    assert act(sam, item, "move", {"site": "demo-tr"}, site="").status == 409
    assert listed(kim, subject)["text"] == WORDS
    left = next(each for each in sam.call("GET", "/mail").json["items"] if each["id"] == item["id"])
    assert (left["outcome"], WORDS in str(left)) == ("moved", False)
    assert act(kim, listed(kim, subject), "complaint").status == 201


def fetched(staff: Staff, item: dict[str, Any]) -> Answer:
    """The mail as it came, from where it is handed out."""
    got = staff.call("GET", f"/mail/{item['id']}/raw?site=demo")
    assert got.status == 200, got.text
    return request(got.json["url"], "GET")


@pytest.mark.parametrize("encoding", ["7bit", "base64", "quoted-printable"])
def test_the_mail_as_it_came_is_a_download_that_opens_no_case(
    local_run: LocalRun, kim: Staff, encoding: str
) -> None:
    """The complainant's link is masked in it, however the mail program wrote it."""
    complaint = complain(local_run)
    text = f"Still broken.\r\n> {complaint.receipt['status_url']}\r\nAda\r\n".encode()
    written = {"base64": encodebytes, "quoted-printable": encodestring}.get(encoding, bytes)(text)
    body = multipart(part(written.decode(), Content_Transfer_Encoding=encoding), part(WORDS))
    subject = uuid4().hex
    raw = body.replace(b"Re: Your complaint", subject.encode()).replace(b"<1@example.org>", subject.encode())
    arrives(local_run, raw.replace(b"answers@in.example.org", reply_to(complaint).encode()))
    item = listed(kim, subject)
    got = fetched(kim, item)
    assert got.headers["Content-Type"] == "message/rfc822"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    read = BytesParser().parsebytes(got.body)
    (first, second) = [leaf.get_payload(decode=True) for leaf in read.walk() if not leaf.is_multipart()]
    assert complaint.access.encode() not in first
    assert b"/status/" in first
    assert second == WORDS.encode()
    assert (read["Subject"], read["To"]) == (subject, reply_to(complaint))


def test_nobody_fetches_a_mail_that_was_blacked_out(local_run: LocalRun, kim: Staff) -> None:
    complaint = complain(local_run)
    subject = from_another(complaint)
    item = listed(kim, subject)
    act(kim, item, "join")
    entry = last_fact(kim.case(complaint), "MailJoined")["number"]
    removal = {"message": entry, "reason": "It names a neighbour."}
    Staff(local_run, "Ruth", "reviewer").does(complaint, "redact", removal)
    assert kim.call("GET", f"/mail/{item['id']}/raw?site=demo").status == 404


def test_nobody_fetches_a_harmful_mail(local_run: LocalRun, kim: Staff) -> None:
    item = listed(kim, stray(local_run, X_SES_Virus_Verdict="FAIL"))
    assert item["outcome"] == "harmful"
    assert kim.call("GET", f"/mail/{item['id']}/raw?site=demo").status == 404
    assert act(kim, item, "complaint").status == 409


def test_an_auditor_reads_no_mail(local_run: LocalRun, kim: Staff) -> None:
    item = listed(kim, stray(local_run))
    for role in ("auditor", "quality"):
        assert Staff(local_run, "Robin", role).call("GET", f"/mail/{item['id']}?site=demo").status == 403


def test_a_mail_of_a_site_that_is_not_ones_own_is_not_there(local_run: LocalRun, kim: Staff) -> None:
    item = listed(kim, stray(local_run))
    other = Office(local_run).adds("agent", sites=("demo-tr",))
    assert other.call("GET", f"/mail/{item['id']}?site=demo").status == 404
    assert act(other, item, "complaint").status == 404
