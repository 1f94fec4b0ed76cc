"""The text of a mail is all that its parts say, in the signs that its writer saw."""

import pytest

from complaints.adapters.inbound_mail import mime_parser
from complaints.adapters.inbound_mail.html_to_text import text_of
from complaints.case.correspondence.mail import ParsedMail
from tests.inbound_mail.hostile_mails import WORDS, mail, multipart, part


def read(raw: bytes) -> ParsedMail:
    return mime_parser.read(raw, envelope=None, own="", border="##-")


def both(plain: str, page: str) -> str:
    return read(multipart(part(plain), part(page, "text/html; charset=utf-8"), kind="alternative")).text


def test_what_both_texts_say_is_read_once() -> None:
    assert both(WORDS, f"<p>{WORDS}</p>") == WORDS


def test_html_is_read_where_the_plain_text_is_a_stub() -> None:
    got = both("Please use a modern mail program.", f"<p>{WORDS}</p>")
    assert WORDS in got
    assert "modern" in got


def test_html_that_says_more_is_read_instead() -> None:
    page = f'<p>{WORDS}</p><p>Since <a href="https://x.example/1">Monday</a>.</p>'
    assert both(WORDS, page) == f"{WORDS}\n\nSince Monday <https://x.example/1>."


def test_lines_that_only_the_html_has_are_read_too() -> None:
    assert (
        both(f"{WORDS} [photo]", f"<p>{WORDS}</p><p>Since Monday.</p>") == f"{WORDS} [photo]\n\nSince Monday."
    )


def test_a_footer_of_a_mail_server_is_no_alternative() -> None:
    raw = multipart(part(f"<p>{WORDS}</p>", "text/html"), part("Checked by mx."))
    assert read(raw).text == f"{WORDS}\n\nChecked by mx."


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<table><tr><td>Order</td><td>123</td></tr><tr><td>a</td></tr></table>", "Order 123\na"),
        (
            '<a href="https://x.example/a?b=1&amp;c=2">the photo</a>',
            "the photo <https://x.example/a?b=1&c=2>",
        ),
        ('<a href="https://x.example/">x.example</a>', "x.example"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ('<a href="javascript:x()">no</a>', "no"),
        ("<p>one\ntwo</p><p>three</p>", "one two\n\nthree"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("5 < 6 &amp; 7 &gt; 3 &euro; &#x41; &#65;", "5 < 6 & 7 > 3 € A A"),
        ("<p title='a>b'>one<!-- two --></p><style>p { }</style>", "one"),
        ('<blockquote style="margin:0 0 0 40px;border:none">mine</blockquote>', "mine"),
        ("a<blockquote>b<blockquote>c</blockquote></blockquote>d", "a\n> b\n>> c\nd"),
        ("&#" + "1" * 5_000 + ";", "&#" + "1" * 5_000 + ";"),
    ],
)
def test_html_is_read_as_a_person_sees_it(page: str, text: str) -> None:
    assert text_of(page) == text


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("iso-8859-9", "cp1254", "Teşekkürler, “güle güle” – €"),
        ("latin1", "cp1252", "déjà – “vu” €"),
        ("us-ascii", "utf-8", "Teşekkürler"),
        ("gb2312", "gb18030", "謝謝"),
        ("ks_c_5601-1987", "cp949", "똠방각하"),
        ("windows-1256", "cp1256", "شكرا"),
        ("iso-8859-8-i", "iso8859-8", "תודה"),
        ("UTF-8", "utf-8-sig", "Teşekkürler"),
        ("unicode-1-1-utf-8", "utf-8", "Teşekkürler"),
        ("", "cp1252", "déjà vu"),
        ("klingon", "utf-8", "Teşekkürler"),
    ],
)
def test_a_charset_is_read_as_the_web_reads_its_name(label: str, codec: str, words: str) -> None:
    kind = f'text/plain; charset="{label}"' if label else "text/plain"
    assert read(mail(words.encode(codec), Content_Type=kind)).text == words


@pytest.mark.parametrize("label", ["utf-8", "us-ascii", ""])
def test_one_byte_that_does_not_fit_spoils_nothing_else(label: str) -> None:
    raw = "Teşekkürler ".encode() + b"\x81" + " çok güzel".encode()
    assert read(mail(raw, Content_Type=f"text/plain; charset={label}")).text == "Teşekkürler \ufffd çok güzel"


def test_headers_in_raw_utf_8_are_read_as_they_are_meant() -> None:
    got = read(mail(Subject="Şikâyet", From="Yılmaz <ada@example.org>"))
    assert (got.subject, got.name) == ("Şikâyet", "Yılmaz")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("=?utf-8?q?=C5=9E?= =?utf-8?q?ik?=", "Şik"),
        ("=?utf-8?b?xZ4=?=\r\n =?iso-8859-9?q?=FDk?=", "Şık"),
        ("=?utf-8?q?=C5?= =?utf-8?q?=9Eik?=", "Şik"),
        ("one =?utf-8?q?two?= three", "one two three"),
        ("=?utf-8*en?q?two?=", "two"),
        ("=?utf-8?B?abcde?=", "=?utf-8?B?abcde?="),
        ("=?utf-8?B?YWI?=", "ab"),
        ("=?klingon?q?ab?=", "ab"),
    ],
)
def test_encoded_words_are_read_and_broken_ones_left(header: str, words: str) -> None:
    assert read(mail(Subject=header)).subject == words
