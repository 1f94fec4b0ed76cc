"""The catalogues say the same things in every language, and exactly what code and templates ask for."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "templates/locale"
SOURCES = sorted(LOCALES.glob("en/LC_MESSAGES/*.po"))
TRANSLATIONS = [path for path in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")) if path not in SOURCES]
ASKED = re.compile(rf"""["']((?:{"|".join(path.stem for path in SOURCES)})\.[\w.{{-]*)""")
KINDS = (".py", ".txt", ".html", ".js")
REVIEWED = re.compile(r'^"X-Reviewed-By-Native-Reader: (yes|no)\\n"$', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def short(path: Path) -> str:
    return f"{path.parts[-3]}/{path.stem}"


every_catalogue = pytest.mark.parametrize("path", [*SOURCES, *TRANSLATIONS], ids=short)


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as text:
        return read_po(text, abort_invalid=True)


def messages(path: Path) -> dict[str, Message]:
    return {msgids(message)[0]: message for message in catalogue(path) if message.id}


def msgids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(message: Message) -> set[str]:
    return {name for form in forms(message) for name in PLACEHOLDER.findall(form)}


def known() -> set[str]:
    return {msgid for path in SOURCES for msgid in messages(path)}


def asked_for() -> set[str]:
    """Msgids as they stand in code and templates; those put together at run time end with a dot."""
    folders = (ROOT / folder for folder in ("layers", "functions", "templates"))
    places = (path for folder in folders for path in folder.rglob("*.*") if path.suffix in KINDS)
    texts = (path.read_text("utf-8") for path in places)
    return {found.partition("{")[0] for text in texts for found in ASKED.findall(text)}


@every_catalogue
def test_a_text_is_said_once(path: Path) -> None:
    """A merge may leave two, of which programs take one or the other."""
    lines = path.read_text("utf-8").split("\n")
    said = [line.startswith("msgstr ") for line in lines]
    assert [
        line for line, is_text, next in zip(lines, said, said[1:], strict=False) if is_text and next
    ] == []


def test_there_is_something_to_compare() -> None:
    assert SOURCES
    assert TRANSLATIONS


@pytest.mark.parametrize("path", TRANSLATIONS, ids=short)
def test_a_translation_says_all_that_the_english_says(path: Path) -> None:
    english = messages(LOCALES / "en/LC_MESSAGES" / path.name)
    translated = messages(path)
    assert set(translated) == set(english)
    for name, message in english.items():
        assert msgids(translated[name]) == msgids(message)
        assert placeholders(translated[name]) == placeholders(message), name


@every_catalogue
def test_a_catalogue_is_complete(path: Path) -> None:
    expected = catalogue(path).num_plurals
    for name, message in messages(path).items():
        assert all(forms(message)), f"{name} has no text"
        assert not message.fuzzy, f"{name} is fuzzy"
        assert len(forms(message)) == (1 if isinstance(message.id, str) else expected), name


@every_catalogue
def test_a_catalogue_says_whether_a_native_reader_has_reviewed_it(path: Path) -> None:
    header, _, _ = path.read_text("utf-8").partition("\n\n")
    assert len(REVIEWED.findall(header)) == 1


@every_catalogue
def test_texts_are_plain_lines(path: Path) -> None:
    for name, message in messages(path).items():
        assert not re.search(r"[<>&\r\n]|%(?!\(\w+\)s|%)", "".join(forms(message))), name


@every_catalogue
def test_a_msgid_names_its_domain(path: Path) -> None:
    for message in messages(path).values():
        assert {msgid.partition(".")[0] for msgid in msgids(message)} == {path.stem}


def test_every_msgid_that_is_asked_for_exists() -> None:
    existing = known()
    for msgid in asked_for():
        family = msgid.endswith(".") and any(name.startswith(msgid) for name in existing)
        assert family or msgid in existing, msgid


def test_no_msgid_is_unused() -> None:
    asked = asked_for()
    families = tuple(msgid for msgid in asked if msgid.endswith("."))
    assert [name for name in sorted(known() - asked) if not name.startswith(families)] == []


def test_a_sign_after_a_text_is_the_language_s_own() -> None:
    """A template that set it by itself would set it as English does."""
    set_here = re.compile(r"\}\}(?:</\w+>)?[:;?!](?:\s|<)")
    templates = [path for path in (ROOT / "templates").rglob("*.*") if path.suffix in (".html", ".txt")]
    assert templates
    assert [path.name for path in templates if set_here.search(path.read_text("utf-8"))] == []


def test_each_pack_of_the_product_has_a_title_and_no_other_has() -> None:
    shipped = (ROOT / "layers/core/python/complaints/data/packs").glob("*.json")
    titled = {name for name in known() if name.startswith("pages.pack.")}
    assert titled == {f"pages.pack.{path.stem}" for path in shipped}
