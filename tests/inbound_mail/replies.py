"""Replies as mail programs make them: the layouts of thirty, each in every language.

Each is written by what its program does, as known from its own sources and from the samples that reply
parsers are tried with; the words are ours.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from tests.inbound_mail.hostile_mails import mail, multipart, part
from tests.inbound_mail.reply_languages import LANGUAGES, LINK, SHOP, Language

BORDER = "##-"
TOP = f"{BORDER} Please write above this line {BORDER}"


class Reply(NamedTuple):
    """A mail in one layout and one language; `own` are all the words of the person, in their order."""

    layout: str
    language: str
    raw: bytes
    own: str

    @property
    def id(self) -> str:
        return f"{self.layout}, {self.language}"


class Text(NamedTuple):
    """What a layout makes: the mail's body, and the person's words in it."""

    body: bytes
    own: tuple[str, ...]


def letter(said: Language) -> list[str]:
    """Our letter as text."""
    return [TOP, "", said.letter[0], "", said.letter[1], said.letter[2], "", LINK]


def answer(said: Language) -> str:
    return f"{said.one}\n\n{said.two}"


def quotation(said: Language) -> str:
    return quoted(letter(said))


def quoted(lines: list[str], mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in lines)


def headers(said: Language, bold: str = "") -> str:
    whose, when, to, about = said.labels
    values = (SHOP, "02.03.2026 10:00", "ada@example.org", "Re: C-7K3M9-QX2HT-7")
    return "\n".join(
        f"{bold}{label}:{bold} {value}" for label, value in zip((whose, when, to, about), values, strict=True)
    )


def plain(body: str) -> bytes:
    return mail(body.replace("\n", "\r\n"), Content_Type="text/plain; charset=utf-8; format=flowed")


def html(body: str) -> bytes:
    return mail(
        f"<html><head><style>p {{ margin: 0 }}</style></head><body>{body}</body></html>",
        Content_Type="text/html; charset=utf-8",
    )


def both(text: str, page: str) -> bytes:
    return multipart(part(text), part(page, "text/html; charset=utf-8"), kind="alternative")


def page(said: Language) -> str:
    """Our letter as HTML."""
    return (
        f"<table><tr><td><p>{TOP}</p><p>{said.letter[0]}</p><p>{said.letter[1]}<br>{said.letter[2]}</p>"
        f'<p><a href="{escape(LINK)}">{escape(LINK)}</a></p></td></tr></table>'
    )


def _gmail_top(said: Language) -> Text:
    text = f"{answer(said)}\n\n{said.gmail}\n\n{quotation(said)}\n"
    rich = (
        f'<div dir="ltr"><div>{said.one}</div><div><br></div><div>{said.two}</div></div><br>'
        f'<div class="gmail_quote"><div class="gmail_attr">{escape(said.gmail)}<br></div>'
        f'<blockquote class="gmail_quote" style="border-left:1px solid">{page(said)}</blockquote></div>'
    )
    return Text(both(text, rich), (said.one, said.two))


def _gmail_bottom(said: Language) -> Text:
    return Text(plain(f"{said.gmail}\n\n{quotation(said)}\n\n{answer(said)}\n"), (said.one, said.two))


def _gmail_inline(said: Language) -> Text:
    first, last = letter(said)[:5], letter(said)[5:]
    body = f"{said.gmail}\n\n{quoted(first)}\n\n{said.one}\n\n{quoted(last)}\n\n{said.two}\n"
    return Text(plain(body), (said.one, said.two))


def _gmail_html(said: Language) -> Text:
    body = (
        f'<div dir="auto">{said.one}<div dir="auto">{said.two}</div></div><br><div class="gmail_quote">'
        f'<div dir="ltr" class="gmail_attr">{escape(said.gmail)}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{page(said)}</blockquote></div>'
    )
    return Text(html(body), (said.one, said.two))


def _gmail_html_inline(said: Language) -> Text:
    one, two = f"<p>{said.letter[1]}</p>", f"<p>{said.letter[2]}</p>"
    body = (
        f'<div>{said.hello}</div><div class="gmail_quote"><div class="gmail_attr">{escape(said.gmail)}</div>'
        f'<blockquote class="gmail_quote">{one}</blockquote><div>{said.one}</div>'
        f'<blockquote class="gmail_quote">{two}</blockquote><div>{said.two}</div></div>'
    )
    return Text(html(body), (said.hello, said.one, said.two))


def _apple_top(said: Language) -> Text:
    text = f"{answer(said)}\n\n> {said.apple}\n> \n{quotation(said)}\n"
    rich = (
        f'<div>{said.one}</div><div><br></div><div>{said.two}</div><br><div><blockquote type="cite">'
        f"<div>{escape(said.apple)}</div><br>{page(said)}</blockquote></div>"
    )
    return Text(both(text, rich), (said.one, said.two))


def _apple_inline(said: Language) -> Text:
    lines = letter(said)
    body = f"{said.apple}\n> {lines[4]}\n\n{said.one}\n\n> {lines[5]}\n\n{said.two}\n"
    return Text(plain(body), (said.one, said.two))


def _ios_top(said: Language) -> Text:
    body = f"{answer(said)}\n\n{said.from_iphone}\n\n> {said.apple}\n> \n> \ufeff{quoted(letter(said))[2:]}\n"
    return Text(plain(body), (said.one, said.two))


def _ios_html(said: Language) -> Text:
    body = (
        f'<div dir="ltr">{said.one}<div>{said.two}</div><br><div dir="ltr">{said.from_iphone}</div>'
        f'<div dir="ltr"><br><blockquote type="cite">{escape(said.apple)}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">\ufeff{page(said)}</div></blockquote></div>'
    )
    return Text(html(body), (said.one, said.two))


def _thunderbird_top(said: Language) -> Text:
    body = f"{answer(said)}\n\n-- \nAda Yilmaz\n+90 555 000\n\n{said.thunderbird}\n{quotation(said)}\n"
    return Text(plain(body), (said.one, said.two))


def _thunderbird_bottom(said: Language) -> Text:
    body = f"{said.thunderbird}\n{quotation(said)}\n\n{answer(said)}\n\n-- \nAda Yilmaz\n"
    return Text(plain(body), (said.one, said.two))


def _thunderbird_html(said: Language) -> Text:
    body = (
        f'<div class="moz-cite-prefix">{said.thunderbird}<br></div><blockquote type="cite" cite="mid:1@x">'
        f"{page(said)}</blockquote><p>{said.one}</p><p>{said.two}</p>"
        '<div class="moz-signature">-- <br>Ada Yilmaz</div>'
    )
    return Text(html(body), (said.one, said.two))


def _roundcube_top(said: Language) -> Text:
    body = f"{answer(said)}\n\n---\nAda\n\n{said.roundcube}\n{quotation(said)}\n"
    return Text(plain(body), (said.one, said.two, "Ada"))


def _roundcube_bottom(said: Language) -> Text:
    return Text(plain(f"{said.roundcube}\n{quotation(said)}\n{answer(said)}\n"), (said.one, said.two))


def _mutt(said: Language) -> Text:
    lines = letter(said)
    body = (
        f"On Mon, Mar 02, 2026 at 10:00:00AM +0000, Shop wrote:\n{quoted(lines[:6])}\n\n{said.one}\n\n"
        f"{quoted(lines[6:])}\n\n{said.two}\n\n-- \nAda\n"
    )
    return Text(plain(body), (said.one, said.two))


def _k9_top(said: Language) -> Text:
    body = f"{answer(said)}\n-- \n{said.from_android}\n\n{said.gmail}\n{quotation(said)}\n"
    return Text(plain(body), (said.one, said.two))


def _k9_bottom(said: Language) -> Text:
    body = f"{said.thunderbird}\n\n{quoted(letter(said), '>')}\n\n{answer(said)}\n\n{said.from_android}\n"
    return Text(plain(body), (said.one, said.two))


def _outlook_plain(said: Language) -> Text:
    dashes = f"-----{said.original}-----"
    rest = "\n".join(letter(said))
    return Text(plain(f"{answer(said)}\n\n{dashes}\n{headers(said)}\n\n{rest}\n"), (said.one, said.two))


def _outlook_html(said: Language) -> Text:
    fields = headers(said).split("\n")
    block = "<br>".join(f"<b>{escape(each)}</b>" for each in fields)
    body = (
        f'<div class="WordSection1"><p class="MsoNormal">{said.one}<o:p></o:p></p>'
        f'<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">{said.two}</p>'
        f'<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal">{block}</p></div>'
        f"{page(said)}</div>"
    )
    return Text(html(body), (said.one, said.two))


def _outlook_web(said: Language) -> Text:
    block = "<br>".join(
        f"<b>{escape(each.partition(':')[0])}:</b>{escape(each.partition(':')[2])}"
        for each in headers(said).split("\n")
    )
    body = (
        f'<div class="elementToProof">{said.one}</div><div><br></div><div>{said.two}</div>'
        f'<div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr">{block}<div>'
        f"&nbsp;</div></div>{page(said)}"
    )
    return Text(html(body), (said.one, said.two))


def _outlook_mobile(said: Language) -> Text:
    rest = "\n".join(letter(said))
    body = f"{answer(said)}\n\n{said.outlook_mobile}\n{'_' * 32}\n{headers(said)}\n\n{rest}\n"
    return Text(plain(body), (said.one, said.two))


def _exchange(said: Language) -> Text:
    rest = "\n".join(letter(said))
    footer = f"---\n{said.antivirus}\nhttps://www.avast.com"
    body = f"{answer(said)}\n\n{headers(said, '*')}\n\n{rest}\n\n{footer}\n"
    return Text(plain(body), (said.one, said.two))


def _yahoo_web(said: Language) -> Text:
    rest = quoted(letter(said), "  ")
    return Text(plain(f" {answer(said)}\n\n    {said.yahoo}  \n \n{rest}\n  "), (said.one, said.two))


def _yahoo_html(said: Language) -> Text:
    body = (
        f"<div>{said.one}</div><div>{said.two}</div><br><br>"
        f'<a href="https://yho.example/">{said.yahoo_mobile}</a><br>'
        f'<div id="yahoo_quoted_1" class="yahoo_quoted"><p>{escape(said.yahoo)}</p>{page(said)}</div>'
    )
    return Text(html(body), (said.one, said.two))


def _gmx(said: Language) -> Text:
    fields = "<br>".join(escape(each) for each in headers(said).split("\n"))
    body = (
        f'<div style="font-family: Verdana"><div>{said.one}</div><div>{said.two}</div><div>&nbsp;'
        f'<div name="quote" style="border-left:2px solid #C3D9E5"><div>{fields}</div>'
        f'<div name="quoted-content">{page(said)}</div></div></div></div>'
    )
    return Text(html(body), (said.one, said.two))


def _proton(said: Language) -> Text:
    body = f"{answer(said)}\n\n{said.proton}\n\n{said.apple}\n\n{quotation(said)}\n"
    return Text(plain(body), (said.one, said.two))


def _samsung(said: Language) -> Text:
    rest = "\n".join(letter(said))
    head = f"-------- {said.original} --------{headers(said)}".replace("\n", " ")
    body = f"{answer(said)}\n\n\n{said.from_samsung}\n\n{head}\n{rest}\n"
    return Text(plain(body), (said.one, said.two))


def _greeting_then_inline(said: Language) -> Text:
    lines = letter(said)
    first, last = quoted(lines[:5]), quoted(lines[5:6])
    body = f"{said.hello}\n\n{said.thunderbird}\n{first}\n{said.one}\n\n{last}\n{said.two}\n"
    return Text(plain(body), (said.hello, said.one, said.two))


def _below_with_antivirus(said: Language) -> Text:
    body = f"{said.gmail}\n{quotation(said)}\n\n{answer(said)}\n\n-- \n{said.antivirus}\nwww.avast.com\n"
    return Text(plain(body), (said.one, said.two))


def _quotes_in_quotes(said: Language) -> Text:
    deep = [*letter(said), "", said.thunderbird, *(f"> {line}" for line in letter(said))]
    return Text(plain(f"{said.one}\n\n{said.apple}\n\n{quoted(deep)}\n\n{said.two}\n"), (said.one, said.two))


def _no_quotation(said: Language) -> Text:
    return Text(plain(f"{said.hello}\n\n{answer(said)}\n"), (said.hello, said.one, said.two))


LAYOUTS: dict[str, Callable[[Language], Text]] = {
    "Gmail above": _gmail_top,
    "Gmail below": _gmail_bottom,
    "Gmail between": _gmail_inline,
    "Gmail on Android, HTML": _gmail_html,
    "Gmail between, HTML": _gmail_html_inline,
    "Apple Mail above": _apple_top,
    "Apple Mail between": _apple_inline,
    "iOS above": _ios_top,
    "iOS, HTML": _ios_html,
    "Thunderbird above": _thunderbird_top,
    "Thunderbird below": _thunderbird_bottom,
    "Thunderbird below, HTML": _thunderbird_html,
    "Roundcube above": _roundcube_top,
    "Roundcube below": _roundcube_bottom,
    "mutt": _mutt,
    "K-9 above": _k9_top,
    "K-9 below": _k9_bottom,
    "Outlook, plain": _outlook_plain,
    "Outlook, HTML": _outlook_html,
    "Outlook on the web": _outlook_web,
    "Outlook on a telephone": _outlook_mobile,
    "Exchange, with an antivirus footer": _exchange,
    "Yahoo": _yahoo_web,
    "Yahoo on a telephone, HTML": _yahoo_html,
    "GMX, HTML": _gmx,
    "Proton Mail": _proton,
    "Samsung": _samsung,
    "a greeting, then between": _greeting_then_inline,
    "below, with an antivirus footer": _below_with_antivirus,
    "quotations within quotations": _quotes_in_quotes,
    "no quotation": _no_quotation,
}


def replies() -> Iterator[Reply]:
    for layout, make in LAYOUTS.items():
        for language, said in LANGUAGES.items():
            made = make(said)
            yield Reply(layout, language, made.body, "\n".join(made.own))
