"""Switching promise packs on: what is not kept by itself is seen first, what is unconfirmed is tried."""

from typing import Any

import pytest

from complaints.settings.commands import (
    ChangeCodes,
    ChangePacks,
    CodePut,
)
from complaints.settings.setting import Packs
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, Wrong
from tests.builders import OMBUDSMAN
from tests.settings_stores import Organisation, change_site

KEPT_WHOLE = ("iso10002-default", "tr-insurance")
TURKISH, BRITISH = {"country": "TR"}, {"country": "GB", "sector": "financial"}


def promise_by(*packs: str, seen: tuple[str, ...] = ()) -> ChangePacks:
    return ChangePacks(packs=packs, seen=seen, reason="The law asks for it.")


def wrong(organisation: Organisation, *packs: str, seen: tuple[str, ...] = ()) -> list[Wrong]:
    """What is wrong with promising by these."""
    with pytest.raises(Invalid) as refused:
        organisation.does(promise_by(*packs, seen=seen))
    return list(refused.value.errors)


def settled_in(**site: Any) -> Organisation:
    """The demo site, where this is said of it."""
    organisation = Organisation()
    organisation.does(change_site(**site))
    return organisation


def test_a_pack_that_is_kept_whole_is_switched_on_where_it_can_hold() -> None:
    record = settled_in(country="TR", sector="insurance").does(promise_by(*KEPT_WHOLE)).record
    assert isinstance(record, Packs)
    assert record.packs == KEPT_WHOLE


def test_a_pack_that_breaks_the_letter_of_its_law_is_refused_with_what_is_missing_until_it_was_seen() -> None:
    organisation = settled_in(**BRITISH)
    refused = wrong(organisation, "iso10002-default", "uk-fca-disp")
    assert {each.pointer for each in refused} == {"/packs/1"}
    assert [each.code for each in refused] == [
        "incomplete-pack",
        "wording-not-read",
        "leaflet-not-enclosed",
    ]
    record = organisation.does(promise_by("iso10002-default", "uk-fca-disp", seen=("uk-fca-disp",))).record
    assert isinstance(record, Packs)
    assert record.seen == ("uk-fca-disp",)


def test_a_site_that_promises_by_such_a_pack_already_goes_on_and_changes_what_else_it_promises() -> None:
    organisation = settled_in(**BRITISH)
    organisation.does(promise_by("uk-fca-disp", seen=("uk-fca-disp",)))
    record = organisation.does(promise_by("iso10002-default", "uk-fca-disp")).record
    assert isinstance(record, Packs)
    assert record.packs == ("iso10002-default", "uk-fca-disp")


def test_a_pack_that_can_never_hold_at_a_site_is_refused_with_what_is_missing() -> None:
    assert wrong(Organisation(), "uk-fca-disp")[:1] == [Wrong("/packs/0", "unmapped-pack", "country, sector")]


def test_an_example_is_refused_until_it_was_seen() -> None:
    organisation = settled_in(country="DE", region="EU", sector="online_platform")
    [refused] = wrong(organisation, "iso10002-default", "eu-dsa-complaint")
    assert (refused.pointer, refused.code) == ("/packs/1", "unmapped-pack")
    assert "platform_decision_notified" in str(refused.limit)
    seen = ("eu-dsa-complaint",)
    record = organisation.does(promise_by("iso10002-default", *seen, seen=seen)).record
    assert isinstance(record, Packs)
    assert record.seen == seen


def test_figures_that_nobody_confirmed_are_promised_on_trial_only() -> None:
    organisation, seen = settled_in(**TURKISH), ("tr-consumer",)
    assert wrong(organisation, "tr-consumer", seen=seen) == [
        Wrong("/packs/0", "unconfirmed-pack", "repair_car")
    ]
    organisation.does(change_site(**TURKISH, trial=True))
    organisation.does(promise_by("tr-consumer", seen=seen))
    with pytest.raises(Invalid) as refused:
        organisation.does(change_site(**TURKISH))
    assert list(refused.value.errors) == [Wrong("/trial", "unconfirmed-pack", "repair_car")]


@pytest.mark.parametrize("field", ["topic", "product"])
def test_only_a_category_is_about_something(field: str) -> None:
    fields: dict[str, Any] = {field: "repair"}
    put = CodePut(list=CodeList.CAUSES, code="system", **fields)
    with pytest.raises(Invalid) as refused:
        Organisation().does(ChangeCodes(put=(put,), reason="A try."))
    assert list(refused.value.errors) == [Wrong(f"/put/0/{field}", "unknown-field")]


def test_a_category_makes_a_pack_about_its_product_hold() -> None:
    organisation = settled_in(country="DE")
    organisation.does(change_site(country="DE", external_body=OMBUDSMAN))
    assert wrong(organisation, "eu-psd2") == [Wrong("/packs/0", "unmapped-pack", "product")]
    put = CodePut(list=CodeList.CATEGORIES, code="billing.double_charge", product="payment_service")
    organisation.does(ChangeCodes(put=(put,), reason="We take payments."))
    record = organisation.does(promise_by("eu-psd2")).record
    assert isinstance(record, Packs)
    assert record.packs == ("eu-psd2",)


@pytest.mark.parametrize(
    ("pack", "field", "value", "code"),
    [
        ("eu-psd2", "external_body", OMBUDSMAN, "body-not-named"),
        ("eu-gdpr-dsr", "authority", OMBUDSMAN, "authority-not-named"),
    ],
)
def test_a_pack_waits_for_what_its_letters_must_name(pack: str, field: str, value: Any, code: str) -> None:
    organisation = settled_in(country="DE")
    assert Wrong("/packs/0", code) in wrong(organisation, pack, seen=(pack,)), "also where it was seen"
    organisation.does(change_site(country="DE", **{field: value}))
    organisation.does(promise_by(pack, seen=(pack,)))
    with pytest.raises(Invalid) as refused:
        organisation.does(change_site(country="DE"))
    assert list(refused.value.errors) == [Wrong(f"/{field}", code)]
