"""Standard texts of a site are settled: in its languages, with what can be filled in, and not without end."""

from typing import Any

import pytest

from complaints.settings.casework import standard_texts
from complaints.settings.commands import (
    ChangeStandardText,
)
from complaints.settings.setting import SettingKind
from complaints.values.casework.standard_texts import PLACEHOLDERS, StandardText, TextUse
from complaints.values.errors import Forbidden, Invalid, NotFound
from complaints.values.people import Actor, Role
from tests.builders import DEMO
from tests.settings_stores import Organisation

LATE = f"{DEMO.key}.late_parcel"
WORDS = {DEMO.language: "Dear {name}, {reference} is on its way."}


def change(**fields: Any) -> ChangeStandardText:
    usual: dict[str, Any] = {
        "title": "Late parcel",
        "use": TextUse.REPLY,
        "texts": WORDS,
        "reason": "Agreed.",
    }
    return ChangeStandardText(**usual | fields)


def wrong(organisation: Organisation, name: str = LATE, **fields: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        organisation.does(change(**fields), name)
    return [(each.pointer, each.code) for each in refused.value.errors]


def test_each_text_is_a_record_with_a_history_of_its_own() -> None:
    organisation = Organisation()
    organisation.does(change(), LATE)
    setting = organisation.does(change(title="Parcel is late"), LATE)
    assert setting.record == StandardText(title="Parcel is late", use=TextUse.REPLY, texts=WORDS)
    assert (setting.site, setting.sites, setting.version) == (DEMO.key, (DEMO.key,), 2)
    assert len(organisation.settings_store.entries(SettingKind.STANDARD_TEXT, LATE)) == 2


@pytest.mark.parametrize(
    ("texts", "pointer", "fault"),
    [
        ({}, f"/texts/{DEMO.language}", "missing"),
        (WORDS | {"xx": "Words"}, "/texts/xx", "not-spoken"),
        ({DEMO.language: "Dear {nmae}"}, f"/texts/{DEMO.language}", "unknown-placeholder"),
        ({DEMO.language: "Dear {name.__class__}"}, f"/texts/{DEMO.language}", "unknown-placeholder"),
        ({DEMO.language: "Dear {name!r:>9}"}, f"/texts/{DEMO.language}", "unknown-placeholder"),
        ({DEMO.language: "Dear {name"}, f"/texts/{DEMO.language}", "unbalanced-brace"),
    ],
)
def test_a_text_that_could_not_be_filled_in_is_refused(
    texts: dict[str, str], pointer: str, fault: str
) -> None:
    assert wrong(Organisation(), texts=texts) == [(pointer, fault)]


def test_every_placeholder_may_stand_in_a_text() -> None:
    text = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    record = Organisation().does(change(texts={DEMO.language: text}), LATE).record
    assert isinstance(record, StandardText)
    assert record.texts == {DEMO.language: text}


@pytest.mark.parametrize("code", ["", "Late", "late parcel", "late..parcel", "x" * 65])
def test_a_text_has_a_plain_name(code: str) -> None:
    assert wrong(Organisation(), f"{DEMO.key}.{code}") == [("/id", "wrong-form")]


def test_a_site_has_not_more_texts_than_can_be_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = Organisation()
    organisation.does(change(), LATE)
    monkeypatch.setattr(standard_texts, "MOST_TEXTS", 1)
    assert wrong(organisation, f"{DEMO.key}.another") == [("/id", "too-many")]
    organisation.does(change(title="The first may change"), LATE)
    monkeypatch.setattr(standard_texts, "MOST_CODE_POINTS", len(WORDS[DEMO.language]) - 1)
    assert wrong(organisation) == [("/texts", "too-long")]


def test_reviewers_keep_texts_too_and_nobody_those_of_another_site() -> None:
    organisation = Organisation()
    ruth = Actor("staff", "ruth", (Role.REVIEWER,))
    organisation.does(change(), LATE, by=ruth)
    with pytest.raises(NotFound):
        organisation.does(change(), "another.late_parcel", by=ruth)
    with pytest.raises(Forbidden):
        organisation.does(change(), LATE, by=Actor("staff", "ada", (Role.AGENT,)))


def test_a_text_is_offered_to_those_who_have_its_role_until_it_is_retired() -> None:
    text = StandardText(title="Late", use=TextUse.REPLY, texts=WORDS, roles=(Role.REVIEWER,))
    assert text.is_offered_to((Role.AGENT, Role.REVIEWER))
    assert not text.is_offered_to((Role.AGENT,))
    assert StandardText(title="Late", use=TextUse.NOTE, texts=WORDS).is_offered_to((Role.AGENT,))
    assert not StandardText(title="Late", use=TextUse.NOTE, texts=WORDS, retired=True).is_offered_to(
        (Role.AGENT,)
    )


def test_a_text_is_said_in_the_first_language_that_it_has_words_in() -> None:
    text = StandardText(title="Late", use=TextUse.REPLY, texts={"tr": "Merhaba", "en": "Hello"})
    assert text.wording("de", "en") == ("en", "Hello")
    assert text.wording("de") == ("tr", "Merhaba")
