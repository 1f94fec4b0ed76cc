"""The letters of a mail are right, whatever its program calls them."""

import pytest

from complaints.adapters.inbound_mail import mime_parser
from complaints.case.correspondence.mail import ParsedMail
from tests.inbound_mail.hostile_mails import mail


def read(content: bytes, charset: str, **headers: str) -> ParsedMail:
    raw = mail(content, Content_Type=f"text/plain; charset={charset}", **headers)
    return mime_parser.read(raw, envelope=None, own="us@answerable.example", border="##-")


MISLABELLED = {
    "windows-1252": [
        "Grüße aus Köln, die Lampe für 40 € ist zerbrochen",
        "Ma réclamation est restée sans réponse",
        "«\xa0C’est réglé\xa0», m’a-t-on écrit à Orléans",
        "Það er bilað, ég vil fá nýtt",
    ],
    "windows-1254": ["Siparişim kırıldı", "ŞİKÂYET: ağır ÇÖĞÜR"],
}


@pytest.mark.parametrize(
    ("charset", "words"), [(charset, words) for charset, texts in MISLABELLED.items() for words in texts]
)
@pytest.mark.parametrize("label", ["utf-8", "UTF8", "us-ascii", "klingon"])
def test_letters_of_an_older_charset_are_right_under_another_name(
    charset: str, words: str, label: str
) -> None:
    assert read(words.encode(charset), label).text == words.replace("\xa0", " ")


def test_a_subject_of_an_older_charset_is_right_under_the_name_of_utf_8() -> None:
    got = read(b"", "utf-8", Subject="=?utf-8?q?R=E9clamation?= =?utf-8?q?_de_Ren=E9e?=")
    assert got.subject == "Réclamation de Renée"


def test_each_letter_is_right_where_a_mail_mixes_charsets() -> None:
    """A relay puts its footer below, in the charset of its own."""
    above, below = "Köln, Grüße, schöne Öfen", "Diese E-Mail wurde geprüft"
    got = read(above.encode() + b"\r\n" + below.encode("windows-1252"), "utf-8")
    assert got.text == f"{above}\n{below}"


def test_what_another_program_has_replaced_makes_no_other_letter_wrong() -> None:
    damaged = "Gr\ufffd\ufffde, \ufffd, Köln"
    assert read(damaged.encode(), "utf-8").text == damaged


@pytest.mark.parametrize(
    ("label", "content", "words"),
    [
        ("utf-7", "Grüße +- 電球 – Şikâyet".encode("utf-7"), "Grüße +- 電球 – Şikâyet"),
        ("unicode-1-1-utf-7", b"Hi Mom +Jjo-!", "Hi Mom ☺!"),
        ("UTF-7", "Grüße".encode(), "Grüße"),
        ("cp850", "Grüße, réclamation".encode("cp850"), "Grüße, réclamation"),
        ("cp-850", "Grüße, réclamation".encode("cp850"), "Grüße, réclamation"),
        ("IBM850", "Grüße, réclamation".encode("cp850"), "Grüße, réclamation"),
        ("cp437", "Grüße".encode("cp437"), "Grüße"),
        ("ibm857", "Siparişim kırıldı".encode("cp857"), "Siparişim kırıldı"),
        ("iso-2022-kr", "전등이 고장".encode("iso2022_kr"), "전등이 고장"),
        ("hz-gb-2312", "灯坏了".encode("hz"), "灯坏了"),
    ],
)
def test_a_charset_that_only_mail_still_has_is_read(label: str, content: bytes, words: str) -> None:
    assert read(content, label).text == words


@pytest.mark.parametrize("label", ["iso-2022-jp", "CP50221", "cp50220", "iso-2022-jp-ms", "csISO2022JP"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x1b$BEE5e\x1b(B 4711", "電球 4711"),
        (b"\x1b$B-!EE5e\x1b(B ok \x1b$B-j\x1b(J.", "①電球 ok ㈱."),
        (b"\x1b$B|byu\x1b(B\r\n\x1b$B-8\x1b(B", "髙﨑\nⅣ"),
        (b"\x1b(IC^]7\x1b(B / \x1b$B-!\x1b(B", "ﾃﾞﾝｷ / ①"),
        (b"\x1b$(D0!\x1b(B", "丂"),
    ],
)
def test_japanese_is_read_with_the_signs_that_windows_adds(label: str, content: bytes, words: str) -> None:
    assert read(content, label).text == words
