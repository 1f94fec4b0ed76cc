"""An operator writes the first site and the first administrator, as docs/deploy.md shows it."""

import json
import re
from pathlib import Path

import pytest

from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore
from complaints.adapters.stores.settings.sites import DynamoSites
from complaints.adapters.stores.staff.members import DynamoMembers
from complaints.settings.events import SiteChanged, decode
from complaints.settings.setting import SettingKind
from complaints.values.people import Role
from infrastructure.cli.admin import write_member, write_pack, write_site
from infrastructure.errors import CannotDeploy
from infrastructure.package.build import ROOT
from tests.builders import MONDAY
from tests.own_packs import file_of, version

GUIDE = Path(ROOT / "docs/deploy.md").read_text("utf-8")
SITE, MEMBER = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)[:2]

OPERATOR = "arn:aws:iam::000000000000:user/operator"


@pytest.mark.usefixtures("table")
def test_the_site_of_the_guide_can_be_written() -> None:
    write_site(SITE.encode(), OPERATOR, "The shop opens.")
    terms = DynamoSites(lambda: MONDAY).terms("shop")
    assert terms.packs
    assert terms.site.is_open


@pytest.mark.usefixtures("table")
def test_the_history_begins_with_who_wrote_the_site_and_why() -> None:
    write_site(SITE.encode(), OPERATOR, "The shop opens.")
    write_site(SITE.encode(), OPERATOR, "Nothing is new.")
    [first] = DynamoSettingsStore().entries(SettingKind.SITE, "shop")
    [fact] = decode(first.data).facts
    assert isinstance(fact, SiteChanged)
    assert (fact.by.kind, fact.by.id) == ("operator", OPERATOR)
    assert first.private["0.SiteChanged.reason"][1] == "The shop opens."


@pytest.mark.usefixtures("table")
def test_the_administrator_of_the_guide_can_be_written() -> None:
    write_member(MEMBER.encode(), OPERATOR, "Begins today.")
    member = DynamoMembers().find(json.loads(MEMBER)["id"])
    assert member is not None
    assert Role.ADMIN in member.roles
    assert member.serves("shop")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"zone": 7}, "Expected `str`"),
        ({"orgins": []}, "no field orgins"),
        ({"holidays": "ATLANTIS"}, "/holidays"),
        ({"packs": ["none-such"]}, "/packs/0"),
        ({"zone": "Mars/Olympus"}, "/zone"),
    ],
)
@pytest.mark.usefixtures("table")
def test_a_site_that_could_not_work_is_refused(change: dict[str, object], reason: str) -> None:
    with pytest.raises(CannotDeploy, match=reason):
        write_site(json.dumps(json.loads(SITE) | change).encode(), OPERATOR, "The shop opens.")
    assert DynamoSites(lambda: MONDAY).all() == []


@pytest.mark.usefixtures("table")
def test_a_site_can_begin_with_promises_of_its_own() -> None:
    pack = json.dumps(file_of(version("shop-week", 1))).encode()
    write_pack(pack, OPERATOR, "What we promise.")
    write_pack(pack, OPERATOR, "Nothing is new.")
    write_site(json.dumps(json.loads(SITE) | {"packs": ["shop-week"]}).encode(), OPERATOR, "The shop opens.")
    terms = DynamoSites(lambda: MONDAY).terms("shop")
    own, everywhere = terms.packs
    assert own.id == "shop-week"
    assert [clock.id for clock in everywhere.clocks] == ["immediate_action", "data_request"]
    assert len(DynamoSettingsStore().entries(SettingKind.PACK, "shop-week")) == 1


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ({}, "missing required field `packs`"),
        (file_of(version("shop-week", 1, timezone="Mars/Olympus")), "/file/packs/0/timezone"),
    ],
)
@pytest.mark.usefixtures("table")
def test_a_pack_that_promises_nothing_is_refused(file: dict[str, object], reason: str) -> None:
    with pytest.raises(CannotDeploy, match=reason):
        write_pack(json.dumps(file).encode(), OPERATOR, "What we promise.")
    assert list(DynamoSettingsStore().all()) == []


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(CannotDeploy, match="does not describe a member"):
        write_member(b"Deniz", OPERATOR, "Begins today.")
