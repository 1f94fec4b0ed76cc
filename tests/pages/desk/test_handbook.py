"""The handbook at the desk: each role and place leads to its page, and every link in it leads somewhere."""

import json
import re

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.values.people import Role
from functions.desk.session.layout import handbook_page
from infrastructure.build.handbook import LANGUAGES, PAGES, handbook, sources_in
from tests.local_run import LocalRun
from tests.mail.letters import TEMPLATES
from tests.pages.case_page_client import words
from tests.pages.desk_client import signed_in


@pytest.mark.parametrize(
    ("role", "title"), [("agent", "Agent"), ("auditor", "Auditor"), ("admin", "Administrator")]
)
def test_every_page_of_the_desk_leads_to_the_handbook_of_who_reads_it(
    local_run: LocalRun, role: str, title: str
) -> None:
    desk = signed_in(local_run, "Kim", role)
    begin = "/desk/packs"
    [address] = re.findall(r'href="(/desk/handbook/[a-z-]+)"', desk.get(begin).text)
    assert f"Handbook: {title}" in words(desk.get(address))
    assert desk.get("/desk/handbook/none").status == 404


def test_a_place_with_a_page_of_its_own_leads_there_and_each_role_has_one() -> None:
    assert handbook_page("reports", (Role.REVIEWER,)) == "manager"
    assert handbook_page("embed", (Role.ADMIN,)) == "website-developer"
    assert {handbook_page("", (role,)) for role in Role} <= set(PAGES)


def test_every_link_within_the_handbook_leads_to_one_of_its_pages_and_there_is_no_picture() -> None:
    pages = [(name, html) for each in json.loads(handbook()).values() for name, (_, html) in each.items()]
    for name, html in pages:
        links = [link for link in re.findall(r'href="([^"]+)"', html) if not link.startswith("https://")]
        assert {link.partition("#")[0] for link in links} <= set(PAGES), name
        assert "<img" not in html


def levels(page: str) -> list[str]:
    """The headings of a page by their levels, its tables by their rows, its lists by their items."""
    fenced = re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^(#+ |\| |- |\d\. )", fenced, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_each_page_about_work_is_there_in_each_language_of_the_handbook_with_the_same_parts(
    language: str,
) -> None:
    """Whoever changes a page changes it in each language."""
    english = sources_in("en")
    pages = sources_in(language)
    assert set(pages) == {name for name, source in PAGES.items() if source.startswith("handbook/")}
    for name, source in pages.items():
        assert levels(source.read_text("utf-8")) == levels(english[name].read_text("utf-8")), name


def test_a_reader_gets_the_handbook_in_turkish_and_other_readers_are_told_that_it_is_english(
    local_run: LocalRun,
) -> None:
    desk = signed_in(local_run, "Kim", "agent")
    turkish = desk.get("/desk/handbook/agent?lang=tr")
    assert "El kitabı: Görevli" in words(turkish)
    assert "Bir engel çıktığında" in words(turkish)
    assert "İngilizce yazılmıştır" not in words(turkish)
    assert 'article class="handbook" lang="tr"' in turkish.text
    said = Catalogues(TEMPLATES / "locale")
    for page, language in (("agent", "de"), ("agent", "ar"), ("glossary", "tr")):
        shown = desk.get(f"/desk/handbook/{page}?lang={language}")
        assert 'article class="handbook" lang="en" dir="ltr"' in shown.text
        assert said.text(language, "pages.desk.handbook.language") in words(shown)
