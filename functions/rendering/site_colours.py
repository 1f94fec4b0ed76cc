"""A site's own colours and logo on its hosted pages, and what the content policy must say of them.

The rule is a style sheet within the page, named by its hash (Content Security Policy Level 3, 8.4): a sheet
of its own would be one more call for each page.
"""

import hashlib
from base64 import b64encode

from markupsafe import Markup

from complaints.case.correspondence.letterhead import Letterhead


def rule(letterhead: Letterhead) -> Markup:
    """The style sheet that sets a site's colours, or nothing if it has none of its own."""
    if not letterhead.has_own_colours:
        return Markup()
    colours = f"--brand:{letterhead.accent};--on-brand:{letterhead.accent_text}"
    return Markup(":root{{{};--band:6px}}").format(colours)


def widget_rule(accent: str, on_accent: str) -> Markup:
    """The style sheet by which a website gives the widget its colours."""
    return Markup(":root{{--answerable-accent:{};--answerable-on-accent:{}}}").format(accent, on_accent)


def with_sheet(policy: str, sheet: str) -> str:
    """The content policy with the hash of a style sheet within the page."""
    digest = b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return policy.replace("style-src 'self'", f"style-src 'self' 'sha256-{digest}'")


def permitted(policy: str, letterhead: Letterhead) -> str:
    """The content policy with the hash of the `rule` and the address of the logo."""
    if sheet := rule(letterhead):
        policy = with_sheet(policy, sheet)
    if letterhead.logo:
        policy = policy.replace("img-src 'self'", f"img-src 'self' {letterhead.logo}")
    return policy
