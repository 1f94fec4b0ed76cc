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


def letter(words: Language) -> list[str]:
    """Our letter as text."""
    return [TOP, "", words.letter[0], "", words.letter[1], words.letter[2], "", LINK, "", "Shop, Istanbul"]


def answer(words: Language) -> str:
    return f"{words.one}\n\n{words.two}"


def quotation(words: Language) -> str:
    return quoted(letter(words))


def quoted(lines: list[str], mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in lines)


def headers(words: Language, bold: str = "") -> str:
    whose, when, to, about = words.labels
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


def page(words: Language) -> str:
    """Our letter as HTML."""
    return (
        f"<table><tr><td><p>{TOP}</p><p>{words.letter[0]}</p><p>{words.letter[1]}<br>{words.letter[2]}</p>"
        f'<p><a href="{escape(LINK)}">{escape(LINK)}</a></p><p>Shop, Istanbul</p></td></tr></table>'
    )


def _gmail_top(words: Language) -> Text:
    text = f"{answer(words)}\n\n{words.gmail}\n\n{quotation(words)}\n"
    rich = (
        f'<div dir="ltr"><div>{words.one}</div><div><br></div><div>{words.two}</div></div><br>'
        f'<div class="gmail_quote"><div class="gmail_attr">{escape(words.gmail)}<br></div>'
        f'<blockquote class="gmail_quote" style="border-left:1px solid">{page(words)}</blockquote></div>'
    )
    return Text(both(text, rich), (words.one, words.two))


def _gmail_bottom(words: Language) -> Text:
    return Text(plain(f"{words.gmail}\n\n{quotation(words)}\n\n{answer(words)}\n"), (words.one, words.two))


def _gmail_inline(words: Language) -> Text:
    first, last = letter(words)[:5], letter(words)[5:]
    body = f"{words.gmail}\n\n{quoted(first)}\n\n{words.one}\n\n{quoted(last)}\n\n{words.two}\n"
    return Text(plain(body), (words.one, words.two))


def _gmail_html(words: Language) -> Text:
    body = (
        f'<div dir="auto">{words.one}<div dir="auto">{words.two}</div></div><br><div class="gmail_quote">'
        f'<div dir="ltr" class="gmail_attr">{escape(words.gmail)}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{page(words)}</blockquote></div>'
    )
    return Text(html(body), (words.one, words.two))


def _gmail_html_inline(words: Language) -> Text:
    one, two = f"<p>{words.letter[1]}</p>", f"<p>{words.letter[2]}</p>"
    body = (
        f"<div>{words.hello}</div>"
        f'<div class="gmail_quote"><div class="gmail_attr">{escape(words.gmail)}</div>'
        f'<blockquote class="gmail_quote">{one}</blockquote><div>{words.one}</div>'
        f'<blockquote class="gmail_quote">{two}</blockquote><div>{words.two}</div></div>'
    )
    return Text(html(body), (words.hello, words.one, words.two))


def _apple_top(words: Language) -> Text:
    text = f"{answer(words)}\n\n> {words.apple}\n> \n{quotation(words)}\n"
    rich = (
        f'<div>{words.one}</div><div><br></div><div>{words.two}</div><br><div><blockquote type="cite">'
        f"<div>{escape(words.apple)}</div><br>{page(words)}</blockquote></div>"
    )
    return Text(both(text, rich), (words.one, words.two))


def _apple_inline(words: Language) -> Text:
    lines = letter(words)
    body = f"{words.apple}\n> {lines[4]}\n\n{words.one}\n\n> {lines[5]}\n\n{words.two}\n"
    return Text(plain(body), (words.one, words.two))


def _ios_top(words: Language) -> Text:
    quotation_below = f"> {words.apple}\n> \n> \ufeff{quoted(letter(words))[2:]}\n"
    body = f"{answer(words)}\n\n{words.from_iphone}\n\n{quotation_below}"
    return Text(plain(body), (words.one, words.two))


def _ios_html(words: Language) -> Text:
    body = (
        f'<div dir="ltr">{words.one}<div>{words.two}</div><br><div dir="ltr">{words.from_iphone}</div>'
        f'<div dir="ltr"><br><blockquote type="cite">{escape(words.apple)}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">\ufeff{page(words)}</div></blockquote></div>'
    )
    return Text(html(body), (words.one, words.two))


def _thunderbird_top(words: Language) -> Text:
    body = f"{answer(words)}\n\n-- \nAda Yilmaz\n+90 555 000\n\n{words.thunderbird}\n{quotation(words)}\n"
    return Text(plain(body), (words.one, words.two))


def _thunderbird_bottom(words: Language) -> Text:
    body = f"{words.thunderbird}\n{quotation(words)}\n\n{answer(words)}\n\n-- \nAda Yilmaz\n"
    return Text(plain(body), (words.one, words.two))


def _thunderbird_html(words: Language) -> Text:
    body = (
        f'<div class="moz-cite-prefix">{words.thunderbird}<br></div><blockquote type="cite" cite="mid:1@x">'
        f"{page(words)}</blockquote><p>{words.one}</p><p>{words.two}</p>"
        '<div class="moz-signature">-- <br>Ada Yilmaz</div>'
    )
    return Text(html(body), (words.one, words.two))


def _roundcube_top(words: Language) -> Text:
    body = f"{answer(words)}\n\n---\nAda\n\n{words.roundcube}\n{quotation(words)}\n"
    return Text(plain(body), (words.one, words.two, "Ada"))


def _roundcube_bottom(words: Language) -> Text:
    return Text(plain(f"{words.roundcube}\n{quotation(words)}\n{answer(words)}\n"), (words.one, words.two))


def _mutt(words: Language) -> Text:
    lines = letter(words)
    body = (
        f"On Mon, Mar 02, 2026 at 10:00:00AM +0000, Shop wrote:\n{quoted(lines[:6])}\n\n{words.one}\n\n"
        f"{quoted(lines[6:])}\n\n{words.two}\n\n-- \nAda\n"
    )
    return Text(plain(body), (words.one, words.two))


def _k9_top(words: Language) -> Text:
    body = f"{answer(words)}\n-- \n{words.from_android}\n\n{words.gmail}\n{quotation(words)}\n"
    return Text(plain(body), (words.one, words.two))


def _k9_bottom(words: Language) -> Text:
    body = f"{words.thunderbird}\n\n{quoted(letter(words), '>')}\n\n{answer(words)}\n\n{words.from_android}\n"
    return Text(plain(body), (words.one, words.two))


def _outlook_plain(words: Language) -> Text:
    dashes = f"-----{words.original}-----"
    rest = "\n".join(letter(words))
    return Text(plain(f"{answer(words)}\n\n{dashes}\n{headers(words)}\n\n{rest}\n"), (words.one, words.two))


def _outlook_html(words: Language) -> Text:
    fields = headers(words).split("\n")
    block = "<br>".join(f"<b>{escape(each)}</b>" for each in fields)
    body = (
        f'<div class="WordSection1"><p class="MsoNormal">{words.one}<o:p></o:p></p>'
        f'<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">{words.two}</p>'
        f'<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal">{block}</p></div>'
        f"{page(words)}</div>"
    )
    return Text(html(body), (words.one, words.two))


def _outlook_web(words: Language) -> Text:
    block = "<br>".join(
        f"<b>{escape(each.partition(':')[0])}:</b>{escape(each.partition(':')[2])}"
        for each in headers(words).split("\n")
    )
    body = (
        f'<div class="elementToProof">{words.one}</div><div><br></div><div>{words.two}</div>'
        f'<div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr">{block}<div>'
        f"&nbsp;</div></div>{page(words)}"
    )
    return Text(html(body), (words.one, words.two))


def _outlook_mobile(words: Language) -> Text:
    rest = "\n".join(letter(words))
    body = f"{answer(words)}\n\n{words.outlook_mobile}\n{'_' * 32}\n{headers(words)}\n\n{rest}\n"
    return Text(plain(body), (words.one, words.two))


def _exchange(words: Language) -> Text:
    rest = "\n".join(letter(words))
    footer = f"---\n{words.antivirus}\nhttps://www.avast.com"
    body = f"{answer(words)}\n\n{headers(words, '*')}\n\n{rest}\n\n{footer}\n"
    return Text(plain(body), (words.one, words.two))


def _yahoo_web(words: Language) -> Text:
    rest = quoted(letter(words), "  ")
    return Text(plain(f" {answer(words)}\n\n    {words.yahoo}  \n \n{rest}\n  "), (words.one, words.two))


def _yahoo_html(words: Language) -> Text:
    body = (
        f"<div>{words.one}</div><div>{words.two}</div><br><br>"
        f'<a href="https://yho.example/">{words.yahoo_mobile}</a><br>'
        f'<div id="yahoo_quoted_1" class="yahoo_quoted"><p>{escape(words.yahoo)}</p>{page(words)}</div>'
    )
    return Text(html(body), (words.one, words.two))


def _gmx(words: Language) -> Text:
    fields = "<br>".join(escape(each) for each in headers(words).split("\n"))
    body = (
        f'<div style="font-family: Verdana"><div>{words.one}</div><div>{words.two}</div><div>&nbsp;'
        f'<div name="quote" style="border-left:2px solid #C3D9E5"><div>{fields}</div>'
        f'<div name="quoted-content">{page(words)}</div></div></div></div>'
    )
    return Text(html(body), (words.one, words.two))


def _proton(words: Language) -> Text:
    body = f"{answer(words)}\n\n{words.proton}\n\n{words.apple}\n\n{quotation(words)}\n"
    return Text(plain(body), (words.one, words.two))


def _samsung(words: Language) -> Text:
    rest = "\n".join(letter(words))
    head = f"-------- {words.original} --------{headers(words)}".replace("\n", " ")
    body = f"{answer(words)}\n\n\n{words.from_samsung}\n\n{head}\n{rest}\n"
    return Text(plain(body), (words.one, words.two))


def _greeting_then_inline(words: Language) -> Text:
    lines = letter(words)
    first, last = quoted(lines[:5]), quoted(lines[5:6])
    body = f"{words.hello}\n\n{words.thunderbird}\n{first}\n{words.one}\n\n{last}\n{words.two}\n"
    return Text(plain(body), (words.hello, words.one, words.two))


def _below_with_antivirus(words: Language) -> Text:
    body = f"{words.gmail}\n{quotation(words)}\n\n{answer(words)}\n\n-- \n{words.antivirus}\nwww.avast.com\n"
    return Text(plain(body), (words.one, words.two))


def _quotes_in_quotes(words: Language) -> Text:
    deep = [*letter(words), "", words.thunderbird, *(f"> {line}" for line in letter(words))]
    return Text(
        plain(f"{words.one}\n\n{words.apple}\n\n{quoted(deep)}\n\n{words.two}\n"), (words.one, words.two)
    )


def _no_quotation(words: Language) -> Text:
    return Text(plain(f"{words.hello}\n\n{answer(words)}\n"), (words.hello, words.one, words.two))


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
        for language, value in LANGUAGES.items():
            made = make(value)
            yield Reply(layout, language, made.body, "\n".join(made.own))
