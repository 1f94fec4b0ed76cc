"""Mail that comes in: an answer to a letter joins its case, and nothing that is sent to us is lost."""

import base64
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.attachments.samples import PDF, PNG
from tests.http import Answer
from tests.inbound_mail.hostile_mails import OF_MACHINES, PHOTO, WORDS, mail, multipart, part
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, complain, new_word, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in

DOMAIN = "in.answerable.example"
PICTURE = base64.b64encode(PNG).decode()


@pytest.fixture
def kim(local_run: LocalRun) -> Staff:
    return Staff(local_run, "Kim")


def send(run: LocalRun, raw: bytes) -> Answer:
    got = run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
    settle(run)
    return got


def mails_back(run: LocalRun, *raw: bytes) -> int:
    """How many mails went to the addresses that stand in these mails."""
    named = {each.decode() for sent in raw for each in re.findall(rb"[\w.+-]+@[\w.-]+", sent)}
    return sum(mail["to"] in named for mail in run.mails())


def reply_to(complaint: Complaint) -> str:
    return str(complaint.letters()[-1]["headers"]["Reply-To"])


def answer(complaint: Complaint, body: str = WORDS, **headers: str | None) -> bytes:
    """What the complainant's mail program makes of an answer to the last letter."""
    usual: dict[str, str | None] = {
        "From": f"Ada <{complaint.email}>",
        "To": reply_to(complaint),
        "Message-ID": f"<{uuid4()}@example.org>",
    }
    context = {name.replace("_", "-"): value for name, value in headers.items()}
    return mail(body, **usual | context)


def received(staff: Staff, complaint: Complaint) -> dict[str, Any]:
    """The mail to the address of the case, as the desk sees it: each time the same that it came."""
    items = staff.call("GET", "/mail?site=demo").json["items"]
    first, *again = [dict(item) for item in items if item["reference"] == complaint.reference]
    when = ("id", "received_at")
    assert all(first | {name: mail[name] for name in when} == mail for mail in again)
    return first


def messages(complaint: Complaint) -> list[str]:
    return [message["text"] for message in complaint.view()["messages"]]


def test_a_reply_to_the_acknowledgement_is_a_message(local_run: LocalRun, kim: Staff) -> None:
    complaint = complain(local_run)
    quotation = quoted(complaint.letters()[-1]["text"])
    send(local_run, answer(complaint, f"{WORDS}\n\n{quotation}"))
    assert messages(complaint) == [WORDS]
    assert kim.case(complaint)["has_news"]
    assert received(kim, complaint)["quoted"].startswith("> ##-")


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))


def shown(local_run: LocalRun, complaint: Complaint) -> tuple[str, str]:
    """The page of the case, and the complainant's, without the box to write in."""
    case = signed_in(local_run).get(f"/desk/cases/{complaint.reference}").text
    return case, local_run.open_link(f"/status/{complaint.reference}?t={complaint.access}").text


@pytest.mark.parametrize(
    "above", ["Op 28-11-2026 om 03:30 schreef Demo Shop:", "Hello,", "Demo Shop writes:"]
)
def test_an_answer_below_the_quotation_is_on_both_pages(local_run: LocalRun, kim: Staff, above: str) -> None:
    """C-N3EJH-MSXD3-H, C-XY3SN-TN8KN-3."""
    complaint, word = complain(local_run), new_word()
    send(
        local_run, answer(complaint, f"{above}\n\n{quoted(complaint.letters()[-1]['text'])}\n\nIt is {word}.")
    )
    assert received(kim, complaint)["outcome"] == "joined"
    assert messages(complaint)[0].split("\n")[-1] == f"It is {word}."
    for page in shown(local_run, complaint):
        assert f"It is {word}." in page


def test_what_else_is_quoted_is_folded_on_both_pages(local_run: LocalRun) -> None:
    complaint, word = complain(local_run), new_word()
    other = quoted(f"Dear Ada,\n\nthe lamp\nis {word}.")
    send(local_run, answer(complaint, f"The lamps:\n\n{other}\n\nI disagree."))
    assert messages(complaint) == [f"The lamps:\n\n{other}\n\nI disagree."]
    for page in shown(local_run, complaint):
        folded = page[page.index("The lamps:") : page.index("I disagree.")]
        assert folded.index("<details>") < folded.index(word) < folded.index("</details>")


@pytest.mark.parametrize("is_changed", [False, True])
def test_our_letter_without_marks_is_known_by_its_words(local_run: LocalRun, is_changed: bool) -> None:
    """As Outlook quotes it; an answer written into it stays, with all around it."""
    complaint, word = complain(local_run), new_word()
    letter = complaint.letters()[-1]
    above, rule, footer = letter["text"].rpartition("--------")
    text = f"{above}It is {word}.\n{rule}{footer}" if is_changed else letter["text"]
    references = f"{letter['headers']['References']} <0100@ses.example>"
    send(local_run, answer(complaint, f"Hello,\n\n{text}", References=references))
    [said] = messages(complaint)
    assert (said == "Hello,") != is_changed
    for page in shown(local_run, complaint):
        assert (f"It is {word}." in page) == is_changed


def test_our_letters_answer_the_mails_of_the_complainant(local_run: LocalRun, kim: Staff) -> None:
    """Mail programs then keep both in one thread; a message on the page changes nothing of that."""
    complaint = complain(local_run)
    assert "In-Reply-To" not in complaint.letters()[-1]["headers"]
    for number in (1, 2):
        send(
            local_run,
            answer(complaint, f"No. {number}", Message_ID=f"<{number}.{complaint.reference}@x.example>"),
        )
    complaint.say("messages", {"text": "By the page."})
    kim.does(complaint, "message", {"text": "We look into it."})
    first, last = complaint.letters()[0], complaint.letters()[-1]
    assert last["headers"]["In-Reply-To"] == f"<2.{complaint.reference}@x.example>"
    assert last["headers"]["References"].split()[-1] == last["headers"]["In-Reply-To"]
    assert first["subject"] == last["subject"]


def test_the_acknowledgement_of_a_mail_answers_it(local_run: LocalRun, postal: str) -> None:
    id, sender = f"<{uuid4()}@x.example>", f"{uuid4().hex}@example.org"
    send(local_run, mail(To=postal, Message_ID=id, From=sender))
    (letter,) = local_run.mails(sender)
    assert letter["headers"]["In-Reply-To"] == id
    assert letter["headers"]["References"].split()[2:] == [id]


def test_a_reply_ends_the_wait_for_the_complainant(local_run: LocalRun, kim: Staff) -> None:
    complaint = complain(local_run)
    kim.does(complaint, "ask", {"text": "Which lamp?"})
    send(local_run, answer(complaint))
    assert complaint.view()["stage"] == "acknowledged"


def test_one_mail_is_taken_once(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    raw = answer(complaint)
    send(local_run, raw)
    send(local_run, raw)
    assert messages(complaint) == [WORDS]


def test_one_mail_to_two_cases_is_taken_into_each(local_run: LocalRun) -> None:
    """A mail program may send it twice, under one id."""
    both = [complain(local_run) for _ in range(2)]
    for complaint in both:
        send(local_run, answer(complaint, From=complaint.email, Message_ID="<both@example.org>"))
    assert [messages(complaint) for complaint in both] == [[WORDS], [WORDS]]


def of_one_person(run: LocalRun) -> list[tuple[Complaint, str]]:
    """Two complaints of one person, each with the address that answers to it go to."""
    email = f"{uuid4().hex}@example.org"
    return [
        (complaint, reply_to(complaint))
        for complaint in (complain(run, complainant={"email": email}) for _ in range(2))
    ]


def test_one_mail_that_names_two_cases_joins_each_once(local_run: LocalRun, kim: Staff) -> None:
    """By one envelope, also when it is delivered again; the address of the site beside them opens nothing."""
    (one, at_one), (other, at_other) = of_one_person(local_run)
    to, email = f"demo@{DOMAIN}, {at_one}, {at_other}, {at_one}", one.email
    picture = part(PICTURE, "image/png; name=lamp.png", Content_Transfer_Encoding="base64")
    raw = multipart(part(WORDS), picture, From=email, To=to, Message_ID=f"<{uuid4()}@example.org>")
    for _ in range(2):
        send(local_run, raw)
    for complaint in (one, other):
        assert messages(complaint) == [WORDS]
        assert [file["state"] for file in complaint.view()["attachments"]] == ["kept"]
        stored = received(kim, complaint)
        assert (stored["outcome"], stored["files"]["kept"]) == ("joined", ["lamp.png"])


def test_one_mail_joins_only_the_case_that_its_sender_complained_in(local_run: LocalRun, kim: Staff) -> None:
    own, another_s = complain(local_run), complain(local_run)
    send(local_run, answer(own, To=f"{reply_to(another_s)}, {reply_to(own)}"))
    assert (messages(own), messages(another_s)) == ([WORDS], [])
    assert received(kim, another_s)["outcome"] == "from_another"


def test_a_mail_to_both_parts_of_one_case_is_one_message(local_run: LocalRun) -> None:
    (one, at_one), (other, at_other) = of_one_person(local_run)
    Staff(local_run).does(other, "merge", {"into": one.reference, "reason": "The same lamp."})
    send(local_run, answer(one, To=f"{at_one}, {at_other}"))
    assert messages(one) == [WORDS]


def test_words_under_an_id_that_was_used_are_not_lost(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    for text in ("One.", "Two."):
        send(local_run, answer(complaint, text, Message_ID="<always@example.org>"))
    assert messages(complaint) == ["One.", "Two."]


def test_what_is_sent_to_a_withdrawn_case_is_kept_for_staff(local_run: LocalRun, kim: Staff) -> None:
    complaint = complain(local_run)
    raw = answer(complaint)
    complaint.say("withdrawal", {})
    send(local_run, raw)
    assert messages(complaint) == []
    assert (received(kim, complaint)["outcome"], received(kim, complaint)["text"]) == ("not_taken", WORDS)


def test_a_long_mail_is_cut_and_says_so(local_run: LocalRun, kim: Staff) -> None:
    complaint = complain(local_run)
    send(local_run, answer(complaint, "The lamp. " * 5_000))
    assert [len(text) for text in messages(complaint)] == [20_000]
    assert received(kim, complaint)["cut"]


def test_a_strange_sender_changes_nothing(local_run: LocalRun, kim: Staff) -> None:
    """What somebody else writes to the address of a case is kept and flagged."""
    complaint = complain(local_run)
    before = kim.case(complaint)["version"]
    send(local_run, answer(complaint, From="mallory@example.org"))
    assert kim.case(complaint)["version"] == before
    assert (received(kim, complaint)["outcome"], received(kim, complaint)["reference"]) == (
        "from_another",
        complaint.reference,
    )
    assert received(kim, complaint)["text"] == WORDS


def test_mail_html_does_not_run_in_the_desk(local_run: LocalRun, kim: Staff) -> None:
    """It is text at the desk, whose answers are no pages, and text on the complainant's page."""
    complaint = complain(local_run)
    html = "<p>&lt;script&gt;x()&lt;/script&gt;</p><script>y()</script><img src=z onerror=z()>"
    send(local_run, answer(complaint, html, Content_Type="text/html"))
    assert messages(complaint) == [received(kim, complaint)["text"]] == ["<script>x()</script>"]
    desk = kim.call("GET", "/mail?site=demo")
    assert desk.headers["Content-Type"].startswith("application/json")
    assert desk.headers["X-Content-Type-Options"] == "nosniff"
    page = local_run.open_link(f"/status/{complaint.reference}?t={complaint.access}").text
    assert "&lt;script&gt;x()" in page
    assert "<script>x()" not in page


def test_a_forged_sender_changes_nothing(local_run: LocalRun, kim: Staff) -> None:
    complaint = complain(local_run)
    send(local_run, answer(complaint, X_SES_DMARC_Verdict="FAIL"))
    assert messages(complaint) == []
    assert received(kim, complaint)["outcome"] == "forged"


def test_a_sender_whom_nobody_vouches_for_waits_for_staff(local_run: LocalRun, kim: Staff) -> None:
    complaint = complain(local_run)
    unknown = {f"X_SES_{name}_Verdict": "GRAY" for name in ("SPF", "DKIM", "DMARC")}
    send(local_run, answer(complaint, **unknown))
    assert messages(complaint) == []
    stored = received(kim, complaint)
    assert (stored["outcome"], stored["text"]) == ("unverified", WORDS)


def test_an_answer_below_the_quotation_is_the_message(local_run: LocalRun, kim: Staff) -> None:
    """The desk has the whole text too, in its order, and in none of it the secret of the complainant."""
    complaint = complain(local_run)
    link = f"{local_run.url}/status/{complaint.reference}?t={complaint.access}"
    body = f"> ##- Please write above\n> Dear Ada,\n> {link}\n\n{WORDS}"
    send(local_run, answer(complaint, body))
    assert messages(complaint) == [WORDS]
    stored = received(kim, complaint)
    assert stored["full_text"] == body.replace(complaint.access, "***")
    assert complaint.access not in str(stored)


def test_a_reply_never_joins_another_case(local_run: LocalRun) -> None:
    """The signature is that of one case."""
    one, other = complain(local_run), complain(local_run)
    name = other.reference.removeprefix("C-").replace("-", "").lower()
    signed = reply_to(one).partition(".")[2]
    send(local_run, answer(other, To=f"answer+{name}.{signed}"))
    assert messages(one) == messages(other) == []


def test_a_reference_in_a_subject_opens_nothing(local_run: LocalRun) -> None:
    """Threat 31."""
    complaint = complain(local_run)
    send(local_run, answer(complaint, To=f"demo@{DOMAIN}", Subject=f"Re: {complaint.reference}"))
    assert messages(complaint) == []


@pytest.mark.parametrize("name", OF_MACHINES)
def test_machine_mail_is_never_answered(local_run: LocalRun, kim: Staff, name: str) -> None:
    complaint = complain(local_run)
    kind, raw = OF_MACHINES[name]
    mails = mails_back(local_run, raw)
    send(local_run, raw.replace(b"answers@in.example.org", reply_to(complaint).encode()))
    assert (messages(complaint), mails_back(local_run, raw)) == ([], mails)
    assert len(complaint.letters()) == 1
    assert (received(kim, complaint)["outcome"], received(kim, complaint)["reason"]) == ("automatic", kind)


def test_two_robots_do_not_talk_for_ever(local_run: LocalRun) -> None:
    """A robot that answers each of our letters gets one, and no other on account of its answers."""
    complaint = complain(local_run)
    for _ in range(5):
        send(local_run, answer(complaint, "I am away.", Auto_Submitted="auto-replied"))
        assert len(complaint.letters()) == 1


@pytest.fixture
def postal(local_run: LocalRun) -> Iterator[str]:
    """The address of a site that takes complaints by mail for now."""
    for takes_mail in (True, False):
        Office(local_run).does("site", "demo-tr", {"takes_mail": takes_mail})
        if takes_mail:
            yield f"demo-tr@{DOMAIN}"


def test_s30_a_machine_that_writes_to_a_site_opens_no_case_and_gets_no_letter(
    local_run: LocalRun, postal: str
) -> None:
    """Else two robots would acknowledge each other's acknowledgements."""
    sent = [raw for _, raw in OF_MACHINES.values()]
    mails = mails_back(local_run, *sent)
    for raw in sent:
        send(local_run, raw.replace(b"answers@in.example.org", postal.encode()))
    assert mails_back(local_run, *sent) == mails


def test_our_own_mail_coming_back_is_dropped(local_run: LocalRun, kim: Staff) -> None:
    complaint = complain(local_run)
    send(local_run, answer(complaint, From="complaints@answerable.example"))
    assert messages(complaint) == []
    assert received(kim, complaint)["reason"] == "own"


def test_files_of_a_mail_come_by_the_door_of_uploads(local_run: LocalRun, kim: Staff) -> None:
    """A photograph that is none is refused, whatever it calls itself."""
    complaint = complain(local_run)
    picture = part(PICTURE, "image/png; name=lamp.png", Content_Transfer_Encoding="base64")
    program = part("TVqQ", "application/x-msdownload; name=lamp.exe", Content_Transfer_Encoding="base64")
    raw = multipart(part(WORDS), picture, PHOTO, program)
    raw = raw.replace(b"ada@example.org", complaint.email.encode())
    send(local_run, raw.replace(b"answers@in.example.org", reply_to(complaint).encode()))
    files = received(kim, complaint)["files"]
    assert files == {"kept": ["lamp.png"], "left": ["../../lamp.jpg", "lamp.exe"]}
    assert [file["name"] for file in complaint.view()["attachments"] if file["state"] == "kept"] == [
        "lamp.png"
    ]


@pytest.mark.parametrize("called", ["application/octet-stream", "image/jpeg", "application/x-pdf"])
def test_a_file_of_a_mail_is_what_its_bytes_are(local_run: LocalRun, called: str) -> None:
    """Programs of mail call a document what they like; what a person sees in it decides."""
    complaint = complain(local_run)
    document = base64.b64encode(PDF).decode()
    bill = part(document, f"{called}; name=bill.pdf", Content_Transfer_Encoding="base64")
    raw = multipart(
        part(WORDS), bill, From=complaint.email, To=reply_to(complaint), Message_ID=f"<{uuid4()}>"
    )
    send(local_run, raw)
    (file,) = complaint.view()["attachments"]
    assert (file["type"], file["state"]) == ("application/pdf", "kept")


@pytest.mark.parametrize("called", ["application/pgp-signature", "message/rfc822"])
def test_text_that_calls_itself_something_else_is_no_file(
    local_run: LocalRun, kim: Staff, called: str
) -> None:
    complaint = complain(local_run)
    raw = multipart(part(WORDS), part("Subject: x\r\n\r\nHello", f"{called}; name=x.asc"))
    raw = raw.replace(b"ada@example.org", complaint.email.encode())
    send(local_run, raw.replace(b"answers@in.example.org", reply_to(complaint).encode()))
    assert complaint.view()["attachments"] == []
    assert received(kim, complaint)["files"] == {"kept": [], "left": ["x.asc"]}


def test_a_mail_of_which_a_case_takes_nothing_is_for_staff_to_look_at(
    local_run: LocalRun, kim: Staff
) -> None:
    complaint = complain(local_run)
    document = part("UEsDBA==", "application/zip; name=lamp.zip", Content_Transfer_Encoding="base64")
    raw = multipart(document, From=complaint.email, To=reply_to(complaint), Message_ID=f"<{uuid4()}>")
    send(local_run, raw)
    stored = received(kim, complaint)
    assert (stored["outcome"], stored["files"]["left"]) == ("not_taken", ["lamp.zip"])


def test_mail_to_an_address_that_is_none_is_kept_for_administrators(local_run: LocalRun) -> None:
    subject = str(uuid4())
    send(local_run, mail(To=f"nobody@{DOMAIN}", Subject=subject, Message_ID=f"<{subject}>"))
    stray = Staff(local_run, "Sam", "admin").call("GET", "/mail").json["items"]
    assert [item["outcome"] for item in stray if item["subject"] == subject] == ["no_case"]


def test_a_site_that_takes_no_mail_keeps_it_for_its_staff(local_run: LocalRun, kim: Staff) -> None:
    subject = str(uuid4())
    raw = mail(To=f"demo@{DOMAIN}", Subject=subject, Message_ID=f"<{subject}>")
    mails = mails_back(local_run, raw)
    send(local_run, raw)
    data = kim.call("GET", "/mail?site=demo").json["items"]
    assert [item["outcome"] for item in data if item["subject"] == subject] == ["no_case"]
    assert mails_back(local_run, raw) == mails


@pytest.mark.iso10002("4 accessibility: mail")
def test_a_site_that_takes_mail_makes_a_complaint_of_it(local_run: LocalRun, postal: str) -> None:
    """With what was forwarded below it; the acknowledgement says how to go on."""
    raw = mail(f"{WORDS}\n> forwarded", To=postal, Message_ID=f"<{uuid4()}>", From="postali@example.org")
    send(local_run, raw)
    send(local_run, raw)
    (letter,) = local_run.mails("postali@example.org")
    assert "C-" in letter["text"]
    assert letter["headers"]["Reply-To"].endswith(DOMAIN)
