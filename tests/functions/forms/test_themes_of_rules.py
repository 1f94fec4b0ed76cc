"""The form of an automation rule: which themes it offers."""

from functions.desk.settings.change_forms.automation_forms import themes
from tests.complaints.management.test_hidden_records import GRACE, HIDDEN_THEME, OPEN_THEME, RUTH, SITE


def test_a_form_of_rules_offers_the_themes_that_are_there_for_its_reader() -> None:
    records = [HIDDEN_THEME, OPEN_THEME]
    assert [each.value for each in themes(records, RUTH, SITE)] == ["leak", "late"]
    assert [each.value for each in themes(records, GRACE, SITE)] == ["late"]
