"""How the letters and the hosted pages of a site look, and who signs the letters: its letterhead."""

from typing import Annotated

from msgspec import Meta, Struct

from complaints.values.field_types import Language, ShortText, StrictInput

Colour = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}$(?!\n)")]
Link = Annotated[str, Meta(max_length=500, pattern=r"^https://[^\s<>\x22]+$(?!\n)")]
Picture = Annotated[
    str, Meta(max_length=200, pattern=r"^https://[a-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9._~/%-]+$(?!\n)")
]
"""The address of a picture: of these characters only, since a content policy names it."""
Signature = Annotated[str, Meta(min_length=1, max_length=300)]
LONGEST = 1_000
"""Code points of a site's own paragraphs in one letter, which keep it below the 20 KB that mail is cut at."""


class Letterhead(StrictInput, Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a site puts on its letters and its hosted pages. `accent` is the ground of buttons, `accent_text`
    the words on it; the widget has these colours where the website sets none. Hosted pages show the `logo`;
    letters load no picture.

    `sender` is the name that mail is from, `signature` the lines at the end of letters to complainants, by
    language. `privacy` and `contact` are pages of the site, named in the footer.
    """

    accent: Colour = "#1a6fc4"
    accent_text: Colour = "#ffffff"
    logo: Picture | None = None
    privacy: Link | None = None
    contact: Link | None = None
    sender: dict[Language, ShortText] = {}
    signature: dict[Language, Signature] = {}

    @property
    def has_own_colours(self) -> bool:
        return (self.accent, self.accent_text) != (PLAIN.accent, PLAIN.accent_text)


PLAIN = Letterhead()
"""That of a site that has none of its own."""
