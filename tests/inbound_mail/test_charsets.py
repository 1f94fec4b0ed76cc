"""The letters of a mail are right, whatever its program calls them."""

import pytest

from complaints.adapters.inbound_mail import mime_parser
from complaints.model.correspondence.inbound_mail import ParsedMail
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
