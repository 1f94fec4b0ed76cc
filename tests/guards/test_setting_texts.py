"""Whatever can be asked for in a form of a setting, or chosen for a command on a case, has its words.

Their msgids are put together of names, so that a text that is missing shows on a page alone, as an error.
"""

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.settings.changes import CHANGES
from complaints.settings.setting import SettingKind
from complaints.values.directory import Directory
from functions.desk.case.command_forms.field_options import options_at
from functions.desk.case.command_forms.fields import fields_of
from functions.desk.case.wording.event_wording import SiteWording
from functions.desk.settings.change_forms.forms import fields_of_change
from functions.desk.settings.page import OWN_PAGES
from tests.builders import DEMO
from tests.guards.test_catalogues import known
from tests.mail.letters import TEMPLATES

KNOWN = known()
WORDS = SiteWording(Catalogues(TEMPLATES / "locale"), "en", DEMO)
OF_FORMS = [(kind, verb) for kind, verb in CHANGES if verb not in OWN_PAGES]


@pytest.mark.parametrize(("kind", "verb"), OF_FORMS)
def test_a_setting_has_the_words_of_its_forms(kind: SettingKind, verb: str) -> None:
    named = {f"office.field.{field.name}" for field in fields_of_change(CHANGES[kind, verb])}
    assert sorted({f"office.do.{verb}", *named} - KNOWN) == []


def test_the_page_of_the_directory_has_the_words_of_its_record() -> None:
    assert sorted({f"office.field.{name}" for name in Directory.__struct_fields__} - KNOWN) == []


@pytest.mark.parametrize("verb", STAFF_COMMANDS)
def test_what_can_be_chosen_for_a_command_has_its_words(verb: str) -> None:
    """One that had none would be an unknown msgid, an error."""
    for field in fields_of(verb):
        for part in field.parts or (field,):
            assert all(each.label for each in options_at(WORDS, verb, part.name) or ())
