"""What changes of a site's own words in its letters: those of one place at a time."""

from complaints.case.fact import Fact
from complaints.letters.content.blocks import PARAGRAPHS
from complaints.letters.content.examples import KINDS
from complaints.settings.commands import ChangeTexts, PutWording
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.settings.site.sites import change_texts
from complaints.site.site import Texts
from complaints.values.errors import Invalid, Wrong

PLACES = (*(kind.value for kind in KINDS), *PARAGRAPHS)
"""Where own words may stand: after the greeting of a kind of letter, or in a paragraph that packs ask for."""


def letter_of(place: str) -> str:
    """The kind of letter that a place is in; the place itself, where it is in none."""
    return PARAGRAPHS[place].letters[0] if place in PARAGRAPHS else place


def put_wording(setting: Setting, command: PutWording, context: SettingsContext) -> list[Fact]:
    """Writes the own words of one place; without texts there are none. Raises `Invalid`, with pointers to the
    fields of this command."""
    if command.place not in PLACES:
        raise Invalid(Wrong("/place", "unknown-value"))
    texts = setting.record if isinstance(setting.record, Texts) else Texts()
    named = "blocks" if command.place in PARAGRAPHS else "letters"
    others = {place: words for place, words in getattr(texts, named).items() if place != command.place}
    mine = {command.place: command.texts} if command.texts else {}
    values = {name: getattr(texts, name) for name in ChangeTexts.__struct_fields__ if name != "reason"}
    changed = ChangeTexts(**values | {named: others | mine}, reason=command.reason)
    try:
        return change_texts(setting, changed, context)
    except Invalid as refusal:
        at = f"/{named}/{command.place}"
        raise Invalid(
            *(Wrong(each.pointer.replace(at, "/texts"), each.code, each.limit) for each in refusal.errors)
        ) from None
