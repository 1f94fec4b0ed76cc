"""Every page of the desk says of which release and commit it is: who tells of a fault can name them."""

from pathlib import Path

from infrastructure.package.build import ROOT
from infrastructure.release.version import version_of
from tests.local_run import LocalRun, running
from tests.pages.case_page_client import words
from tests.pages.desk_client import signed_in


def test_a_page_of_the_desk_says_version_and_commit(tmp_path: Path) -> None:
    with running(tmp_path / "data", environment={"ANSWERABLE_RELEASE": "1.2.3+abcdef012345"}) as run:
        for address in ("/desk", "/desk/packs"):
            assert "Answerable 1.2.3+abcdef012345" in words(signed_in(run, "Kim", "agent").get(address))


def test_a_local_run_says_of_which_version_and_commit_its_code_is(local_run: LocalRun) -> None:
    health = local_run.call("GET", "/health").json
    assert health["version"] == version_of(ROOT)
    said = "+".join(filter(None, (health["version"], health["commit"])))
    assert f"Answerable {said}" in words(signed_in(local_run, "Kim", "agent").get("/desk/packs"))
