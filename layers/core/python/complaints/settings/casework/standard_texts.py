"""What changes of a site's standard texts: each is a setting of its own, with a history of its own."""

from collections.abc import Iterator, Mapping

from complaints.case.fact import Fact
from complaints.letters.content.custom_paragraphs import Unbalanced, UnknownPlaceholder, filled
from complaints.settings.commands import ChangeStandardText
from complaints.settings.events import StandardTextChanged
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.settings.validation import wrong_part_name, wrong_texts
from complaints.site.site import SiteRecord
from complaints.values.casework.standard_texts import PLACEHOLDERS, StandardText
from complaints.values.errors import Invalid, Wrong

MOST_TEXTS = 300
"""Texts of a site: all are read together, once a minute where somebody chooses one."""

MOST_CODE_POINTS = 500_000
"""Code points of all texts of a site in all languages, for the same reason."""

_KNOWN = {name: name for name in PLACEHOLDERS}


def change_standard_text(
    setting: Setting, command: ChangeStandardText, context: SettingsContext
) -> list[Fact]:
    """Adds a standard text, or changes one. Raises `Invalid`."""
    others = {id: text for id, text in context.standard_texts.items() if id != setting.id}
    record = StandardText(
        title=command.title,
        use=command.use,
        texts=command.texts,
        roles=command.roles,
        retired=command.retired,
    )
    wrong = [
        *wrong_part_name(setting),
        *_wrong_wording(record, context.sites[setting.site]),
        *_too_much(record, others, is_new=setting.record is None),
    ]
    if wrong:
        raise Invalid(*sorted(wrong, key=lambda each: each.pointer))
    return [StandardTextChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def _wrong_wording(record: StandardText, site: SiteRecord) -> Iterator[Wrong]:
    """There are words in the site's first language, and what they fill in is known."""
    if not record.texts:
        yield Wrong(f"/texts/{site.language}", "missing")
    yield from wrong_texts("texts", record.texts, site)
    for tag, text in record.texts.items():
        try:
            filled(text, _KNOWN)
        except Unbalanced:
            yield Wrong(f"/texts/{tag}", "unbalanced-brace")
        except UnknownPlaceholder:
            yield Wrong(f"/texts/{tag}", "unknown-placeholder", ", ".join(f"{{{name}}}" for name in _KNOWN))


def _too_much(record: StandardText, others: Mapping[str, StandardText], *, is_new: bool) -> Iterator[Wrong]:
    if is_new and len(others) >= MOST_TEXTS:
        yield Wrong("/id", "too-many", MOST_TEXTS)
    length = sum(len(text) for each in (record, *others.values()) for text in each.texts.values())
    if length > MOST_CODE_POINTS:
        yield Wrong("/texts", "too-long", MOST_CODE_POINTS)
