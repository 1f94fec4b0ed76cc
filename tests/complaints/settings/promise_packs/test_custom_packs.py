"""Packs that the operator brings: taken whole or not at all, and what they promised is never changed."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.settings.commands import (
    ChangePack,
    ChangePacks,
)
from complaints.settings.setting import OwnPack, Packs, Setting
from complaints.values.errors import Forbidden, Invalid, Wrong
from complaints.values.people import Actor, Role
from tests.builders import DEMO, MONDAY
from tests.own_packs import Json, clock, file_of, version
from tests.settings_stores import OPERATOR, SAM, Organisation, change_site

YESTERDAY, TODAY, TOMORROW = (str((MONDAY + timedelta(days=days)).date()) for days in (-1, 0, 1))
LATER = str((MONDAY + timedelta(days=30)).date())


def change(*packs: Json, **fields: Any) -> ChangePack:
    return ChangePack(file=file_of(*packs) | fields, reason="We promise more.")


def hours(amount: int) -> Json:
    """A promise in business hours, which end with no date."""
    usual = clock(amount=amount, unit="business_hours", counting="exact")
    return {name: value for name, value in usual.items() if name != "eod"}


def wrong(organisation: Organisation, command: ChangePack, name: str = "acme") -> list[tuple[str, str]]:
    """Where and why a file is refused."""
    with pytest.raises(Invalid) as refused:
        organisation.does(command, name)
    return [(each.pointer, each.code) for each in refused.value.errors]


def brought() -> Organisation:
    """An organisation that has brought one version of a pack."""
    organisation = Organisation()
    organisation.does(change(version("acme", 1)), "acme")
    return organisation


def test_a_file_is_kept_as_it_was_sent() -> None:
    sent = file_of(version("acme", 1))
    setting = Organisation().does(ChangePack(file=sent, reason="Ours."), "acme")
    assert setting.record == OwnPack(file=sent)
    assert setting.sites == ()


def test_a_site_says_which_of_its_promises_came_with_the_operator() -> None:
    organisation = brought()
    organisation.does(ChangePacks(packs=("acme", "another"), reason="Ours too."))
    promises = organisation.does(ChangePacks(packs=("another",), reason="Theirs alone.")).record
    assert promises == Packs(packs=("another",), formerly=("iso10002-default", "acme"), own=("acme",))


@pytest.mark.parametrize(
    ("pack", "pointer", "code"),
    [
        (version("acme", 1, clock(unit="fortnights")), "/file/packs/0/clocks/0/unit", "unknown-value"),
        (version("acme", 1, clock(amount=0)), "/file/packs/0/clocks/0/amount", "out-of-range"),
        (version("acme", 1, clock(eod=None)), "/file/packs/0/clocks/0", "units"),
        (version("acme", 1, clock(pause={"allowed": True})), "/file/packs/0/clocks/0/pause", "pause-rule"),
        (version("acme", 1, clock(mood="good")), "/file/packs/0/clocks/0/mood", "unknown-field"),
        (version("acme", 1, title="x"), "/file/packs/0/title", "missing"),
        (version("acme", 1, effective_from="soon"), "/file/packs/0/effective_from", "not-a-date"),
        (version("acme", 1, holiday_calendar="XX"), "/file/packs/0/holiday_calendar", "unknown-calendar"),
        (
            version("acme", 1, working_time={"mon": [["09:00", "13:00"], ["12:00", "18:00"]]}),
            "/file/packs/0/working_time",
            "windows",
        ),
        (
            version("acme", 1, hours(2), working_time={"mon": [["09:00", "09:01"]]}),
            "/file/packs/0/clocks/0/amount",
            "out-of-range",
        ),
        (version("acme", 1, working_time={"mon": []}), "/file/packs/0/working_time", "windows"),
        (
            version(
                "acme",
                1,
                clock(extension={"amount": 201, "unit": "calendar_days", "needs_notice": True, "times": 1}),
            ),
            "/file/packs/0/clocks/0/extension/amount",
            "extension-too-long",
        ),
        (version("acme", 1, clock(purpose="survey")), "/file/packs/0/clocks/0/escalates", "invites-nobody"),
        (version("acme", 1, letter_blocks=["no.such"]), "/file/packs/0/letter_blocks", "undeclared"),
        (version("other", 1), "/file/packs/0/id", "pack-id"),
    ],
)
def test_a_broken_file_is_refused_with_place_and_reason(pack: Json, pointer: str, code: str) -> None:
    organisation = Organisation()
    assert wrong(organisation, change(pack)) == [(pointer, code)]
    assert "acme" not in {setting.id for setting in organisation.settings_store.all()}


def test_all_clocks_that_are_wrong_are_named_at_once() -> None:
    pack = version("acme", 1, clock(unit="fortnights"), clock("assess", amount="many"))
    assert wrong(Organisation(), change(pack)) == [
        ("/file/packs/0/clocks/0/unit", "unknown-value"),
        ("/file/packs/0/clocks/1/amount", "wrong-type"),
    ]


def test_all_that_does_not_fit_together_is_named_at_once() -> None:
    pack = version(
        "acme", 1, clock(stops_on="complaint_received"), timezone="Mars/Base", working_time={"mon": []}
    )
    assert wrong(Organisation(), change(pack, events=["responded"])) == [
        ("/file/packs/0/clocks/0/starts_on", "undeclared"),
        ("/file/packs/0/clocks/0/stops_on", "undeclared"),
        ("/file/packs/0/clocks/0/stops_on", "stops-at-its-start"),
        ("/file/packs/0/timezone", "unknown-zone"),
        ("/file/packs/0/working_time", "windows"),
    ]


@pytest.mark.parametrize("file", [{}, {"packs": 3}, {"packs": [3]}, {"packs": [{"clocks": [3, {}]}]}])
def test_what_is_no_pack_file_is_refused(file: Json) -> None:
    assert wrong(Organisation(), ChangePack(file=file, reason="Ours."))


def test_the_name_of_a_shipped_pack_cannot_be_taken() -> None:
    assert wrong(Organisation(), change(version("another", 1)), "another") == [("/file", "shipped-pack")]


def test_a_new_version_begins_when_the_old_one_ends() -> None:
    organisation = brought()
    first, second = version("acme", 1, ends=TODAY), version("acme", 2, clock(days=10), begins=TOMORROW)
    assert organisation.does(change(first, second), "acme").version == 2


@pytest.mark.parametrize(
    ("packs", "pointer", "code"),
    [
        ([version("acme", 1, clock(days=30))], "/packs/0/clocks", "version-kept"),
        ([version("acme", 2)], "/packs", "version-kept"),
        ([version("acme", 1, ends=YESTERDAY)], "/packs/0/effective_to", "ends-in-the-past"),
        (
            [version("acme", 1, ends=TODAY), version("acme", 2, begins=LATER)],
            "/packs/1/effective_from",
            "version-gap",
        ),
        ([version("acme", 1), version("acme", 2, begins=LATER)], "/packs/1/effective_from", "version-gap"),
        (
            [version("acme", 1, ends=TODAY), version("acme", 1, begins=TOMORROW)],
            "/packs/1/version",
            "version-order",
        ),
    ],
)
def test_a_version_in_force_is_never_changed(packs: list[Json], pointer: str, code: str) -> None:
    organisation = brought()
    assert wrong(organisation, change(*packs)) == [(f"/file{pointer}", code)]


def test_a_version_that_nobody_was_promised_by_may_be_changed() -> None:
    organisation = brought()
    first = version("acme", 1, ends=LATER)
    begins = str((MONDAY + timedelta(days=31)).date())
    organisation.does(change(first, version("acme", 2, clock(days=10), begins=begins)), "acme")
    after = organisation.does(change(first, version("acme", 2, clock(days=15), begins=begins)), "acme").record
    assert isinstance(after, OwnPack)
    assert after.file["packs"][1]["clocks"][0]["amount"] == 15


def test_a_pack_that_others_promise_by_is_changed_by_those_who_serve_them() -> None:
    organisation = brought()
    organisation.enrolment.site(
        replace(DEMO, key="other", packs=("acme",)), organisation.context(OPERATOR), "It opens."
    )
    more = change(version("acme", 1, ends=TODAY), version("acme", 2, begins=TOMORROW))
    with pytest.raises(Forbidden):
        organisation.does(more, "acme")
    assert organisation.does(more, "acme", OPERATOR).version == 2


def test_a_site_that_is_on_no_trial_gets_no_promise_that_nobody_confirmed() -> None:
    organisation = brought()
    organisation.does(ChangePacks(packs=("acme",), reason="Ours."))
    unsure = version("acme", 2, clock(confidence="unconfirmed"), begins=TOMORROW)
    more = change(version("acme", 1, ends=TODAY), unsure)
    assert wrong(organisation, more) == [("/file", "unconfirmed-pack")]
    organisation.does(change_site(trial=True))
    assert organisation.does(more, "acme").version == 2


def test_a_file_that_cannot_be_read_any_more_is_mended_by_another() -> None:
    organisation = brought()
    torn: Setting = replace(
        organisation.settings_store.load(ChangePack.kind, "acme"), record=OwnPack(file={"format": 0})
    )
    after = organisation.settings_service.carry_out(
        torn, change(version("acme", 3)), organisation.context(SAM)
    )
    assert after.version == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_brings_packs(role: Role) -> None:
    with pytest.raises(Forbidden):
        Organisation().does(change(version("acme", 1)), "acme", Actor("staff", "x", (role,)))


def test_a_fault_never_repeats_what_was_sent() -> None:
    with pytest.raises(Invalid) as refused:
        Organisation().does(change(version("acme", 1, clock(unit="secret"))), "acme")
    assert refused.value.errors == (Wrong("/file/packs/0/clocks/0/unit", "unknown-value"),)


def test_a_file_holds_no_more_than_every_case_can_compute_with() -> None:
    crowd = [clock(f"respond-{place}", purpose="respond", stops_on="responded") for place in range(31)]
    assert wrong(Organisation(), change(version("acme", 1, *crowd))) == [("/file/packs/0/clocks", "too-many")]
    ladder = clock(escalates=[{"when": "missed", "to": "team"}] * 11)
    at = "/file/packs/0/clocks/0/escalates"
    assert wrong(Organisation(), change(version("acme", 1, ladder))) == [(at, "too-many")]
    rare = version(
        "acme", 1, clock(days=201, unit="business_days"), working_time={"mon": [["09:00", "18:00"]]}
    )
    assert wrong(Organisation(), change(rare)) == [("/file/packs/0/clocks/0/amount", "out-of-range")]
    history = [version("acme", number) for number in range(1, 102)]
    assert wrong(Organisation(), change(*history)) == [("/file/packs", "too-many")]
