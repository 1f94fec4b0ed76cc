"""Nobody acts as the complainant with a link that stands in a quotation."""

import base64

import pytest

from complaints.adapters.inbound_mail import mime_parser
from complaints.adapters.inbound_mail.masked_copy import masked_mail
from complaints.adapters.inbound_mail.secret_links import MASK, SECRET_LENGTH, masked
from complaints.handling.service import Casework
from tests.fakes import CountingSalt, FakeCases, FixedKeys
from tests.inbound_mail.hostile_mails import WORDS, mail
from tests.inbound_mail.reply_languages import LINK, SECRET

PAGE = LINK.partition("?")[0]

FORMS = {
    "as it is": LINK,
    "beside another value": f"{PAGE}?lang=tr&t={SECRET}#messages",
    "in HTML": f"{PAGE}?lang=tr&amp;t={SECRET}",
    "by Outlook's safe links": "https://eur01.safelinks.protection.example/?url=https%3A%2F%2Fanswerable.example"
    f"%2Fstatus%2FC-7K3M9-QX2HT-7%3Ft%3D{SECRET}&data=05",
    "encoded twice": f"https://go.example/?to=https%253A%252F%252Fx%252FC-7K3M9-QX2HT-7%253Ft%253D{SECRET}",
    "by a firewall that writes its own signs": f"https://go.example/v2/url?u=https-3A__x_C-3Ft-3D{SECRET}&d=x",
    "broken by a mail program": f"{PAGE}?t={SECRET[:9]}\n{SECRET[9:]}",
    "broken within a quotation": f"> {PAGE}?t=\n> {SECRET[:20]}\n> {SECRET[20:]}",
    "broken before its name": f"> {PAGE}?\n> t={SECRET}",
    "in quoted-printable that nobody undid": f"{PAGE}?t=3D{SECRET[:9]}=\n{SECRET[9:]}",
    "in UTF-7": f"{PAGE}?lang+AD0-tr+ACY-t+AD0-{SECRET[:9]}+AF8-{SECRET[10:]}",
}


def test_a_secret_has_the_length_that_is_looked_for() -> None:
    casework = Casework(FakeCases(), FixedKeys(), CountingSalt())
    assert len(casework.access(casework.missing_case("C-7K3M9-QX2HT-7"))) == SECRET_LENGTH == len(SECRET)


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_masked_in_whatever_form_a_program_gives_it(form: str) -> None:
    found = masked(f"{FORMS[form]} {WORDS}")
    assert SECRET[:9] not in found
    assert SECRET[20:] not in found
    assert MASK in found
    assert found.endswith(WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "https://videos.example/watch?t=120",
        "https://shop.example/a?t=1\nThis is what a person writes below it, who knows nothing of secrets",
        "a?t=\n\n",
        f"The word {SECRET} alone is no link",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert masked(text) == text


CODE = "3Z8A-VEQH-Z7K5-DXR7"
TYPED = (
    CODE,
    CODE.lower(),
    CODE.replace("-", ""),
    CODE.replace("-", "").lower(),
    CODE.replace("-", " "),
    CODE.replace("-", "\u2011"),
    "3Z8A-VEQH-\n> Z7K5-DXR7",
    "AB12 CD34 EF56 GH78",
    "AB12CD34EF56GH78",
    "hjkm-9999-npqr-stvw",
    "HJKM-NPQR-STVW-XYZA",
)


@pytest.mark.parametrize("typed", TYPED)
def test_a_receipt_code_is_masked_however_it_is_typed(typed: str) -> None:
    assert masked(f"My code is {typed}, and: {WORDS}") == f"My code is {MASK}, and: {WORDS}"
    assert masked(f"Code:{typed}.") == f"Code:{MASK}."


WORDS_BEFORE = ("code", "Kode", "CODE", "with", "este", "mein", "avec", "iade", "with code", "رمزي code")
"""Words of four letters of the alphabet of codes, in the six languages."""


@pytest.mark.parametrize("dash", ["-", " ", "\u2011", "-\n> "])
@pytest.mark.parametrize("code", ["8NW9-5HFD-5MS0-GQC0", CODE, "8nw9-5hfd-5ms0-gqc0", "hjkm-9999-npqr-st4w"])
@pytest.mark.parametrize("word", WORDS_BEFORE)
def test_a_receipt_code_behind_a_word_of_four_letters_is_masked(word: str, code: str, dash: str) -> None:
    typed = code.replace("-", dash)
    assert masked(f"My {word} {typed} and: {WORDS}") == f"My {word} {MASK} and: {WORDS}"


def test_two_receipt_codes_one_behind_the_other_are_masked() -> None:
    assert masked(f"{CODE} 8NW9-5HFD-5MS0-GQC0 that") == f"{MASK} that"
    assert masked("8nw9 5hfd 5ms0 gqc0 with 8nw9 5hfd 5ms0 gqc0") == MASK


@pytest.mark.parametrize(
    "text",
    [
        "We came from work that day, and it cost 2000 euro",
        "It came from 2023 till 2025 and came 20th Sept 2024",
        "responsibilities, ORD2024000012345, 4111 1111 1111 1111, 4111-1111-1111-1111",
        "DE89 3704 0044 0532 0130 00, GB29 NWBK 6016 1331 9268 19, BE68539007547034, BE68 5390 0754 7034",
        "9b2e4f6a-1c3d-4e5f-8a9b-0c1d2e3f4a5b",
        "C-7K3M9-QX2HT-7 and <3Z8AVEQHZ7K5DXR7@mail.example>",
    ],
)
def test_what_is_no_receipt_code_stays(text: str) -> None:
    assert masked(text) == text


def test_a_file_that_looks_like_a_receipt_code_comes_whole() -> None:
    content = base64.b64decode("3Z8AVEQHZ7K5DXR7")
    lines = (
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        CODE,
        "--b",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "",
        base64.b64encode(content).decode(),
        "--b--",
        "",
    )
    found = masked_mail("\r\n".join(lines).encode())
    assert CODE.encode() not in found
    assert base64.b64encode(content) in found


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_a_link_in_a_mail_is_masked_wherever_it_stands(kind: str) -> None:
    page = f'<p>{WORDS} <a href="{LINK}">here</a></p><blockquote>{LINK}</blockquote><p>{LINK}</p>'
    text = f"{WORDS} {LINK}\n> {LINK}\n{LINK}"
    body, author = page if kind == "text/html" else text, f'"{LINK}" <a@b.example>'
    raw = mail(body, Content_Type=kind, Subject=LINK, From=author)
    got = mime_parser.read(raw, envelope=None, own="", border="##-")
    assert SECRET not in f"{got.text}{got.quoted}{got.full_text}{got.subject}{got.name}"
    assert f"?t={MASK}" in got.text
