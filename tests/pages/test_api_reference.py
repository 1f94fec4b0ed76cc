"""The reference of the API as pages: whole, without a script or another host, and small."""

import gzip

import pytest

from functions.openapi.document import description
from functions.public.home import _statuses
from tests.html import Reading
from tests.local_run import LocalRun

PATHS = {
    operation["operationId"]: path
    for path, item in description()["paths"].items()
    for name, operation in item.items()
    if name != "parameters"
}
LONGEST = ("get_desk_complaints_reference", "post_desk_packs_pack_dry_run", "post_desk_complaints")
LANGUAGES = ("en", "tr", "de", "fr", "es", "ar")


def read(run: LocalRun, path: str) -> Reading:
    got = run.call("GET", path)
    assert got.status == 200, path
    page = Reading(got.text)
    assert page.open == []
    assert page.tags.count("h1") == page.tags.count("main") == 1
    assert "script" not in page.tags
    files = [run.call("GET", str(address)).body for address, _ in page.assets]
    assert sum(len(gzip.compress(content)) for content in (got.body, *files)) <= 15_000, path
    return page


def test_every_operation_is_in_the_list_and_has_a_page(local_run: LocalRun) -> None:
    page = read(local_run, "/openapi?lang=en")
    assert {f"/openapi/{id}" for id in PATHS} <= set(page.links)
    for id, path in PATHS.items():
        got = local_run.call("GET", f"/openapi/{id}")
        assert (got.status, path in got.text) == (200, True), id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", LONGEST)
def test_the_longest_pages_are_small_in_every_language(local_run: LocalRun, id: str, language: str) -> None:
    assert read(local_run, f"/openapi/{id}?lang={language}").words


def test_a_page_says_who_may_call_what_is_needed_and_what_is_answered(local_run: LocalRun) -> None:
    words = read(local_run, "/openapi/post_desk_complaints_reference_commands_assign?lang=en").words
    for text in ("OpenID provider", "If-Match", "required", '"to": "deniz"', "412", "CaseClock"):
        assert text in words


def test_an_operation_that_there_is_not_has_a_calm_page(local_run: LocalRun) -> None:
    got = local_run.call("GET", "/openapi/get_nothing")
    assert got.status == 404
    assert Reading(got.text).tags.count("h1") == 1


def test_the_front_page_leads_to_it(local_run: LocalRun) -> None:
    links = Reading(local_run.call("GET", "/").text).links
    assert {"/openapi", "/openapi.json", "/problems"} <= set(links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_words_in_every_language(local_run: LocalRun, language: str) -> None:
    page = read(local_run, f"/problems?lang={language}")
    assert {f"/problems/{code}" for code in _statuses()} <= set(page.links)
    for code, status in _statuses().items():
        answer = local_run.call("GET", f"/problems/{code}?lang={language}")
        assert answer.status == 200
        assert str(status) in answer.text
        assert f"api.problem.{code}" not in answer.text
