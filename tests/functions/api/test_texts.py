"""What people write: kept as it was sent, as long as it may be, and shown as the text that it is."""

import unicodedata
from html import unescape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis.strategies import characters, text

from complaints.values.text.normalization import nfc
from tests.functions.endpoints import intake
from tests.html import Reading
from tests.journeys.steps import Complaint, Staff, complain, form, last_fact, submit
from tests.local_run import LocalRun

MOST = 20_000
written = text(characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=300)
over_http = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def noted(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def as_kept(sent: str) -> str:
    """What must be left of a text: normalised, and without controls but line ends and tabs."""
    plain = sent.replace("\r\n", "\n")
    stored = (sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return nfc("".join(stored))


@given(sent=written)
@example(sent="\u202etxet neddih\u202c \u2066x\u2069")
@example(sent="a" + "\u0301" * 5_000)
@example(sent="\n\x08")
@example(sent="bell\x07 escape\x1b[31m line\r\nnext\ttab")
@example(sent="</script><script>alert(1)</script> & {{ 7 * 7 }} %(name)s {0.__class__}")
@over_http
def test_s6_a_text_is_kept_as_it_was_sent(noted: Complaint, sent: str) -> None:
    deniz = Staff(noted.run)
    got = deniz.tries(noted, "note", {"text": sent})
    if not as_kept(sent).strip():
        assert (got.status, got.json["errors"][0]["pointer"]) == (422, "/text")
        return
    assert got.status == 200, got.text
    assert last_fact(deniz.case(noted), "NoteAdded")["text"] == as_kept(sent)


def test_s6_more_marks_than_any_language_has_are_broken_and_kept(noted: Complaint) -> None:
    """A joiner after each thirty (UAX #15, 13): the cost of sorting them would grow with their square."""
    deniz = Staff(noted.run)
    assert deniz.tries(noted, "note", {"text": "a" + "\u0301\u0323" * 2_000}).status == 200
    case = last_fact(deniz.case(noted), "NoteAdded")["text"]
    assert (case.count("\u0301"), case.count("\u0323")) == (2_000, 2_000 - 1)
    assert case.startswith("\u1ea1")
    assert case.count("\u034f") == 4_000 // 30


@pytest.mark.parametrize(
    "sent",
    ["\u202egnp.exe", "<b>bold</b> & <script>alert(1)</script>", "{{ 7 * 7 }}", "a" + "\u0301" * 5_000],
    ids=["right to left", "markup", "template", "combining marks"],
)
def test_s6_a_text_is_shown_as_text_and_set_apart(local_run: LocalRun, sent: str) -> None:
    complaint = complain(local_run, subject=sent[:180])
    complaint.say("messages", {"text": sent})
    page = local_run.open_link(complaint.receipt["status_url"].removeprefix(local_run.url)).text
    assert "<script>" not in page
    for whole in (as_kept(sent[:180]), as_kept(sent)):
        shown = [part for part in page.split("<") if unescape(part.partition(">")[2]) == whole]
        assert shown
        assert all('dir="auto"' in part.partition(">")[0] for part in shown)
    assert as_kept(sent) in Reading(page).words


def test_s7_a_text_of_20000_astral_letters_is_taken_and_shown(local_run: LocalRun) -> None:
    letters = "😀" * MOST
    deniz, complaint = Staff(local_run), complain(local_run, description=letters)
    assert complaint.say("messages", {"text": letters})["messages"][-1]["text"] == letters
    case = deniz.does(complaint, "message", {"text": letters, "note": letters})
    assert complaint.letters()[-1]["text"].count(letters) == 1
    assert deniz.case(complaint)["description"] == letters
    assert case["version"] == 3


def test_s7_one_letter_more_is_too_long(local_run: LocalRun) -> None:
    letters = "😀" * (MOST + 1)
    complaint = complain(local_run)
    refused = [
        (intake(local_run).send(form(description=letters)), "/description"),
        (complaint.call("POST", "/messages", {"text": letters}), "/text"),
        (Staff(local_run).tries(complaint, "note", {"text": letters}), "/text"),
    ]
    for got, pointer in refused:
        assert (got.status, [error["pointer"] for error in got.json["errors"]]) == (422, [pointer])


def test_s7_many_of_the_longest_texts_are_no_trouble(local_run: LocalRun) -> None:
    deniz = Staff(local_run)
    complaint = complain(local_run)
    rare = "".join(chr(0x20000 + 7 * number % 40_000) for number in range(MOST))
    version = deniz.case(complaint)["version"]
    for number in range(30):
        sent = deniz.tries(complaint, "note", {"text": rare, "note": rare}, version + number)
        assert sent.status == 200, sent.text
    for path in ("", "/audit"):
        assert deniz.call("GET", f"/complaints/{complaint.reference}{path}").status == 200
    for _ in range(20):
        complaint.say("messages", {"text": rare})
    assert len(complaint.view()["messages"]) == 20


def test_s7_every_text_of_a_form_may_be_as_long_as_its_limit(local_run: LocalRun) -> None:
    long, longer = "😀" * 200, "😀" * 2_000
    body = form(
        complainant={"name": long, "email": "long@example.org", "phone": long, "post": longer},
        on_behalf_of={"name": long, "relation": long, "authority": longer},
        subject=long,
        product=long,
        description="😀" * MOST,
        remedy_sought=longer,
        special_needs=longer,
        order_number=long,
        place=long,
        earlier_reference=long,
        taken_elsewhere=longer,
    )
    taken = submit(local_run, body)
    assert taken.status == 201, taken.text
    local_run.mails("long@example.org")
    queue = Staff(local_run).queue("open")
    assert next(item for item in queue if item["reference"] == taken.json["reference"])["subject"] == long


def test_s7_a_decision_may_be_as_long_as_its_limits(local_run: LocalRun) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    deniz.decides(complaint)
    remedies = [{"kind": "refund", "amount": "1.00", "currency": "EUR"}] * 20
    decision = {"outcome": "upheld", "reasons": "😀" * MOST, "remedies": remedies, "note": "😀" * MOST}
    deniz.does(complaint, "decide", decision)
    one_more = deniz.tries(complaint, "decide", decision | {"remedies": [*remedies, remedies[0]]})
    assert (one_more.status, one_more.json["errors"][0]["pointer"]) == (422, "/remedies")
    deniz.does(complaint, "respond")
    assert complaint.view()["decision"]["reasons"] == "😀" * MOST
