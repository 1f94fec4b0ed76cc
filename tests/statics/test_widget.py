"""The files of the widget, and what their document says of them."""

import re
import shutil
from pathlib import Path

import pytest

from infrastructure.statics.fingerprint import is_hashed
from infrastructure.statics.widget import texts_of, widget_files
from infrastructure.statics.write import ROOT, TEMPLATES
from tests.browser.widget.test_embedding import ALL_BYTES, LOADER_BYTES

DOCUMENT = (ROOT / "docs/widget.md").read_text("utf-8")
SOURCES = "\n".join(path.read_text("utf-8") for path in sorted((TEMPLATES / "widget").iterdir()))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return widget_files(TEMPLATES)


def test_all_but_the_loader_are_called_by_their_contents(files: dict[str, bytes]) -> None:
    assert {name for name in files if not is_hashed(name)} == {"widget.js"}


def test_the_loader_names_what_it_loads(files: dict[str, bytes]) -> None:
    (version,) = {name.split(".")[1] for name in files if name != "widget.js"}
    assert version in files["widget.js"].decode()


def test_the_same_sources_make_the_same_files(files: dict[str, bytes]) -> None:
    assert widget_files(TEMPLATES) == files


def test_each_language_has_its_own_words_and_no_other(files: dict[str, bytes]) -> None:
    expected = {
        path.parts[-3]: texts_of(path)["widget.unavailable"]
        for path in TEMPLATES.glob("locale/*/*/widget.po")
    }
    for name, content in files.items():
        if name != "widget.js":
            own = name.removeprefix("widget/").partition(".")[0]
            assert {tag for tag, text in expected.items() if str(text) in content.decode()} == {own}


def test_a_text_that_no_catalogue_has_stops_the_build(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "templates", ignore=shutil.ignore_patterns("pages", "mail"))
    module = tmp_path / "templates/widget/dialog.js"
    module.write_text(module.read_text("utf-8").replace("widget.loading", "widget.loadding"), "utf-8")
    with pytest.raises(KeyError, match=r"widget\.loadding"):
        widget_files(tmp_path / "templates")


def test_a_plural_has_its_forms_by_category() -> None:
    arabic = texts_of(TEMPLATES / "locale/ar/LC_MESSAGES/widget.po")["widget.too_many"]
    assert isinstance(arabic, dict)
    assert set(arabic) == {"zero", "one", "two", "few", "many", "other"}
    assert all("{n}" in form for form in arabic.values())


def test_templates_without_a_widget_have_no_files_of_it(tmp_path: Path) -> None:
    assert widget_files(tmp_path) == {}


def test_nothing_in_it_reads_text_as_markup_or_code() -> None:
    forbidden = (
        r"(?:inner|outer)HTML|AdjacentHTML|\.write\(|eval\(|new Function|\.style\b|localStorage|cookie"
    )
    # The colours of the site, which the server judged and wrote.
    assert re.findall(forbidden, SOURCES.replace("host.style = form.style", "")) == []


def test_all_that_a_page_can_set_is_written_down() -> None:
    properties = set(re.findall(r"--answerable-[a-z-]+", SOURCES))
    attributes = {f"data-{name}" for name in ("site", "lang", "launcher", "api", "complaint-open")}
    events = {f"answerable:{name}" for name in re.findall(r'tell\("(\w+)"', SOURCES)}
    assert len(events) == 3
    assert {name for name in properties | attributes | events if f"`{name}" not in DOCUMENT} == set()


def test_the_sizes_that_are_promised_are_those_that_are_held() -> None:
    assert f"{LOADER_BYTES:,} bytes" in DOCUMENT
    assert f"{ALL_BYTES:,} bytes" in DOCUMENT
