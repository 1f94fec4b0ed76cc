"""Our own links in the words of strangers: masked, because who has one can act as the complainant.

A reply quotes the letter that it answers, and with it the link to the complainant's page. Its secret is known
by its form on whatever host: mail servers rewrite links to go by a host of their own (`%3Ft%3D`, `-3Ft-3D`),
and mail programs break long ones over two lines.
"""

import re

MASK = "***"

SECRET_LENGTH = 32
"""Signs of a secret (`Casework.access`)."""

_BREAK = r"(?:=?\r?\n[>\s]{0,20})"
_NAME = re.compile(
    rf"(?:[?&;]|%(?:25){{0,3}}(?:3F|26)|-(?:3F|26)){_BREAK}?t(?:=3D|=|%(?:25){{0,3}}3D|-3D){_BREAK}?",
    re.IGNORECASE,
)
_SIGNS = re.compile(rf"(?P<signs>[A-Za-z0-9_-]+)(?P<more>{_BREAK}(?=[A-Za-z0-9_-]))?")


def masked(text: str) -> str:
    """The text with the secret of each of our links masked, so that it opens nothing."""
    pieces, place = [], 0
    while name := _NAME.search(text, place):
        end = _end_of_secret(text, name.end())
        pieces += [text[place : name.end()], MASK if end else ""]
        place = end or name.end()
    return "".join([*pieces, text[place:]])


def _end_of_secret(text: str, place: int) -> int | None:
    """Behind the signs of a secret, which may stand on several lines; `None` where they are too few for
    one."""
    count = 0
    while signs := _SIGNS.match(text, place):
        count, place = count + len(signs["signs"]), signs.end("signs")
        if count >= SECRET_LENGTH:
            return place
        if signs["more"] is None:
            return None
        place = signs.end()
    return None
