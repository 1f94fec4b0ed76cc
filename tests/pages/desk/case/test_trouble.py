"""A form of the desk while the store is in trouble: nothing that was typed is lost, and it is done once."""

import json
from pathlib import Path

from tests.functions.test_aws_failures import WRITES, broken
from tests.journeys.steps import complain
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words
from tests.pages.desk_client import form_of

BY_PHONE = {"phone": "+90 555 000 00 00"}
WORDS = "The depot remembers a wet pallet."


def at_the_desk(run: LocalRun) -> CaseDesk:
    """Somebody in front of a new case, about to write."""
    kim = CaseDesk(run, complain(run, complainant=BY_PHONE))
    kim.page()
    return kim


def writes_in(log: Path) -> int:
    """How often the table was written to, by whomever: so the faults count."""
    operations = (json.loads(line)["operation"] for line in log.read_text().splitlines())
    return sum(operation == WRITES.partition(":")[2] for operation in operations)


def test_s47_a_note_that_cannot_be_saved_can_be_sent_again_as_it_was_typed(tmp_path: Path) -> None:
    (tmp_path / "sound").mkdir()
    with broken(tmp_path / "sound") as run:
        at_the_desk(run)
        before = writes_in(tmp_path / "sound" / "calls.log")
    faults = (f"{WRITES}:{before + nth}:error500" for nth in (1, 2))
    with broken(tmp_path, *faults) as run:
        kim = at_the_desk(run)
        got = kim.send("note", text=WORDS)
        assert got.status == 503
        assert int(got.headers["Retry-After"]) > 0
        assert "We could not finish this It may have been done or not." in words(got)
        hidden, action = form_of(got, "/commands/note")
        again = kim.desk.post(action, hidden)
        assert again.status == 303
        assert kim.follow(again).count(WORDS) == 1
