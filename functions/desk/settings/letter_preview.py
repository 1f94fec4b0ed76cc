"""A letter as it would be after a change of a site's own words: an example, and nothing is written."""

from chalice.app import Response
from msgspec import Struct, field

from complaints.adapters.container import Container
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.delivery.rendered_letter import Reader
from complaints.letters.content.blocks import PARAGRAPHS
from complaints.letters.content.examples import KINDS, example, quotes, with_paragraph
from complaints.settings.changes import Change
from complaints.settings.commands import PutWording
from complaints.settings.service import site_after
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.site.site import Site
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Language
from functions.desk.settings.dry_run_change import begin, command_of
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit

OF_WORDS = (SettingKind.TEXTS, SettingKind.SITE)
"""The settings that letters take words from."""


class PreviewRequest(Struct, frozen=True, kw_only=True):
    """Which letter is shown, in which language of the site."""

    letter: LetterKind
    language: Language


class Preview(Struct, frozen=True, kw_only=True):
    """A letter as it would be sent: its sender, subject, and body as text and as HTML."""

    language: str
    sender: str = field(name="from")
    subject: str
    text: str
    html: str


def preview(visit: Visit, kind: str, name: str) -> Response:
    """One letter with the words of the change; the body is that of the change, and names the letter."""
    at, change, body, context = begin(visit, kind, name, OF_WORDS)
    asked = read(PreviewRequest, {field: body.pop(field, None) for field in PreviewRequest.__struct_fields__})
    return json_response(
        letter_with(visit.deps, asked, at.setting, command_of(change, at.setting, body), context)
    )


def letter_with(
    deps: Container,
    asked: PreviewRequest,
    setting: Setting,
    command: Change,
    context: SettingsContext,
) -> Preview:
    """The letter with the words of the change of a `setting` of a site. Raises `Invalid`."""
    site = site_after(deps.sites.terms(setting.id).site, setting, command, context)
    if wrong := _unavailable(asked, site):
        raise Invalid(*wrong)
    letter = example(asked.letter, setting.id, asked.language, context.now)
    if isinstance(command, PutWording) and command.place in PARAGRAPHS:
        letter = with_paragraph(letter, command.place)
    return _shown(deps, letter, site)


def _unavailable(asked: PreviewRequest, site: Site) -> list[Wrong]:
    wrong = []
    if asked.language not in site.languages:
        wrong.append(Wrong("/language", "not-spoken"))
    if asked.letter not in KINDS:
        wrong.append(Wrong("/letter", "unknown-value"))
    return wrong


def _shown(deps: Container, letter: Letter, site: Site) -> Preview:
    """The letter in words, with who it is from."""
    text = deps.catalogues.text
    rendered = deps.letter_renderer.render(
        letter,
        Reader(
            name=text(letter.language, "mail.example.name"),
            sought=text(letter.language, "mail.example.sought"),
        ),
        site,
        text=text(letter.language, "mail.example.text") if quotes(letter.kind) else None,
        link=f"{deps.settings.url}/status/{letter.reference}",
        replies=bool(deps.settings.inbound_domain),
    )
    return Preview(
        language=rendered.language,
        sender=deps.letter_renderer.sender_name(site, rendered.language),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
    )
