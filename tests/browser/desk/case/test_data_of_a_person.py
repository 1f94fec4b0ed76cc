"""Somebody gets their data, by a browser on a phone: ordered from their page, fetched, and read."""

from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.navigation import follow, press
from tests.browser.page_checks import is_too_wide, small_targets, violations, violations_in_each_scheme
from tests.browser.signing_in import signed_in
from tests.evidence.auditor import let_it_be_made
from tests.journeys.steps import Staff, complain, settle
from tests.local_run import LocalRun

PHONE: ViewportSize = {"width": 320, "height": 844}


def test_a_person_gets_their_data(browser: Browser, local_run: LocalRun, tmp_path: Path) -> None:
    complaint = complain(local_run)
    deniz = Staff(local_run)
    deniz.does(complaint, "assign", {"to": "Deniz"})
    deniz.does(complaint, "message", {"text": "We look for the lamp."})
    settle(local_run)
    path = f"/desk/cases/{complaint.reference}/person"
    with signed_in(browser, local_run, path, name="Paula", role="privacy", viewport=PHONE) as page:
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        follow(page, page.get_by_role("link", name="Record what the person asks for about their data"))
        assert (violations(page), is_too_wide(page)) == ([], False)
        page.go_back()
        page.locator("#identity").select_option("called_back")
        press(page, "Have the file made")
        expect(page.get_by_text("It is begun within some minutes.")).to_be_visible()
        assert (violations(page), is_too_wide(page)) == ([], False)
        let_it_be_made(local_run)
        page.reload()
        with page.expect_download() as begun:
            press(page, "Download the file")
        begun.value.save_as(tmp_path / "file.zip")
    with ZipFile(tmp_path / "file.zip") as archive:
        archive.extractall(tmp_path)
        letters = [name for name in archive.namelist() if "/letters/" in name]
    with browser.new_context(viewport=PHONE, offline=True, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        follow(page, page.get_by_role("link", name=complaint.reference))
        expect(page.get_by_text("We look for the lamp.").first).to_be_visible()
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        for name in ("index.html", f"{complaint.reference}/index.html", letters[0]):
            page.goto((tmp_path / name).as_uri())
            assert violations_in_each_scheme(page) == [], name
            assert not is_too_wide(page), name
