"""A letter as it would be after a change of a site's own words: an example, and nothing is written."""

from typing import Any

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import world
from complaints.delivery.rendered import Reader
from complaints.letters.examples import KINDS, example, quotes
from complaints.model.letter import Letter, LetterKind
from complaints.settings.commands import Change
from complaints.settings.context import Surroundings
from complaints.settings.preview import site_after
from complaints.settings.setting import Kind, Setting
from complaints.site.site import Site
from complaints.values.errors import Invalid, Wrong
from complaints.values.values import Language
from functions.api.admin.dry_run_change import begin, command_of
from functions.http.responses import of_json
from functions.http.validation import read

OF_WORDS = (Kind.TEXTS, Kind.SITE)
"""The settings that letters take words from."""


class Wanted(Struct, frozen=True, kw_only=True):
    """Which letter is shown, in which language of the site."""

    letter: LetterKind
    language: Language


def preview(kind: str, name: str) -> Response:
    """One letter with the words of the change; the body is that of the change, and names the letter."""
    at, change, body, given = begin(kind, name, OF_WORDS)
    wanted = read(Wanted, {field: body.pop(field, None) for field in Wanted.__struct_fields__})
    return of_json(letter_with(wanted, at.setting, command_of(change, at.setting, body), given))


def letter_with(wanted: Wanted, setting: Setting, command: Change, given: Surroundings) -> dict[str, Any]:
    """The letter with the words of the change of a `setting` of a site. Raises `Invalid`."""
    site = site_after(world().sites.terms(setting.id).site, setting, command, given)
    if wrong := _unavailable(wanted, site):
        raise Invalid(*wrong)
    return _shown(example(wanted.letter, setting.id, wanted.language, given.now), site)


def _unavailable(wanted: Wanted, site: Site) -> list[Wrong]:
    wrong = []
    if wanted.language not in site.languages:
        wrong.append(Wrong("/language", "not-spoken"))
    if wanted.letter not in KINDS:
        wrong.append(Wrong("/letter", "unknown-value"))
    return wrong


def _shown(letter: Letter, site: Site) -> dict[str, Any]:
    """The letter in words, with who it is from."""
    here = world()
    said = here.catalogues.text
    rendered = here.mailroom.render(
        letter,
        Reader(name=said(letter.language, "mail.example.name")),
        site,
        text=said(letter.language, "mail.example.text") if quotes(letter.kind) else None,
        link=f"{here.settings.url}/status/{letter.reference}",
        replies=bool(here.settings.inbox),
    )
    return {
        "language": rendered.language,
        "from": here.mailroom.sender_name(site, rendered.language),
        "subject": rendered.subject,
        "text": rendered.text,
        "html": rendered.html,
    }
