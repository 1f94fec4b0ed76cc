"""No mail costs a fortune: the work to read one grows as it does, and of the largest little is read."""

import pytest

from benchmarks.hostile.mails import HOSTILE, WORDS, multipart, part
from complaints.adapters.inbound_mail import headers, mime_parser, parts
from tests.counted_work import counting
from tests.inbound_mail.replies import BORDER

SMALL, LARGE, LARGEST = 20_000, 40_000, 2_000_000
A_LITTLE = 2_000
"""Calls that a mail may take whatever is in it."""

MOST_OF_A_BYTE = 20
"""Calls for each byte of a mail: some 0.5 s for as many bytes as are ever looked at closely."""

MOST_CALLS = 3_000_000
"""Calls that a mail may take, whatever its size: some 0.3 s."""


def work(raw: bytes) -> int:
    with counting() as counted:
        mime_parser.read(raw, envelope="", own="us@answerable.example", border=BORDER)
    return counted.calls


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_for_a_mail_grows_no_faster_than_the_mail(name: str) -> None:
    half, whole = work(HOSTILE[name](SMALL)), work(HOSTILE[name](LARGE))
    assert whole <= 2.2 * half + A_LITTLE
    assert whole <= MOST_OF_A_BYTE * LARGE


@pytest.mark.parametrize(
    "name",
    [
        "an author of commas",
        "headers",
        "headers of a mail within the mail",
        "parts, and headers",
        "recipients of a report",
        "texts of mails within the mail",
    ],
)
def test_of_all_that_a_large_mail_may_have_many_of_little_is_looked_at(name: str) -> None:
    assert work(HOSTILE[name](LARGEST)) <= MOST_CALLS


def test_a_line_may_end_as_on_an_old_mac() -> None:
    raw = HOSTILE["headers of a mail within the mail"](LARGEST).replace(b"\r\n", b"\r")
    assert parts.is_tangled(raw)
    assert parts.is_tangled(multipart(*[part("")] * (parts.MOST_BOUNDARIES + 1)).replace(b"\r\n", b"\r"))


def test_a_mail_of_too_many_parts_within_parts_is_one_text() -> None:
    raw = HOSTILE["parts within parts for ever, and lines"](60_000)
    assert parts.is_tangled(raw)
    assert not parts.parsed(raw).is_multipart()
    assert WORDS in mime_parser.read(raw, envelope=None, own="", border=BORDER).text


def test_a_mail_of_more_parts_than_memory_holds_is_not_taken_apart() -> None:
    raw = multipart(*[part("")] * (parts.MOST_BOUNDARIES + 1))
    assert parts.is_tangled(raw)
    assert len(list(parts.leaves(parts.parsed(raw)))) <= parts.MOST_PARTS


def test_a_mail_with_large_files_is_taken_apart() -> None:
    """40 MB in Base64 have half a million lines, and mail programs some boundaries."""
    lines = b"x" * 76 + b"\r\n"
    raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + lines * 500_000
    assert not parts.is_tangled(raw.replace(b"boundary=b", b"boundary=b" + b"; boundary=c" * 4))


@pytest.mark.parametrize("line", [b"4711;12.50\r\n", b"2026-01-01 12:00;20.5;30\r\n"])
def test_a_large_file_of_short_lines_stays_byte_for_byte(line: bytes) -> None:
    file = line * (3_000_000 // len(line))
    raw = multipart(part(WORDS), part(file.decode(), "text/csv"))
    got = mime_parser.read(raw, envelope=None, own="", border=BORDER)
    assert got.text == WORDS
    assert [each.content for each in got.enclosures] == [file]


def test_a_mail_that_speaks_of_boundaries_is_taken_apart() -> None:
    words = "The boundary of my garden. " * (parts.MOST_NAMED + 1)
    raw = multipart(part(words), part("1", "text/csv"))
    got = mime_parser.read(raw, envelope=None, own="", border=BORDER)
    assert (got.text, [each.content for each in got.enclosures]) == (words.strip(), [b"1"])


@pytest.mark.parametrize("named", ["boundary=b", "Boundary = b", "boundary*0=b", "boundary*=us-ascii''b"])
def test_however_a_boundary_is_named_it_is_counted(named: str) -> None:
    raw = f"Content-Type: multipart/mixed; {named}\r\n\r\n--b\r\n\r\n{WORDS}\r\n--b--\r\n".encode()
    assert parts.parsed(raw).is_multipart()
    assert parts.is_tangled(raw * (parts.MOST_NAMED + 1))


def test_of_a_header_only_so_much_is_read() -> None:
    (author,) = headers.mailboxes("ada@example.org" + " " * headers.MOST_OF_A_HEADER + ", b@x.example")
    assert author.address == "ada@example.org"
    assert len(headers.words("x" * 100_000)) == headers.MOST_OF_A_HEADER
