"""Short names that are made of what something is called."""

from complaints.settings.setting import SettingKind
from functions.desk.settings.change_forms.short_names import of_new, short_name
from functions.forms.urlencoded import FormData


def test_a_short_name_has_small_latin_letters_and_digits_whatever_language_the_name_has() -> None:
    for called, name in {
        "Late parcel": "late_parcel",
        "  Köşe Dükkân! ": "kose_dukkan",
        "IŞIK İade": "isik_iade",
        "Straße 7": "strasse_7",
        "Œuvre à part": "oeuvre_a_part",
        "متجر": "",
        "x" * 80: "x" * 40,
    }.items():
        assert short_name(called) == name


def test_a_short_name_that_is_taken_gets_a_number() -> None:
    assert short_name("Late", ["late", "late_2"]) == "late_3"


def test_a_new_site_is_named_with_hyphens_and_a_rule_by_its_title() -> None:
    typed = FormData([("name", "Köşe Dükkân"), ("title", "Broken cups")])
    assert of_new(SettingKind.SITE, typed) == "kose-dukkan"
    assert of_new(SettingKind.AUTOMATION, typed) == "broken_cups"
    assert of_new(SettingKind.MEMBER, typed) == ""
