"""An operator writes the first site and the first administrator, as docs/deploy.md shows it."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from complaints.people import Role
from complaints.world.members import DynamoMembers
from complaints.world.sites import DynamoSites
from infrastructure.build import ROOT
from infrastructure.deployment.refusal import CannotDeploy
from infrastructure.operate import write_member, write_site

SITE, MEMBER = re.findall(r"```json\n(.*?)```", Path(ROOT / "docs/deploy.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.usefixtures("table")
def test_the_site_of_the_guide_can_be_written() -> None:
    write_site(SITE.encode())
    terms = DynamoSites(lambda: datetime.now(UTC)).terms("shop")
    assert terms.packs
    assert terms.site.is_open


@pytest.mark.usefixtures("table")
def test_the_administrator_of_the_guide_can_be_written() -> None:
    write_member(MEMBER.encode())
    member = DynamoMembers().find(json.loads(MEMBER)["id"])
    assert member is not None
    assert Role.ADMIN in member.roles
    assert member.serves("shop")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"zone": 7}, "Expected `str`"),
        ({"orgins": []}, "no field orgins"),
        ({"holidays": "ATLANTIS"}, "ATLANTIS"),
        ({"packs": ["none-such"]}, "none-such"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
    ],
)
@pytest.mark.usefixtures("table")
def test_a_site_that_could_not_work_is_refused(change: dict[str, object], reason: str) -> None:
    with pytest.raises(CannotDeploy, match=reason):
        write_site(json.dumps(json.loads(SITE) | change).encode())
    assert DynamoSites(lambda: datetime.now(UTC)).all() == []


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(CannotDeploy, match="does not describe a member"):
        write_member(b"Deniz")
