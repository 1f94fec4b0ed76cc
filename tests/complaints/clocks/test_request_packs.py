"""Requests about personal data under the packs of their laws: GDPR, and the Turkish KVKK."""

from datetime import date
from typing import Any

import pytest

from complaints.adapters.config.shipped_data import packs_named
from complaints.case.correspondence.letter import Letter
from complaints.casework.correspondence.deadline_extension import Extend
from complaints.casework.outcome.remedies import Record
from complaints.casework.process.closing import Close
from complaints.clocks.published_procedure import published
from complaints.handling.lifecycle import allowed_commands
from complaints.settings.promise_packs.pack_coverage import unmapped
from complaints.values.field_types import ClosingReason, Feedback
from tests.builders import ADA, MONDAY, OMBUDSMAN, RUTH, TUESDAY, Story, a_complaint, context

KIND = Feedback.PERSONAL_DATA
EUROPE: dict[str, Any] = {"zone": "Europe/Berlin", "holidays": "DE", "country": "DE", "feedback": (KIND,)}
GERMAN = EUROPE | {"packs": ("iso10002-default", "eu-gdpr-dsr")}
TURKISH: dict[str, Any] = {"country": "TR", "packs": ("tr-consumer", "tr-kvkk"), "feedback": (KIND,)}


def asked(**site: Any) -> Story:
    return a_complaint(**site).received(feedback=KIND)


def due(story: Story) -> dict[str, date]:
    """The days by which we answer, by the clocks that run."""
    return {
        clock.key: story.terms.today(clock.due)
        for clock in story.build().clocks
        if clock.is_ours and clock.stopped_at is None
    }


def last_letter(story: Story) -> Letter:
    return story.cases.letters[-1]


def test_a_request_has_the_one_promise_of_its_law_and_other_cases_have_theirs() -> None:
    assert due(asked(**GERMAN)) == {"eu-gdpr-dsr/respond/1": date(2026, 3, 2)}
    assert due(asked(**TURKISH)) == {"tr-kvkk/respond/1": date(2026, 3, 4)}
    for site in (GERMAN, TURKISH):
        packs = {clock.pack for clock in a_complaint(**site).received().build().clocks}
        assert packs == {site["packs"][0], *({"iso10002-default"} & packs)}


def test_where_the_law_of_the_pack_is_not_that_of_the_site_the_default_promises() -> None:
    elsewhere = GERMAN | {"country": "TR"}
    assert set(due(asked(**elsewhere))) == {"iso10002-default/data_request/1"}


@pytest.mark.parametrize(
    ("day", "until"), [((2026, 1, 30), date(2026, 3, 2)), ((2026, 2, 27), date(2026, 3, 27))]
)
def test_a_month_ends_with_the_shorter_one_and_on_a_working_day(
    day: tuple[int, int, int], until: date
) -> None:
    received = MONDAY.replace(year=day[0], month=day[1], day=day[2])
    story = a_complaint(**GERMAN).received(received, feedback=KIND)
    assert list(due(story).values()) == [until]


def test_gdpr_lets_it_be_put_off_once_by_two_months_with_a_notice_in_time() -> None:
    story = asked(**GERMAN).does(RUTH, Extend(clock="respond", reason="You ask about many years."), TUESDAY)
    assert list(due(story).values()) == [date(2026, 3, 2)], "not before the notice was taken"
    assert [each.due for each in last_letter(story).promises] == [story.build().clocks[0].due]
    story.taken("extension", TUESDAY)
    assert list(due(story).values()) == [date(2026, 5, 4)], "2 May is a Saturday"
    assert "extend" not in allowed_commands(story.build(), context(RUTH, TUESDAY))


def test_kvkk_lets_nobody_put_it_off() -> None:
    assert "extend" not in allowed_commands(asked(**TURKISH).build(), context(RUTH, TUESDAY))


@pytest.mark.parametrize(
    ("site", "block", "body", "until"),
    [
        (GERMAN | {"external_body": OMBUDSMAN}, "eu.supervisory_authority.unnamed", None, None),
        (GERMAN | {"authority": OMBUDSMAN}, "eu.supervisory_authority", OMBUDSMAN.name, None),
        (TURKISH, "tr.kvkk_kurul", "Kişisel Verileri Koruma Kurulu", date(2026, 3, 5)),
    ],
)
def test_its_last_letter_says_where_to_go_as_its_law_asks(
    site: dict[str, Any], block: str, body: str | None, until: date | None
) -> None:
    story = asked(**site).does(ADA, Close(reason=ClosingReason.HANDLED), TUESDAY)
    said = last_letter(story).blocks[0]
    assert (said.words, said.body.name if said.body else None, said.until) == (block, body, until)
    assert not due(story)
    assert all(clock.in_time for clock in story.build().clocks if clock.is_ours)


def test_what_the_person_may_do_afterwards_is_known_and_no_promise_of_ours() -> None:
    story = asked(**TURKISH).does(ADA, Close(reason=ClosingReason.HANDLED), TUESDAY)
    rights = {clock.id for clock in story.build().clocks if clock.stopped_at is None}
    assert rights == {"complain_to_board_after_answer", "complain_to_board_at_latest"}
    story.does(ADA, Record(event="complained_to_board", at=TUESDAY, evidence="Their letter."), TUESDAY)
    assert not [clock for clock in story.build().clocks if clock.stopped_at is None]


def test_the_pack_can_hold_where_the_site_takes_requests_and_the_procedure_says_so() -> None:
    for site, due_on in ((GERMAN, date(2026, 3, 2)), (TURKISH, date(2026, 3, 4))):
        terms = a_complaint(**site).terms
        steps = [step for step in published(terms, MONDAY) if step.since == "data_request" and not step.only]
        assert [terms.today(step.due) for step in steps if step.clock.purpose == "respond"] == [due_on]
    [pack] = packs_named("eu-gdpr-dsr")
    assert not unmapped(pack, a_complaint(**GERMAN).terms.site)
    assert unmapped(pack, a_complaint(**GERMAN | {"feedback": ()}).terms.site).conditions == ("topic",)
