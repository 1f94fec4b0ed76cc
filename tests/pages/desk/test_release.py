"""Every page of the desk says of which release and commit it is: who tells of a fault can name them."""

from pathlib import Path

from tests.local_run import LocalRun, running
from tests.pages.case_page_client import words
from tests.pages.desk_client import signed_in


def test_a_page_of_the_desk_says_version_and_commit(tmp_path: Path) -> None:
    with running(tmp_path / "data", environment={"ANSWERABLE_RELEASE": "1.2.3+abcdef012345"}) as run:
        for address in ("/desk", "/desk/packs"):
            assert "Answerable 1.2.3+abcdef012345" in words(signed_in(run, "Kim", "agent").get(address))


def test_where_nothing_is_known_nothing_is_said(local_run: LocalRun) -> None:
    assert '<small dir="ltr">' not in signed_in(local_run, "Kim", "agent").get("/desk/packs").text
