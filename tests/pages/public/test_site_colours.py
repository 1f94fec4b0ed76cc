"""A site's own colours and logo: on its hosted pages, in the policy of these, and in what forms are told."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator

import pytest

from tests.html import Reading
from tests.journeys.settings.administration import Office, pointers
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, signed_in

SITE, PLAIN_SITE = "demo-au", "demo-gb"
COLOURS = {"accent": "#0f766e", "accent_text": "#ffffff"}
LOGO = "https://exchange.example/logo.svg"


@pytest.fixture(scope="module", autouse=True)
def letterhead(local_run: LocalRun) -> Iterator[None]:
    office = Office(local_run)
    before = office.setting("texts", SITE)["record"]["letterhead"]
    office.does("texts", SITE, {"letterhead": {**COLOURS, "logo": LOGO}})
    yield
    office.does("texts", SITE, {"letterhead": before})


@pytest.mark.parametrize("path", ["/complain", "/procedure"])
def test_a_hosted_page_has_the_colours_of_its_site_and_a_policy_that_permits_just_them(
    local_run: LocalRun, path: str
) -> None:
    page = local_run.call("GET", f"{path}?site={SITE}")
    [sheet] = re.findall("<style>(.*)</style>", page.text)
    assert "--brand:#0f766e;--on-brand:#ffffff" in sheet
    digest = b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = page.headers["Content-Security-Policy"]
    assert f"style-src 'self' 'sha256-{digest}';" in policy
    assert f"img-src 'self' {LOGO} data:;" in policy
    [logo] = [attributes for tag, attributes in Reading(page.text).elements if tag == "img"]
    assert (logo["src"], logo["referrerpolicy"], logo["alt"]) == (LOGO, "no-referrer", "")


def test_who_serves_one_site_reads_its_name_and_colour_in_the_frame_and_others_the_product(
    local_run: LocalRun,
) -> None:
    one, several = Desk(local_run), signed_in(local_run)
    one.sign_in("Newcomer at the exchange", "agent", sites=[SITE])
    page = one.get("/desk")
    assert "<span>Demo Exchange</span></a>" in page.text
    assert "--brand:#0f766e" in page.text
    assert " <span>Answerable</span></a>" in several.get("/desk").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"logo": "https://exchange.example/a.svg; script-src *"},
        {"logo": "https://exchange.example/a.svg,script-src"},
        {"logo": 'https://exchange.example/"onload="'},
        {"logo": "data:image/svg+xml,<svg>"},
        {"accent": "#0f766e}body{display:none"},
        {"accent_text": "url(https://x.example)"},
    ],
)
def test_s92_what_would_widen_the_policy_or_write_a_style_is_refused(
    local_run: LocalRun, wrong: dict[str, str]
) -> None:
    [field] = wrong
    refused = Office(local_run).tries("texts", SITE, {"letterhead": {**COLOURS, **wrong}})
    assert f"/letterhead/{field}" in pointers(refused)


def test_a_site_without_colours_has_the_policy_of_every_page(local_run: LocalRun) -> None:
    page = local_run.call("GET", f"/complain?site={PLAIN_SITE}")
    assert "<style>" not in page.text
    assert "style-src 'self';" in page.headers["Content-Security-Policy"]
    assert local_run.call("GET", f"/v1/form?site={PLAIN_SITE}").json["style"] == ""


def test_a_form_on_a_website_is_told_the_colours(local_run: LocalRun) -> None:
    data = local_run.call("GET", f"/v1/form?site={SITE}&lang=en").json
    assert data["style"] == "--accent:#0f766e;--on:#ffffff"


def test_a_form_on_a_website_is_told_why_a_file_is_not_added(local_run: LocalRun) -> None:
    wrong = local_run.call("GET", f"/v1/form?site={SITE}&lang=en").json["files"]["wrong"]
    assert wrong["size"] == "{name} was not added: it is larger than 10 MB."
    assert all("{name}" in text for text in wrong.values())
