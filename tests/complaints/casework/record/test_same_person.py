"""Whether two complaints come from one person: nobody's case is shown to somebody else by a merge."""

from typing import Any

import pytest

from complaints.case.process.receipt import Received
from complaints.casework.record.repeats import are_of_one_person
from complaints.values.people import COMPLAINANT
from tests.builders import MONDAY

MAIL, PHONE, POST = {"email": "n@okafor.example"}, {"phone": "+90 532 111 22 33"}, {"post": "1 Quay St"}
NAME = {"name": "Ngozi Okafor"}


def told(**who: Any) -> Received:
    return Received(
        at=MONDAY,
        by=COMPLAINANT,
        site="demo",
        language="en",
        notice_version="1",
        description="Broken.",
        **who,
    )


def both_ways(one: dict[str, str], other: dict[str, str]) -> bool:
    there, back = (are_of_one_person(told(**a), told(**b)) for a, b in ((one, other), (other, one)))
    assert there == back
    return there


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MAIL, MAIL),
        (MAIL, {"email": "N@OKAFOR.example"}),
        (MAIL | NAME, MAIL | {"name": "N. Okafor"}),
        (MAIL | PHONE, MAIL | {"phone": "0 216 555 66 77"}),
        (PHONE, PHONE),
        (PHONE, {"phone": "(0532) 1112233"}),
        (MAIL | PHONE, PHONE),
        (POST | NAME, {"post": "1  quay st", "name": "NGOZI OKAFOR"}),
        (MAIL | {"represented": "Ada"}, MAIL | {"represented": "ada"}),
        (POST | NAME, {"post": "1 Quay\u200b St", "name": "Ngozi\u2060 Okafor"}),
    ],
)
def test_one_person(one: dict[str, str], other: dict[str, str]) -> None:
    assert both_ways(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MAIL, {"email": "k@mensah.example"}),
        (MAIL | PHONE, {"email": "k@mensah.example"} | PHONE),
        (MAIL | NAME, PHONE | NAME),
        (PHONE, {"phone": "+90 532 111 22 34"}),
        ({"phone": "ask at the shop"}, {"phone": "ask next door"}),
        (POST, POST),
        (POST | NAME, POST | {"name": "Chidi Okafor"}),
        (NAME, NAME),
        (MAIL, MAIL | {"represented": "Ada"}),
        ({"email": ""}, {"email": ""}),
        ({}, {}),
    ],
)
def test_perhaps_another(one: dict[str, str], other: dict[str, str]) -> None:
    assert not both_ways(one, other)
