"""Any mail can be read, as far as it can be read, and none is lost or raised about."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.adapters.inbound_mail import body_text, mime_parser
from complaints.case.correspondence.mail import ParsedMail
from tests.inbound_mail.hostile_mails import OF_MACHINES, OF_PEOPLE, PHOTO, WORDS, mail, multipart, part

OWN = "complaints@answerable.example"
BORDER = "Please write above this line"


def read(raw: bytes, envelope: str | None = None) -> ParsedMail:
    return mime_parser.read(raw, envelope=envelope, own=OWN, border=BORDER)


@pytest.mark.parametrize("name", OF_PEOPLE)
def test_the_words_of_a_person_are_read_whatever_else_is_wrong(name: str) -> None:
    got = read(OF_PEOPLE[name])
    assert WORDS in got.text
    assert (got.sender, got.automatic) == ("ada@example.org", None)


@pytest.mark.parametrize("name", OF_MACHINES)
def test_machine_mail_is_known(name: str) -> None:
    kind, raw = OF_MACHINES[name]
    assert read(raw, envelope="" if b"Return-Path: <>" in raw else None).automatic == kind


def test_a_machine_is_known_by_how_its_mail_begins() -> None:
    """Whatever follows: a bounce may bring a whole mail back with it."""
    _, bounce = OF_MACHINES["a bounce in words"]
    assert read(bounce + b"x" * 80 + b"\r\n" * 200_000, envelope="").automatic == "bounce"


def test_a_mail_without_a_return_path_is_a_bounce() -> None:
    assert read(mail(), envelope="").automatic == "bounce"
    assert read(mail(), envelope="ada@example.org").automatic is None


def test_a_person_may_say_that_no_machine_wrote() -> None:
    assert read(mail(Auto_Submitted="no")).automatic is None


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_of_many_texts_as_much_is_read_as_of_one(kind: str) -> None:
    got = read(multipart(*[part(f"{WORDS}{'x' * 100_000}", kind)] * 50))
    assert got.text.startswith(WORDS)
    assert len(got.text) < 2 * body_text.MOST_TEXT


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2_000))
def test_whatever_bytes_come_are_taken(raw: bytes) -> None:
    assert read(raw).id


SEEDS = [raw for raw in [*OF_PEOPLE.values(), *(raw for _, raw in OF_MACHINES.values())] if len(raw) < 5_000]
SNIPPETS = st.sampled_from(
    [
        *(
            b"\r\n",
            b"\r\n\r\n",
            b"\0",
            b"\xff",
            b"\x1b$B",
            b";",
            b'"',
            b"=?",
            b"?=",
            b"<",
            b">",
            b"&#",
            b"--b",
        ),
        *(b"name*=a; name*0=b", b"=?utf-8?B?abcde?=", b"=?\xff?q?=?=", b"boundary=b", b"charset=undefined"),
        *(b"charset*=''%", b"filename*1*=", b"Content-Type: message/rfc822\r\n\r\n", b"report-type*0=x; "),
        *(
            b"Content-Transfer-Encoding: uuencode\r\n",
            b"begin 666 x\r\n!",
            b"From: a@b, c@d\r\n",
            b"&#55296;",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=3) | SNIPPETS)))
def test_a_mail_with_anything_put_in_is_taken(seed: bytes, changes: list[tuple[int, bytes]]) -> None:
    """Whatever is broken: nothing is raised, and what was read can be written down."""
    raw = bytearray(seed)
    for place, piece in changes:
        at = place % len(raw)
        raw[at : at + len(piece) // 2] = piece
    got = read(bytes(raw))
    assert got.id
    files = tuple((each.name, each.type) for each in got.enclosures)
    assert msgspec.json.encode(
        (got.sender, got.name, got.subject, got.full_text, got.text, got.quoted, files)
    )


def test_the_same_mail_is_the_same_however_it_was_delivered() -> None:
    again = b"Received: from somewhere\r\n" + mail()
    assert read(again).id == read(mail()).id
    assert read(mail(Message_ID="<2@example.org>")).id != read(mail()).id


def test_another_mail_under_the_same_id_is_another() -> None:
    """Programs give an id twice, and a stranger may name the one of somebody else's mail."""
    assert read(mail("other")).id != read(mail()).id
    assert read(mail(From="mallory@example.org")).id != read(mail()).id
    assert read(mail().replace(b"\r\n", b"\n")).id == read(mail()).id


def test_a_mail_without_an_id_is_known_by_its_bytes() -> None:
    assert read(mail(Message_ID=None)).id == read(mail(Message_ID=None)).id
    assert read(mail("other", Message_ID=None)).id != read(mail(Message_ID=None)).id


def test_our_own_letter_is_cut_off_and_kept() -> None:
    raw = f"{WORDS}\n\n> {BORDER} --\n> Dear Ada,\n>\n> your complaint\n\nYours"
    got = read(mail(raw))
    assert got.text == f"{WORDS}\n\nYours"
    assert got.quoted == f"> {BORDER} --\n> Dear Ada,\n>\n> your complaint"
    assert got.full_text == raw


def test_what_else_is_quoted_stays_between_the_answers() -> None:
    raw = f"> Is it broken?\nYes.\n> Since when?\n{WORDS}\n> Yours"
    got = read(mail(raw))
    assert (got.text, got.quoted, got.full_text) == (raw, "", "")


def test_a_quotation_of_html_is_one_in_text() -> None:
    page = f"<p>{WORDS}</p><blockquote><p>{BORDER}</p><p>Dear Ada</p></blockquote>"
    got = read(mail(page, Content_Type="text/html"))
    assert (got.text, got.quoted.splitlines()[-1]) == (WORDS, "> Dear Ada")


def test_of_a_mail_that_is_only_our_letter_all_is_kept_and_said_so() -> None:
    got = read(mail(f"> {BORDER}\n> Dear Ada"))
    assert (got.text, got.quoted, got.is_only_quoted) == (f"> {BORDER}\n> Dear Ada", "", True)


def test_mail_html_does_not_run_in_the_desk() -> None:
    """Whatever it was, it is text: what would be markup stands there as signs."""
    raw = mail("<p>a &lt;script&gt;x()&lt;/script&gt; <script>x()</script></p>", Content_Type="text/html")
    assert read(raw).text == "a <script>x()</script>"


def test_an_enclosure_keeps_its_name_and_its_bytes() -> None:
    (photo,) = read(multipart(part(WORDS), PHOTO)).enclosures
    assert (photo.name, photo.type, photo.content) == ("../../lamp.jpg", "image/jpeg", b"\xff\xd8\xff photo")


def test_a_text_that_is_a_file_is_no_text() -> None:
    letter = part("secret", Content_Disposition="attachment; filename=letter.txt")
    got = read(multipart(part(WORDS), letter))
    assert (got.text, [each.name for each in got.enclosures]) == (WORDS, ["letter.txt"])


def test_names_and_subjects_are_words_on_one_line() -> None:
    got = read(mail(From="=?utf-8?q?Ada_Y=C4=B1lmaz?= <Ada@Example.org>", Subject="=?utf-8?q?a=0Ab?="))
    assert (got.name, got.sender, got.subject) == ("Ada Yılmaz", "ada@example.org", "a b")
