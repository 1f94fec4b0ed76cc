"""The list of the access log: what is unusual on its last day is said of a site, and of nothing else."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from complaints.adapters.stores.cases.access_log import DynamoAccessLog
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.reporting.unusual_reading import MANY, Why
from complaints.values.casework.access_log import AccessEntry, AccessKind, Handles
from complaints.values.people import Role
from functions.desk.audit.access_log import AskedAccess, listed
from tests.builders import MONDAY, a_member


@pytest.fixture
def site(table: str) -> str:
    return f"s{uuid4().hex[:8]}"


def read(site: str, cases: int, at: datetime, member: str = "") -> None:
    for number in range(cases):
        entry = AccessEntry(
            place=f"C-{site}-{number}",
            member=member or f"deniz-{site}",
            kind=AccessKind.CASE,
            site=site,
            at=at,
            handled_by=Handles.READER,
        )
        DynamoAccessLog().note(entry, MONDAY.replace(year=2099))


def asked(site: str, **of: Any) -> AskedAccess:
    day = MONDAY.date()
    me = a_member("pia", sites=(site,))
    return AskedAccess(me, of.get("case"), of.get("member"), site, day - timedelta(days=6), day)


def test_who_read_far_more_than_usual_is_said_of_the_site_and_the_day(site: str) -> None:
    for back in range(1, 7):
        read(site, 3, MONDAY - timedelta(days=back))
    read(site, MANY, MONDAY)
    deps: Any = SimpleNamespace(access_log=DynamoAccessLog(), cases=DynamoCases())
    found = listed(deps, asked(site))
    assert [(each.member, each.why, each.cases, each.usual) for each in found.unusual] == [
        (f"deniz-{site}", Why.MANY, MANY, 3)
    ]
    assert len(found.items) == MANY + 18
    assert listed(deps, asked(site, member=f"deniz-{site}")).unusual == []
    assert listed(deps, asked(site, case=f"C-{site}-1")).unusual == []


@pytest.mark.parametrize(
    ("me", "sees"),
    [
        ({"roles": (Role.AUDITOR,)}, []),
        ({"roles": (Role.PRIVACY,)}, ["asked"]),
        ({"roles": (Role.AUDITOR,), "sensitive": True}, ["asked", "both", "hurt"]),
    ],
)
def test_who_read_a_case_is_there_for_whoever_the_case_is_there_for(
    site: str, me: dict[str, Any], sees: list[str]
) -> None:
    kinds = {"asked": (False, True), "hurt": (True, False), "both": (True, True)}
    for place, (sensitive, data_request) in kinds.items():
        entry = AccessEntry(
            place=place, member="deniz", kind=AccessKind.CASE, site=site, at=MONDAY,
            sensitive=sensitive, data_request=data_request,
        )  # fmt: skip
        DynamoAccessLog().note(entry, MONDAY.replace(year=2099))
    deps: Any = SimpleNamespace(access_log=DynamoAccessLog(), cases=DynamoCases())
    found = listed(deps, asked(site)._replace(me=a_member("pia", sites=(site,), **me)))
    assert sorted(str(each.case) for each in found.items) == sees


def test_the_usual_days_are_those_at_the_same_site(site: str) -> None:
    other, member = f"{site}-other", f"deniz-{site}"
    for back in range(1, 7):
        read(site, 3, MONDAY - timedelta(days=back), member)
        read(other, MANY, MONDAY - timedelta(days=back), member)
    read(site, MANY, MONDAY, member)
    deps: Any = SimpleNamespace(access_log=DynamoAccessLog(), cases=DynamoCases())
    assert [each.usual for each in listed(deps, asked(site)).unusual] == [3]
