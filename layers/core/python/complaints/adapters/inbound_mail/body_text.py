"""The text of a mail out of its parts: plain text and HTML, and both where one says what the other does
not."""

import re
from itertools import groupby

from complaints.adapters.inbound_mail.charsets import decoded
from complaints.adapters.inbound_mail.html_to_text import text_of as text_of_html
from complaints.adapters.inbound_mail.parts import Part, charset, content

MOST_TEXT = 300_000
"""More signs of plain text, or of HTML, than these are not read, in all parts together: they stay in the mail
as it came."""

_WORDS = re.compile(r"\w+")


def readable() -> dict[str, int]:
    """How much may be read of each kind of text in a mail."""
    return {"text/plain": MOST_TEXT, "text/html": MOST_TEXT}


def text_of(parts: list[Part], left: dict[str, int]) -> str:
    """The texts in their order; of alternatives that say the same the plain one. Takes what it reads from
    what is `left` to be read."""
    texts = []
    for _, group in groupby((part for part in parts if part.is_text), key=lambda part: part.group):
        read: dict[str, list[str]] = {"text/plain": [], "text/html": []}
        for part in group:
            most = left[part.type]
            words = decoded(content(part.message)[: 4 * most], charset(part.message))[:most]
            left[part.type] -= len(words)
            read[part.type].append(words)
        texts.append(_of_alternatives(read["text/plain"], read["text/html"]))
    return "\n\n".join(text for text in texts if text.strip())


def _of_alternatives(plain_parts: list[str], html_parts: list[str]) -> str:
    """The plain text, with what only the HTML says: some programs put a stub there, or nothing."""
    plain = "\n\n".join(plain_parts)
    if not plain.strip():
        return "\n\n".join(map(text_of_html, html_parts))
    html = "\n\n".join(text_of_html(each, targets=False) for each in html_parts)
    in_plain, in_html = _words(plain), _words(html)
    if in_html <= in_plain:
        return plain
    if in_plain <= in_html:
        return "\n\n".join(map(text_of_html, html_parts))
    lacking = [line for line in html.split("\n") if not _words(line) <= in_plain]
    return "\n\n".join((plain, "\n".join(lacking)))


def _words(text: str) -> set[str]:
    return set(_WORDS.findall(text.casefold()))
