"""The handbook at the desk: each role and place leads to its page, and every link in it leads somewhere."""

import json
import re

import pytest

from complaints.values.people import Role
from functions.pages.desk.session.layout import handbook_page
from infrastructure.build.handbook import PAGES, handbook
from tests.local_run import LocalRun
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
    for name, (_, html) in json.loads(handbook()).items():
        links = [link for link in re.findall(r'href="([^"]+)"', html) if not link.startswith("https://")]
        assert {link.partition("#")[0] for link in links} <= set(PAGES), name
        assert "<img" not in html
