"""The synthetic complaint: it walks from the API to the letter, is erased, and rings when it cannot."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

import app
from functions.use_cases.cases.iterate_cases import EVERY, QUEUES
from functions.workers.synthetic import ADDRESS, COMPLAINS_AT, HOURS, IN_TIME, LOOKS_AT
from infrastructure.local.demonstration.client import ApiClient
from infrastructure.local.gateway.gateway import Gateway, without_stage
from infrastructure.local.gateway.http import Answer, Request
from tests.alarms.cloudwatch import counted, rings
from tests.builders import MONDAY
from tests.fakes import FixedClock
from tests.faults.mail_installation import Mails, installed
from tests.functions.workers.test_schedule import spoil

Capsys = pytest.CaptureFixture[str]
SITE = "demo"


class ThroughTheGateway:
    """The way in of an installation, by its gateway and its real function."""

    def __init__(self) -> None:
        self._gateway = Gateway(app.app, app.app.routes)
        self.taken: list[str] = []

    def complain(self, form: Mapping[str, Any], key: str) -> str:
        taken = ApiClient(self._ask).complain(dict(form), key)
        self.taken.append(taken["reference"])
        return taken["reference"]

    def see(self, path: str) -> str:
        """The page at an address."""
        return self._ask(Request("GET", path)).body.decode()

    def _ask(self, request: Request) -> Answer:
        return self._gateway.answer(request, without_stage(request.path))


class BusyClock(FixedClock):
    """Each look at it is a minute later than the one before."""

    def now(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment - timedelta(minutes=1)


class Closed:
    """A way in that nobody opens."""

    def complain(self, form: Mapping[str, Any], key: str) -> str:
        raise OSError("connection refused")


@pytest.fixture
def intake() -> ThroughTheGateway:
    return ThroughTheGateway()


@pytest.fixture
def mails(table: str, intake: ThroughTheGateway, runs_as: Callable[[str], None]) -> Iterator[Mails]:
    with installed(table) as mails:
        here = mails.installation
        here.world.settings = replace(here.world.settings, synthetic_site=SITE)
        here.world.own_intake = intake
        here.clock.moment = MONDAY.replace(hour=HOURS[1], minute=COMPLAINS_AT)
        runs_as("EscalateOverdue")
        yield mails


def passes_until_it_looks(mails: Mails) -> None:
    mails.installation.run_schedule(timedelta(minutes=LOOKS_AT - COMPLAINS_AT))


def open_cases(mails: Mails) -> list[str]:
    found = mails.installation.world.queues.by_urgency((SITE,), QUEUES[:-1], EVERY, after=None, limit=9)
    return [entry.row.reference for entry in found.items]


def test_it_walks_from_the_api_to_the_letter_and_is_erased(
    mails: Mails, intake: ThroughTheGateway, capsys: Capsys
) -> None:
    mails.installation.run_schedule()
    (reference,) = intake.taken
    mails.send(*mails.look(reference))
    assert [sent.to for sent in mails.service.sent] == [ADDRESS]
    capsys.readouterr()
    passes_until_it_looks(mails)
    assert not rings("SyntheticMissing", counted(capsys))
    assert mails.installation.complaint(reference).erasure is not None
    assert open_cases(mails) == []


@pytest.mark.alarm("SyntheticMissing")
def test_an_intake_that_takes_nothing_rings(mails: Mails, capsys: Capsys) -> None:
    mails.installation.world.own_intake = Closed()
    mails.installation.run_schedule()
    passes_until_it_looks(mails)
    assert rings("SyntheticMissing", counted(capsys))


@pytest.mark.alarm("SyntheticMissing")
def test_an_acknowledgement_that_does_not_leave_rings(
    mails: Mails, intake: ThroughTheGateway, capsys: Capsys
) -> None:
    mails.installation.run_schedule()
    passes_until_it_looks(mails)
    assert rings("SyntheticMissing", counted(capsys))
    assert mails.installation.complaint(intake.taken[0]).erasure is not None, "nothing stays behind"


def test_a_case_of_somebody_at_that_site_is_neither_touched_nor_counted(
    mails: Mails, intake: ThroughTheGateway, capsys: Capsys
) -> None:
    mails.installation.world.own_intake = Closed()
    mails.installation.run_schedule()
    theirs = mails.complain("success", "somebody")
    mails.send(*mails.look(theirs))
    capsys.readouterr()
    passes_until_it_looks(mails)
    assert rings("SyntheticMissing", counted(capsys))
    assert open_cases(mails) == [theirs]
    assert mails.installation.complaint(theirs).erasure is None


def test_one_that_a_run_took_back_and_did_not_erase_is_erased_by_the_next(
    mails: Mails, intake: ThroughTheGateway
) -> None:
    mails.installation.run_schedule()
    (reference,) = intake.taken
    mails.withdraw(reference)
    theirs = mails.complain("success", "somebody")
    mails.withdraw(theirs)
    passes_until_it_looks(mails)
    assert mails.installation.complaint(reference).erasure is not None
    assert mails.installation.complaint(theirs).erasure is None


def test_one_that_cannot_be_erased_is_named_and_stops_no_other(
    mails: Mails, intake: ThroughTheGateway, caplog: pytest.LogCaptureFixture
) -> None:
    here = mails.installation
    here.run_schedule()
    (hindered,) = intake.taken
    here.run_schedule(timedelta(hours=6))
    spoil(hindered)
    passes_until_it_looks(mails)
    assert here.complaint(intake.taken[1]).erasure is not None
    (named,) = [record for record in caplog.records if record.message == "synthetic complaint not erased"]
    assert vars(named)["reference"] == hindered


def test_one_of_an_earlier_walk_says_nothing_of_this_one(
    mails: Mails, intake: ThroughTheGateway, capsys: Capsys
) -> None:
    mails.installation.run_schedule()
    mails.send(*mails.look(intake.taken[0]))
    mails.installation.world.own_intake = Closed()
    mails.installation.run_schedule(timedelta(hours=6))
    capsys.readouterr()
    passes_until_it_looks(mails)
    assert rings("SyntheticMissing", counted(capsys))
    assert open_cases(mails) == []


def test_it_walks_by_the_minute_at_which_a_busy_run_began(mails: Mails, intake: ThroughTheGateway) -> None:
    here = mails.installation
    here.world.clock = here.clock = BusyClock(here.clock.moment)
    here.run_schedule()
    assert len(intake.taken) == 1


def test_its_site_is_in_no_list_that_people_choose_from(mails: Mails, intake: ThroughTheGateway) -> None:
    for path in ("/", "/complain", "/procedure"):
        shown = intake.see(path)
        assert f"site={SITE}-gb&" in shown, path
        assert f"site={SITE}&" not in shown, path


def test_it_walks_at_its_minutes_only_and_nowhere_without_a_site(
    mails: Mails, intake: ThroughTheGateway
) -> None:
    mails.installation.run_schedule(timedelta(minutes=1))
    mails.installation.run_schedule(timedelta(minutes=59))
    assert intake.taken == []
    here = mails.installation.world
    here.settings = replace(here.settings, synthetic_site="")
    mails.installation.run_schedule(timedelta(hours=5))
    assert intake.taken == []


def test_it_is_looked_at_when_its_acknowledgement_should_have_left() -> None:
    assert timedelta(minutes=LOOKS_AT - COMPLAINS_AT) >= IN_TIME
