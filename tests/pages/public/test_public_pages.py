"""The pages that everybody may read, as a browser without scripts gets them."""

import gzip

import pytest

from complaints.values.errors import Refusal
from tests.html import Reading
from tests.local_run import LocalRun

OUTSIDE = "https://ombudsman.example"
PAGES = ("/", "/procedure", "/procedure?site=demo", "/procedure?site=demo-tr", "/problems/stale")


@pytest.mark.parametrize("path", [*PAGES, *(f"{path}{'&' if '?' in path else '?'}lang=tr" for path in PAGES)])
def test_a_page_is_whole_small_and_its_own(local_run: LocalRun, path: str) -> None:
    got = local_run.call("GET", path)
    page = Reading(got.text)
    assert got.status == 200
    assert got.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "unsafe-inline" not in got.headers["Content-Security-Policy"]
    assert page.open == []
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") == 1
    sheets = [address for address, _ in page.assets]
    assert page.links[: len(sheets) + 1] == [*sheets, "#main"]
    links = [(str(attributes["href"]), attributes) for tag, attributes in page.elements if tag == "a"]
    elsewhere = [
        (address, attributes) for address, attributes in links if not address.startswith(("/", "#", "tel:"))
    ]
    assert all(address.startswith("https://") and told["rel"] == "noreferrer" for address, told in elsewhere)
    assert not any({"style", "onclick"} & set(attributes) for _, attributes in page.elements)
    files = [local_run.call("GET", str(address)).body for address, _ in page.assets]
    assert sum(len(gzip.compress(content)) for content in (got.body, *files)) <= 15_000


def test_a_page_speaks_the_language_that_is_asked_for(local_run: LocalRun) -> None:
    asked = local_run.call("GET", "/", Accept_Language="tlh, tr;q=0.8, en;q=0.5")
    named = local_run.call("GET", "/?lang=en", Accept_Language="tr")
    assert dict(Reading(asked.text).elements)["html"]["lang"] == "tr"
    assert dict(Reading(named.text).elements)["html"]["lang"] == "en"


def test_the_procedure_tells_the_promises_in_force(local_run: LocalRun) -> None:
    words = Reading(local_run.call("GET", "/procedure?site=demo&lang=en").text).words
    for text in ("1 business day", "30 calendar days", "General response times", "Istanbul"):
        assert text in words


def test_s9_a_site_that_there_is_not_has_a_calm_page(local_run: LocalRun) -> None:
    for key in ("nobody", "../demo", "%00", "{}", "__class__"):
        got = local_run.call("GET", f"/procedure?site={key}")
        assert got.status == 404
        assert Reading(got.text).tags.count("h1") == 1


def codes() -> list[str]:
    kinds = list(Refusal.__subclasses__())
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return sorted({kind.code for kind in kinds if kind.__module__ == Refusal.__module__})


@pytest.mark.parametrize("code", [*codes(), "unexpected"])
def test_every_problem_is_explained_where_its_type_points(local_run: LocalRun, code: str) -> None:
    got = local_run.call("GET", f"/problems/{code}")
    assert got.status == 200
    assert code in Reading(got.text).words


@pytest.mark.parametrize("path", PAGES)
def test_the_title_of_a_page_is_text_without_markup(local_run: LocalRun, path: str) -> None:
    """What stands in `<title>` is shown as it stands: a browser reads no element there."""
    title = local_run.call("GET", path).text.partition("<title>")[2].partition("</title>")[0]
    assert title
    assert "<" not in title


def test_a_problem_that_there_is_not_has_a_calm_page(local_run: LocalRun) -> None:
    got = local_run.call("GET", "/problems/nothing", Accept_Language="tr")
    assert got.status == 404
    assert "Burada" in Reading(got.text).words


def test_a_procedure_names_the_body_outside_of_its_site_or_of_its_packs(local_run: LocalRun) -> None:
    page = Reading(local_run.call("GET", "/procedure?site=demo&lang=en").text)
    assert "Demo Ombudsman" in page.words
    assert OUTSIDE in page.links
    elsewhere = Reading(local_run.call("GET", "/procedure?site=demo-gb&lang=en").text)
    assert "Demo Ombudsman" not in elsewhere.words
    assert "Financial Ombudsman Service" in elsewhere.words
