"""What a site's own codes are in a regulator's return."""

from typing import Any

import pytest

from complaints.settings.commands import (
    MapReturn,
    PutCode,
)
from complaints.values.codes import CodeList, Codes
from complaints.values.errors import Invalid, Wrong
from tests.settings_stores import Organisation

FCA = "uk-fca-complaints"


def mapping(**said: Any) -> MapReturn:
    usual: dict[str, Any] = {"name": FCA, "grouping": "cause", "codes": {"privacy": "other"}}
    return MapReturn(**usual | {"reason": "Agreed with compliance."} | said)


def codes_of(organisation: Organisation, command: MapReturn | PutCode) -> Codes:
    record = organisation.does(command).record
    assert isinstance(record, Codes)
    return record


def test_a_grouping_is_mapped_anew_and_the_others_stay() -> None:
    organisation = Organisation()
    organisation.does(mapping())
    both = codes_of(organisation, mapping(grouping="product", codes={"none": "banking"}))
    assert both.returns == {FCA: {"cause": {"privacy": "other"}, "product": {"none": "banking"}}}
    kept = codes_of(
        organisation,
        PutCode(list=CodeList.CAUSES, code="fog", labels={"en": "Fog", "tr": "Sis"}, reason="Asked for."),
    )
    assert kept.returns == both.returns
    organisation.does(mapping(codes={}))
    assert codes_of(organisation, mapping(grouping="product", codes={})).returns == {}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": "moon"}, Wrong("/name", "unknown-value")),
        ({"grouping": "moon"}, Wrong("/grouping", "unknown-value")),
        ({"codes": {"privacy": "moon"}}, Wrong("/codes/privacy", "unknown-value")),
        ({"codes": {f"c{n}": "other" for n in range(501)}}, Wrong("/codes", "too-many", 500)),
    ],
    ids=["no such return", "no such grouping", "no code of the regulator", "too many"],
)
def test_what_the_return_does_not_know_is_refused(said: dict[str, Any], wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refused:
        Organisation().does(mapping(**said))
    assert list(refused.value.errors) == [wrong]
