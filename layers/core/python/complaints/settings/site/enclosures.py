"""Enclosures of a site: the files that go with its letters where a promise pack asks for them, one in each
language."""

from msgspec.structs import replace

from complaints.case.correspondence.letter import Enclosure
from complaints.case.fact import Fact
from complaints.case.record.attachments import FileType
from complaints.files.file_names import download_name
from complaints.letters.content.blocks import FILES
from complaints.settings.commands import PutEnclosure
from complaints.settings.events import TextsChanged
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.site.site import Texts
from complaints.values.errors import Invalid, Wrong

FOLDER = "enclosures/"
"""Where these files lie in the store, apart from those of cases."""

MOST_BYTES = 2 * 1024 * 1024
"""The size of one file: as part of a mail it is a third larger, and the mail service takes 10 MB."""


def put_enclosure(setting: Setting, command: PutEnclosure, context: SettingsContext) -> list[Fact]:
    """Puts one file in the place of another, or takes it away. Raises `Invalid`."""
    before = setting.record if isinstance(setting.record, Texts) else Texts()
    there = before.enclosures.get(command.block, {})
    if command.block not in FILES:
        raise Invalid(Wrong("/block", "unknown-value"))
    if command.language not in context.sites[setting.id].languages:
        raise Invalid(Wrong("/language", "not-spoken"))
    if command.file is None:
        if command.language not in there:
            raise Invalid(Wrong("/file", "missing"))
        mine = {}
    else:
        mine = {command.language: _enclosure(command, context)}
    others = {tag: file for tag, file in there.items() if tag != command.language}
    enclosures = dict(before.enclosures) | {command.block: others | mine}
    record = replace(before, enclosures={block: files for block, files in enclosures.items() if files})
    return [TextsChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def enclosure_key(site: str, file: str) -> str:
    """The key of such a file in the store.

    >>> enclosure_key("demo-gb", "00ff")
    'enclosures/demo-gb.00ff'
    """
    return f"{FOLDER}{site}.{file}"


def _enclosure(command: PutEnclosure, context: SettingsContext) -> Enclosure:
    """The file that was looked at, under a name that every program takes."""
    uploaded = context.uploaded
    if not command.name:
        raise Invalid(Wrong("/name", "missing"))
    if uploaded is None:
        raise Invalid(Wrong("/file", "not-uploaded"))
    return replace(uploaded, name=download_name(command.name, FileType.PDF))
