"""The letters that laws ask for, as they arrive from a running product: at sites of several countries, in
which nobody answers, somebody settles on the telephone, or it turns out later what a complaint is about."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.clocks.test_promises_by_rule import run_from
from tests.journeys.settings.administration import Office
from tests.journeys.settings.test_new_site import SITE
from tests.journeys.steps import SCALES, Complaint, Staff, clock, complain, go_to, moment, settle
from tests.local_run import LocalRun

ABOUT = "billing.double_charge"
BEGIN = moment("2026-09-14T10:00:00+00:00")
"""A Monday that no holiday of these countries follows in the first weeks."""

BRITISH = {"zone": "Europe/London", "holidays": "GB-ENG", "country": "GB", "currency": "GBP"}
SCHEME = {"name": "The scheme of ours", "url": "https://scheme.example"}
SITES: Mapping[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "uk-fca-psd": (BRITISH, {"sector": "financial"}, {"product": "payment_service"}),
    "uk-housing-ombudsman": (BRITISH, {"sector": "social_housing"}, {}),
    "uk-ofgem": (BRITISH, {"sector": "energy"}, {}),
    "uk-ofcom": (BRITISH, {"sector": "telecoms", "external_body": SCHEME}, {}),
    "us-regx": (
        {"zone": "America/New_York", "holidays": "US-FED", "country": "US", "currency": "USD"},
        {"telephone": "+1 800 555 0100"},
        {"product": "mortgage_servicing"},
    ),
    "ca-bank": (
        {"zone": "America/Toronto", "holidays": "CA-ON", "country": "CA", "currency": "CAD"},
        {"sector": "bank"},
        {},
    ),
}
"""By pack: how its site is added, what it says besides, and what the category is about."""


@pytest.fixture(scope="module")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    for run in run_from(tmp_path_factory.mktemp("laws"), BEGIN.isoformat()):
        office = Office(run)
        for pack, (added, says, about) in SITES.items():
            site = SITE | added | {"language": "en", "languages": ["en"], "name": pack}
            got = office.tries("site", pack, site, verb="add", If_Match='"0"')
            assert got.status == 200, got.text
            if says:
                office.does("site", pack, says)
            office.does("packs", pack, {"packs": [pack], "seen": [pack]})
            if about:
                office.does("codes", pack, {"put": [{"list": "categories", "code": ABOUT} | about]})
        yield run


def received(run: LocalRun, pack: str, **told: Any) -> Complaint:
    return complain(run, site=pack, language="en", **told)


def texts(complaint: Complaint) -> list[str]:
    """What its mails say, each on one line, once nothing waits any more."""
    settle(complaint.run)
    return [" ".join(mail["text"].split()) for mail in complaint.letters()]


def settled(run: LocalRun, complaint: Complaint) -> Any:
    """A decision that is told on the telephone; the answer to the command."""
    sam = Staff(run, "Sam", "reviewer")
    sam.decides(complaint)
    return sam.tries(complaint, "respond", {"by": "telephone", "at": clock(run).isoformat()})


def test_the_letters_of_each_law_arrive(autumn: LocalRun) -> None:
    told = {pack: received(autumn, pack, category=ABOUT) for pack in SITES}
    late = received(autumn, "uk-fca-psd", category=None)
    early = received(autumn, "uk-fca-psd", category=ABOUT)
    assert "We cannot name a date yet" in texts(late)[0]
    assert "our Notice of Final Decision" in texts(told["ca-bank"])[0]
    assert "You will hear from us by Monday 21 September 2026" in texts(told["uk-housing-ombudsman"])[0]

    sam = Staff(autumn, "Sam", "reviewer")
    sam.does(late, "classify", {"category": ABOUT})
    assert "We promise to answer you by Monday 5 October 2026" in texts(late)[-1]
    assert settled(autumn, early).status == 200
    sam.does(early, "close", {"reason": "accepted"})
    assert "Financial Ombudsman Service" in texts(early)[-1]
    assert "within six months" in texts(early)[-1]
    assert settled(autumn, told["ca-bank"]).json["errors"][0]["pointer"] == "/by"
    sam.does(told["uk-housing-ombudsman"], "assess", SCALES)

    go_to(autumn, BEGIN + timedelta(days=30))
    assert "We cannot answer your complaint in time" in texts(told["uk-fca-psd"])[1]
    assert "Housing Ombudsman Service" in texts(told["uk-housing-ombudsman"])[-1]

    go_to(autumn, BEGIN + timedelta(days=75))
    for pack, words in {
        "us-regx": "Consumer Financial Protection Bureau",
        "uk-ofgem": "Going there costs you nothing",
        "uk-ofcom": "The scheme of ours",
        "ca-bank": "Ombudsman for Banking Services",
    }.items():
        assert words in texts(told[pack])[-1], (pack, texts(told[pack]))
    assert "binds us if you accept it" in texts(told["uk-ofcom"])[-1]
