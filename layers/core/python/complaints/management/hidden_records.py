"""Hidden records: those that count complaints of sensitive categories are there for cleared members alone."""

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from complaints.case.correspondence.letter import RecordLine
from complaints.casework.people.sensitive_cases import hidden_categories
from complaints.management.record import ManagementRecord, RecordKind
from complaints.site.site import Site
from complaints.values.people import Member

SENSITIVE = "records.sensitive"
"""The text that stands for the title of a hidden record."""


def is_hidden(
    record: ManagementRecord, member: Member, site: Site, themes: Iterable[ManagementRecord] = ()
) -> bool:
    """Whether a record names a category that is hidden from this member, or a product that has one: what is
    counted of the product, without what is counted of its other categories, is what is hidden. So is an
    action of one of the `themes` that are hidden."""
    hidden = hidden_categories(member, site.codes)
    if not hidden:
        return False
    of_theme = getattr(record.content, "theme", None)
    if of_theme and of_theme in _codes_of_themes(each for each in themes if _names(each, hidden, site)):
        return True
    return _names(record, hidden, site)


def without_sensitive(records: Iterable[ManagementRecord], site: Site) -> list[ManagementRecord]:
    """Those that everybody may read, whoever asks: no sensitive one, and no action of a sensitive theme."""
    known = list(records)
    hidden = [each for each in known if is_sensitive(each, site)]
    themes = _codes_of_themes(hidden)
    return [
        each for each in known if each not in hidden and getattr(each.content, "theme", None) not in themes
    ]


def is_sensitive(record: ManagementRecord, site: Site) -> bool:
    """Whether a record is there for cleared members alone."""
    return _names(record, site.codes.sensitive, site)


def told_to(
    line: RecordLine,
    record: ManagementRecord,
    reader: str | None,
    site: Site,
    members: Sequence[Member],
    themes: Iterable[ManagementRecord] = (),
) -> RecordLine:
    """What a mail says of a record to a member, or to an address of the site, which nobody knows the readers
    of: of a sensitive one, or of one of a sensitive theme, no more than that there is something to read."""
    member = next((each for each in members if each.id == reader), None)
    if member is not None and member.sensitive:
        return line
    of_theme = getattr(record.content, "theme", None)
    sensitive = _codes_of_themes(each for each in themes if is_sensitive(each, site))
    if not is_sensitive(record, site) and of_theme not in sensitive:
        return line
    return replace(line, title="", title_id=SENSITIVE, is_hidden=True)


def _names(record: ManagementRecord, hidden: Collection[str], site: Site) -> bool:
    products = {each.product for each in site.codes.categories if each.product and each.code in hidden}
    category, product = (getattr(record.content, name, None) for name in ("category", "product"))
    return category in hidden or product in products


def _codes_of_themes(records: Iterable[ManagementRecord]) -> frozenset[str]:
    return frozenset(each.code for each in records if each.kind is RecordKind.THEME)
