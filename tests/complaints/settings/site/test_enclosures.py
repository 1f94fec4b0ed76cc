"""Files that go with the letters of a site where a promise pack asks for them."""

from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.config.shipped_data import packs_named
from complaints.case.correspondence.letter import Enclosure
from complaints.settings.commands import (
    ChangeTexts,
    PutEnclosure,
)
from complaints.settings.events import TextsChanged
from complaints.settings.promise_packs.pack_coverage import NOT_ENCLOSED, lacking
from complaints.settings.rules import evolve_all
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.settings.site.enclosures import put_enclosure
from complaints.settings.site.sites import change_texts
from complaints.site.site import Texts
from complaints.values.errors import Invalid, Wrong
from tests.builders import DEMO
from tests.settings_stores import Organisation

LEAFLET = "uk.fos_leaflet"
FILE = "0" * 32
UPLOADED = Enclosure(key=f"enclosures/demo/{FILE}", name=FILE, digest="ab" * 32, size=9)
TEXTS = Setting(kind=SettingKind.TEXTS, id=DEMO.key)


def asked(**said: Any) -> PutEnclosure:
    usual = {
        "block": LEAFLET,
        "language": "en",
        "name": "Leaflet.exe",
        "file": FILE,
        "reason": "New edition.",
    }
    return PutEnclosure(**usual | said)


def put(setting: Setting, command: PutEnclosure, uploaded: Enclosure | None = UPLOADED) -> Setting:
    context: SettingsContext = replace(Organisation().context(), uploaded=uploaded)
    facts = put_enclosure(setting, command, context)
    assert isinstance(facts[0], TextsChanged)
    return evolve_all(setting, facts)


def texts_of(setting: Setting) -> Texts:
    assert isinstance(setting.record, Texts)
    return setting.record


def test_a_file_is_brought_once_in_each_language_replaced_and_taken_away() -> None:
    english = put(TEXTS, asked())
    assert texts_of(english).enclosures == {LEAFLET: {"en": replace(UPLOADED, name="Leaflet.pdf")}}
    both = put(english, asked(language="tr"))
    assert set(texts_of(both).enclosures[LEAFLET]) == {"en", "tr"}
    one = put(both, asked(language="tr", name=None, file=None))
    assert texts_of(one) == texts_of(english)
    assert texts_of(put(one, asked(name=None, file=None))).enclosures == {}


@pytest.mark.parametrize(
    ("said", "uploaded", "wrong"),
    [
        ({"block": "uk.ico"}, UPLOADED, Wrong("/block", "unknown-value")),
        ({"language": "ja"}, UPLOADED, Wrong("/language", "not-spoken")),
        ({"name": None}, UPLOADED, Wrong("/name", "missing")),
        ({}, None, Wrong("/file", "not-uploaded")),
        ({"file": None}, None, Wrong("/file", "missing")),
    ],
    ids=["no such file", "another language", "no name", "nothing came", "nothing there"],
)
def test_what_no_letter_could_enclose_is_refused(
    said: dict[str, Any], uploaded: Enclosure | None, wrong: Wrong
) -> None:
    with pytest.raises(Invalid) as refused:
        put(TEXTS, asked(**said), uploaded)
    assert list(refused.value.errors) == [wrong]


def test_a_change_of_the_other_texts_leaves_the_files_alone() -> None:
    organisation = Organisation()
    there = put(organisation.settings_store.load(SettingKind.TEXTS, DEMO.key), asked())
    changed = ChangeTexts(introduction={"en": "We are sorry."}, reason="Reviewed.")
    after = evolve_all(there, change_texts(there, changed, organisation.context()))
    assert texts_of(after).enclosures == texts_of(there).enclosures


@pytest.mark.parametrize("name", ["uk-fca-disp", "uk-fca-psd"])
def test_a_law_that_asks_for_a_leaflet_is_kept_from_the_moment_that_the_site_has_it(name: str) -> None:
    (pack,) = packs_named(name)
    assert NOT_ENCLOSED in lacking(pack, Texts())
    assert NOT_ENCLOSED not in lacking(pack, texts_of(put(TEXTS, asked())))
