"""Retention of one kind of data: files, letters and mails go before the rest, and the pages say so."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from infrastructure.build.translations import compile_catalogues
from tests import local_run as local_runs
from tests.journeys.privacy.test_erasure import WORDS, figures, paula, stored, told
from tests.journeys.privacy.test_retention import RULE, later
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Staff, facts_in, local_date
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in

KINDS = ("files", "letters", "mails")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of its own: all that it stores is looked through."""
    compile_catalogues()
    with local_runs.running(tmp_path_factory.mktemp("by-kind") / "data") as run:
        yield run


@pytest.mark.iso10002("8.1 collection of information: disposal")
def test_files_letters_and_mails_go_before_the_rest(run: LocalRun) -> None:
    complaint = told(run)
    for data in KINDS:
        Office(run).does("site", "demo", RULE | {"data": data, "months": 1}, verb="put_retention")
    later(run, 29)
    before = figures(run)
    on = local_date(run) + timedelta(days=5)
    seen = paula(run).call("GET", f"/retention?site=demo&on={on}").json
    assert [each["data"] for each in seen["items"] if each["reference"] == complaint.reference] == [*KINDS]
    assert [seen["erased"][data] for data in KINDS] == [1, 1, 1]
    assert "file: " in "".join(stored(run))
    page = signed_in(run, "Paula", "privacy").get(f"/desk/retention?site=demo&on={on}&lang=en").text
    assert "Removed; the rest of the case stays" in page
    later(run, 5)
    assert "file: " not in "".join(stored(run))
    assert Staff(run).case(complaint)["subject"].startswith(WORDS["subject"])
    last = paula(run).call("GET", "/retention?site=demo").json["runs"][0]
    assert last["erased"] == dict.fromkeys(KINDS, 1)
    assert last["cases"] == [complaint.reference]
    audit = paula(run).call("GET", f"/complaints/{complaint.reference}/audit").json
    said = {fact["data"]: fact["count"] for fact in facts_in(audit) if fact["fact"] == "DataRemoved"}
    assert (audit["verifies"], audit["flaws"], sorted(said)) == (True, [], sorted(KINDS))
    assert said["mails"] == 1
    assert min(said.values()) >= 1
    assert figures(run) == before
    mails = Staff(run).call("GET", "/mail?site=demo").json["items"]
    assert complaint.reference not in str(mails)
    [file, *_] = complaint.view()["attachments"]
    assert file["state"] == "removed"
    assert file["removed_at"]
    assert complaint.call("GET", f"/attachments/{file['id']}").status == 404
    own = run.open_link(f"/status/{complaint.reference}?t={complaint.access}&lang=en").text
    assert "we keep files only for a certain time" in own
    page = signed_in(run, "Paula", "privacy").get(f"/desk/cases/{complaint.reference}?lang=en").text
    assert "under a retention rule" in page
    assert "Removed under a retention rule: files" in page
