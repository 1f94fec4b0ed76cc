"""`docs/privacy.md` names everything that is stored, and says what the code says."""

import pytest

from infrastructure.privacy import collected, page


def test_whatever_is_stored_stands_in_the_map_and_nothing_else() -> None:
    assert page.missing() == []


def test_the_page_is_what_the_code_and_the_map_say() -> None:
    """Whoever changes one of them runs `make privacy`."""
    text = page.PAGE.read_text("utf-8")
    assert page.written(text) == text


def test_a_new_attribute_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = [*collected.items(), collected.StoredItem("NewItem", ("name",))]
    monkeypatch.setattr(collected, "items", lambda: stored)
    assert page.missing() == ["items: NewItem", "NewItem.name"]


def test_every_part_of_the_page_has_a_table_that_names_all() -> None:
    text = page.PAGE.read_text("utf-8")
    named = [each.name for each in collected.items()]
    assert len(named) > 25
    for name in (*named, *collected.folders(), *collected.cookies(), *collected.secrets()):
        assert name in text
    for fact, values in collected.private_values():
        assert f"| {fact} |" in text, fact
        assert all(f"`{value}`" in text for value in values)
    for name in collected.log_fields():
        assert f"`{name}`" in text
