"""Replies in 22 languages: what the usual programs write around a quotation of our letter, by a table.

Each word of a program is as its own translations have it; no expression of the product knows any of them.
"""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from complaints.delivery.letter_digest import Wording, words_of
from tests.inbound_mail.hostile_mails import mail

OUR_ADDRESS = "complaints@answerable.example"
NAME = "Demo Shop"
SHOP = f"{NAME} <{OUR_ADDRESS}>"
LINK = "https://answerable.example/status/C-7K3M9-QX2HT-7"
LETTER = (
    "##- Please write your answer above this line",
    "",
    "We have a question about your complaint",
    "",
    "Hello Ada,",
    "",
    "Which lamp is it?",
    "",
    "Open the page of your complaint:",
    LINK,
    "",
    "--------",
    "All times are local times in Istanbul.",
)
WORDING = Wording.of(words_of("\n".join(LETTER[1:])))


class Programs(NamedTuple):
    """A language: what the person says in it, how Thunderbird and Gmail announce a quotation, and the labels
    of Outlook's headers."""

    own: str
    thunderbird: str
    gmail: str
    labels: str


LANGUAGES = {
    "en": Programs(
        "The green one.", "On 28/11/2026 03:30, {} wrote:", "On Sat, 28 Nov 2026 at 03:30, {} wrote:",
        "From|Sent|To|Subject",
    ),
    "tr": Programs(
        "Yeşil olan.", "28.11.2026 03:30 tarihinde {} yazdı:",
        "{}, 28 Kas 2026 Cmt, 03:30 tarihinde şunu yazdı:", "Kimden|Gönderildi|Kime|Konu",
    ),
    "de": Programs(
        "Die grüne.", "Am 28.11.26 um 03:30 schrieb {}:", "Am Sa., 28. Nov. 2026 um 03:30 Uhr schrieb {}:",
        "Von|Gesendet|An|Betreff",
    ),
    "fr": Programs(
        "La verte.", "Le 28/11/2026 à 03:30, {} a écrit :", "Le sam. 28 nov. 2026 à 03:30, {} a écrit :",
        "De |Envoyé |À |Objet ",
    ),
    "es": Programs(
        "La verde.", "El 28/11/26 a las 3:30, {} escribió:", "El sáb, 28 nov 2026 a las 3:30, {} escribió:",
        "De|Enviado el|Para|Asunto",
    ),
    "ar": Programs(
        "الأخضر.", "في 28/11/2026 03:30، كتب {}:",
        "في السبت، 28 نوفمبر 2026 في 3:30 ص تمت كتابة ما يلي بواسطة {}:", "من|تم الإرسال|إلى|الموضوع",
    ),
    "nl": Programs(
        "De groene.", "Op 28-11-2026 om 03:30 schreef {}:", "Op za 28 nov 2026 om 03:30 schreef {}:",
        "Van|Verzonden|Aan|Onderwerp",
    ),
    "it": Programs(
        "Quella verde.", "Il 28/11/2026 03:30, {} ha scritto:",
        "Il giorno sab 28 nov 2026 alle ore 03:30 {} ha scritto:", "Da|Inviato|A|Oggetto",
    ),
    "pl": Programs(
        "Ta zielona.", "W dniu 28.11.2026 o 03:30, {} pisze:", "sob., 28 lis 2026 o 03:30 {} napisał(a):",
        "Od|Wysłano|Do|Temat",
    ),
    "pt": Programs(
        "A verde.", "Em 28/11/2026 03:30, {} escreveu:", "Em sáb., 28 de nov. de 2026 às 03:30, {} escreveu:",
        "De|Enviado|Para|Assunto",
    ),
    "ru": Programs(
        "Зелёная.", "28.11.2026 03:30, {} пишет:", "сб, 28 нояб. 2026 г. в 03:30, {}:",
        "От|Отправлено|Кому|Тема",
    ),
    "cs": Programs(
        "Ta zelená.", "Dne 28. 11. 26 v 3:30 {} napsal(a):", "so 28. 11. 2026 v 3:30 odesílatel {} napsal:",
        "Od|Odesláno|Komu|Předmět",
    ),
    "sv": Programs(
        "Den gröna.", "Den 2026-11-28 kl. 03:30, skrev {}:", "Den lör 28 nov. 2026 kl 03:30 skrev {}:",
        "Från|Skickat|Till|Ämne",
    ),
    "da": Programs(
        "Den grønne.", "Den 28.11.2026 kl. 03.30 skrev {}:", "Den lør. 28. nov. 2026 kl. 03.30 skrev {}:",
        "Fra|Sendt|Til|Emne",
    ),
    "fi": Programs(
        "Se vihreä.", "{} kirjoitti 28.11.2026 klo 3.30:", "la 28. marrask. 2026 klo 3.30 {} kirjoitti:",
        "Lähettäjä|Lähetetty|Vastaanottaja|Aihe",
    ),
    "hu": Programs(
        "A zöld.", "2026. 11. 28. 3:30 keltezéssel, {} írta:",
        "{} ezt írta (időpont: 2026. nov. 28., Szo, 3:30):", "Feladó|Elküldve|Címzett|Tárgy",
    ),
    "ro": Programs(
        "Cea verde.", "Pe 28.11.2026 03:30, {} a scris:", "În sâm., 28 nov. 2026 la 03:30, {} a scris:",
        "De la|Trimis|Către|Subiect",
    ),
    "el": Programs(
        "Η πράσινη.", "Στις 28/11/2026 3:30 π.μ., ο/η {} έγραψε:",
        "Στις Σάβ 28 Νοε 2026 στις 3:30 π.μ., ο χρήστης {} έγραψε:", "Από|Στάλθηκε|Προς|Θέμα",
    ),
    "uk": Programs(
        "Зелена.", "28.11.2026 03:30, {} пише:", "сб, 28 лист. 2026 р. о 03:30 {} пише:",
        "Від|Надіслано|Кому|Тема",
    ),
    "bg": Programs(
        "Зелената.", "На 28.11.2026 г. в 3:30 ч., {} написа:", "На сб, 28.11.2026 г. в 3:30 {} написа:",
        "От|Изпратено|До|Тема",
    ),
    "zh": Programs(
        "绿色的那个。", "在 2026/11/28 03:30, {} 写道:", "{} 于2026年11月28日周六 03:30写道：",
        "发件人|发送时间|收件人|主题",
    ),
    "ja": Programs(
        "緑のランプです。", "On 2026/11/28 3:30, {} wrote:", "2026年11月28日(土) 3:30 {}:",
        "差出人|送信日時|宛先|件名",
    ),
}  # fmt: skip


class Layout(NamedTuple):
    """A reply as a program makes it, and all the words of the person in their order."""

    id: str
    raw: bytes
    own: str


def quoted(lines: tuple[str, ...] = LETTER, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in lines)


def page(lines: tuple[str, ...] = LETTER) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def plain(body: str) -> bytes:
    return _mail(body, "text/plain")


def html(body: str) -> bytes:
    return _mail(f"<html><body>{body}</body></html>", "text/html")


def _mail(body: str, kind: str) -> bytes:
    """An answer to a letter that named its words in its thread."""
    ours = f"<C-7K3M9-QX2HT-7@answerable.example> <C-7K3M9-QX2HT-7.{WORDING}@answerable.example>"
    return mail(body, Content_Type=f"{kind}; charset=utf-8", References=f"{ours} <0100@ses.example>")


def block(labels: str, after: str = ": ") -> str:
    """Outlook's headers."""
    values = (SHOP, "28.11.2026 03:30", "ada@example.org", "Re: C-7K3M9-QX2HT-7")
    return "\n".join(f"{label}{after}{value}" for label, value in zip(labels.split("|"), values, strict=True))


def below() -> Iterator[Layout]:
    """The person writes below the quotation, as Thunderbird has it unless it is told otherwise."""
    for language, said in LANGUAGES.items():
        first = said.thunderbird.format(NAME)
        yield Layout(f"Thunderbird, {language}", plain(f"{first}\n{quoted()}\n\n{said.own}\n"), said.own)
        rich = (
            f'<div class="moz-cite-prefix">{first}<br></div><blockquote type="cite" cite="mid:1@x">{page()}'
            f"</blockquote><p>{said.own}</p>"
        )
        yield Layout(f"Thunderbird in HTML, {language}", html(rich), said.own)
    own = "Hello,\n\nMy order number is 4711."
    hello, answer = own.split("\n\n")
    for name, first in {
        "no attribution": "",
        "gnus": f"{NAME} writes:",
        "Horde": f"Quoting {SHOP}:",
        "Horde, de": f"Zitat von {SHOP}:",
        "KMail": f"On Saturday, 28 November 2026 03:30:00 CET {NAME} wrote:",
        "Evolution": f"On Sat, 2026-11-28 at 03:30 +0000, {NAME} wrote:",
        "Claws": f"On Sat, 28 Nov 2026 03:30:00 +0000\n{SHOP} wrote:",
        "Roundcube": f"On 2026-11-28 03:30, {NAME} wrote:",
        "K-9": f"On 28 November 2026 03:30:00 CET, {NAME} <{OUR_ADDRESS}> wrote:",
    }.items():
        yield Layout(name, plain(f"{hello}\n\n{first}\n{quoted()}\n\n{answer}\n"), own)
    yield Layout("KMail, no blank after the mark", plain(f"{hello}\n{quoted(mark='>')}\n{answer}\n"), own)


def above() -> Iterator[Layout]:
    """The person writes above the quotation, as most programs have it."""
    for language, said in LANGUAGES.items():
        first = said.gmail.format(SHOP)
        yield Layout(f"Gmail, {language}", plain(f"{said.own}\n\n{first}\n\n{quoted()}\n"), said.own)
        rich = (
            f'<div dir="ltr">{said.own}</div><br><div class="gmail_quote"><div class="gmail_attr">'
            f'{escape(first)}<br></div><blockquote class="gmail_quote">{page()}</blockquote></div>'
        )
        yield Layout(f"Gmail in HTML, {language}", html(rich), said.own)
        letter = "\n".join(LETTER)
        yield Layout(
            f"Outlook, {language}", plain(f"{said.own}\n\n{block(said.labels)}\n\n{letter}\n"), said.own
        )
        fields = "<br>".join(f"<b>{escape(line)}</b>" for line in block(said.labels).split("\n"))
        rich = (
            f'<div class="WordSection1"><p class="MsoNormal">{said.own}</p><div style="border-top:solid">'
            f'<p class="MsoNormal">{fields}</p></div>{page()}</div>'
        )
        yield Layout(f"Outlook in HTML, {language}", html(rich), said.own)
        apple = said.gmail.format(SHOP)
        yield Layout(f"Apple Mail, {language}", plain(f"{said.own}\n\n> {apple}\n> \n{quoted()}\n"), said.own)
    own = "The green one."
    fields = escape(block("From|Sent|To|Subject")).replace("\n", "<br>")
    head = f"{block('From|Date|To|Subject')}\n\n" + "\n".join(LETTER)
    yield Layout(
        "GMX",
        html(
            f'<div>{own}</div><div name="quote" style="border-left:2px solid"><div>{fields}</div>'
            f'<div name="quoted-content">{page()}</div></div>'
        ),
        own,
    )
    yield Layout("Samsung", plain(f"{own}\n\n-------- Original message --------\n{head}"), own)
    yield Layout("Outlook on the telephone", plain(f"{own}\n\n{'_' * 32}\n{head}"), own)
    yield Layout("Zimbra", plain(f"{own}\n\n----- Original Message -----\n{head}"), own)
