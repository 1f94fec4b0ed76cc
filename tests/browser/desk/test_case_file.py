"""The case file in a browser: looked at before it goes out, and opened offline from a folder."""

import zipfile
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from tests.attachments.steps import add, request
from tests.browser.navigation import follow
from tests.browser.page_checks import is_too_wide, small_targets, violations, violations_in_each_scheme
from tests.browser.signing_in import signed_in
from tests.journeys.steps import Staff, complain, settle
from tests.local_run import LocalRun

PHONE: ViewportSize = {"width": 320, "height": 800}


def test_a_case_file_is_looked_at_and_opens_from_a_folder(
    browser: Browser, local_run: LocalRun, tmp_path: Path
) -> None:
    complaint = complain(local_run)
    Staff(local_run).does(complaint, "note", {"text": "Her neighbour, Zebedee Quux, saw the van."})
    Staff(local_run).does(complaint, "message", {"text": "We have asked the courier."})
    add(complaint)
    settle(local_run)
    address = f"/desk/cases/{complaint.reference}/case-file"
    with signed_in(browser, local_run, address, role="reviewer", viewport=PHONE) as page:
        assert (violations(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        page.locator("li", has_text="Zebedee Quux").get_by_label("Leave out").check()
        page.get_by_label("Why something is left out").fill("It is about her neighbour.")
        follow(page, page.locator("form.command button"))
        fetch = page.get_by_role("link", name="Fetch the case file").get_attribute("href")
        text = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
        got = local_run.call("GET", str(fetch), Cookie=text, Accept="text/html")
    with zipfile.ZipFile(BytesIO(request(got.headers["Location"], "GET").body)) as archive:
        archive.extractall(tmp_path)
    context = browser.new_context(offline=True, java_script_enabled=False, viewport=PHONE)
    asked: list[str] = []
    context.on("request", lambda each: asked.append(each.url))
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    assert "zebra-striped lamp" in page.content()
    assert "Quux" not in page.content()
    follow(page, page.get_by_role("link", name="message"))
    assert "We have asked the courier." in page.content()
    page.go_back()
    follow(page, page.get_by_role("link", name="lamp.png"))
    assert page.url.endswith("/files/01.png")
    assert {url.partition(":")[0] for url in asked} == {"file"}
    context.close()
    with browser.new_context(viewport=PHONE) as seen:
        page = seen.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        assert violations_in_each_scheme(page) == []
        assert not is_too_wide(page)
