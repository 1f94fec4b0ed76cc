"""Values of settings that only a newer release knows: each is read by its safest meaning, and kept."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec.inspect as types
import pytest

from complaints.adapters.dynamodb.models import SettingItem
from complaints.adapters.dynamodb.setting_items import from_setting_item
from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore
from complaints.adapters.stores.settings.sites import DynamoSites
from complaints.settings.commands import RotateSecret
from complaints.settings.importing.provisioning import Provisioning
from complaints.settings.service import SettingsService
from complaints.settings.setting import Setting, SettingKind, record_type
from complaints.settings.settings_context import among
from complaints.site.site import SiteRecord
from complaints.values.casework.automation import Automation, RuleState
from complaints.values.casework.standard_texts import StandardText
from complaints.values.codes import Code, Codes
from complaints.values.errors import WrittenByNewerRelease
from complaints.values.own_fields import FieldType, OwnFields
from complaints.values.people import Invitation, Member, Role
from tests.builders import DEMO, MONDAY
from tests.fakes import CountingSalt
from tests.settings_stores import OPERATOR, FakeShelf

MADE_UP = "of_tomorrow"
RULE = {"data": "files", "months": 6, "counted_from": "closing", "basis": "law", "source": "A law."}
KIM = {"name": "Kim", "roles": ["agent"], "sites": ["demo"]}
CODE = {"code": "late", "state": "offered", "like": "upheld", "sensitive": True}
RECORDS: dict[SettingKind, dict[str, Any]] = {
    SettingKind.SITE: {
        "name": "Demo",
        "zone": "Europe/Istanbul",
        "language": "en",
        "languages": ["en"],
        "holidays": "tr",
        "feedback": ["praise"],
        "decision_topics": ["procedure"],
        "approval_topics": ["procedure"],
        "review_topics": ["procedure"],
        "retention": [RULE],
        "former_retention": [{"rules": [RULE], "until": "2026-01-01"}],
    },
    SettingKind.CODES: {
        name: [CODE] for name in ("categories", "subcategories", "causes", "remedies", "outcomes", "actions")
    },
    SettingKind.FIELDS: {"fields": [{"code": "size", "type": "text", "labels": {"en": "Size"}}]},
    SettingKind.STANDARD_TEXT: {
        "title": "Late",
        "use": "reply",
        "texts": {"en": "It is late."},
        "roles": ["agent"],
    },
    SettingKind.MACRO: {"title": "Close", "steps": [], "roles": ["agent"]},
    SettingKind.AUTOMATION: {
        "title": "Urgent",
        "when": "received",
        "channels": ["web"],
        "tell": ["team"],
        "state": "on",
    },
    SettingKind.MEMBER: KIM | {"id": "Kim"},
    SettingKind.INVITATION: KIM
    | {
        "email": "kim@example.org",
        "letter_language": "en",
        "sent_at": "2026-03-02T09:00:00Z",
        "valid_until": "2026-04-02T09:00:00Z",
        "state": "open",
    },
}
"""A record of each kind that has values out of a few, with one at each place."""

Place = tuple[str | int, ...]


def places(of: types.Type, at: Place = ()) -> Iterator[Place]:
    """Where a value out of a few stands in a record; of several, the first."""
    if isinstance(of, types.EnumType | types.LiteralType):
        yield at
    elif isinstance(of, types.UnionType):
        for each in of.types:
            yield from places(each, at)
    elif isinstance(of, types.StructType):
        for field in of.fields:
            yield from places(field.type, (*at, field.encode_name))
    elif isinstance(of, types.VarTupleType | types.ListType | types.SetType | types.FrozenSetType):
        yield from places(of.item_type, (*at, 0))
    elif isinstance(of, types.DictType):
        assert not [*places(of.key_type), *places(of.value_type)], f"say how {at} is read"


ALL = [(kind, place) for kind in SettingKind for place in places(types.type_info(record_type(kind)))]


def with_value(record: Any, place: Place, value: str) -> Any:
    """The record with a value in this place, beside those that are known where it holds several."""
    copy = json.loads(json.dumps(record))
    here = copy
    for step in place[:-1]:
        here = here[step]
    if place[-1] == 0:
        here.insert(0, value)
    else:
        here[place[-1]] = value
    return copy


def read(kind: SettingKind, record: object) -> Setting:
    return from_setting_item(
        SettingItem("x", f"{kind}#demo", number=1, version=1, seal="x", settings=json.dumps(record))
    )


@pytest.mark.parametrize(("kind", "place"), ALL, ids=lambda each: str(each))
def test_a_setting_with_a_value_that_is_not_known_is_read_and_not_written(
    kind: SettingKind, place: Place
) -> None:
    """Whoever adds an enumeration to a setting finds here that its safest meaning is to be said
    (`newer_values.py`)."""
    assert not read(kind, RECORDS[kind]).is_newer
    newer = read(kind, with_value(RECORDS[kind], place, MADE_UP))
    assert newer.is_newer, "a change would drop the value"
    assert isinstance(newer.record, record_type(kind))


def record(kind: SettingKind, *place: str | int) -> Any:
    return read(kind, with_value(RECORDS[kind], place, MADE_UP)).record


def test_what_a_form_takes_and_who_must_be_trained_is_what_is_known_of_it() -> None:
    site = record(SettingKind.SITE, "feedback", 0)
    assert isinstance(site, SiteRecord)
    assert [each.value for each in site.feedback] == ["praise"]
    trained = record(SettingKind.SITE, "decision_topics", 0)
    assert [each.value for each in trained.decision_topics] == ["procedure"]


@pytest.mark.parametrize(
    "place",
    [("retention", 0, "data"), ("retention", 0, "basis"), ("former_retention", 0, "rules", 0, "data")],
)
def test_nothing_is_removed_where_one_rule_of_retention_is_not_known(place: Sequence[str | int]) -> None:
    site = record(SettingKind.SITE, *place)
    assert (site.retention, site.former_retention) == ((), ())


@pytest.mark.parametrize("name", ["state", "like"])
def test_a_code_keeps_who_may_see_its_cases_and_is_offered_no_more(name: str) -> None:
    codes = record(SettingKind.CODES, "categories", 0, name)
    assert isinstance(codes, Codes)
    (code,) = codes.categories
    assert isinstance(code, Code)
    assert (code.sensitive, code.is_offered) == (True, False)


def test_a_field_is_asked_no_more_and_shows_what_was_answered() -> None:
    found = record(SettingKind.FIELDS, "fields", 0, "type")
    assert isinstance(found, OwnFields)
    assert [(field.type, field.retired) for field in found.fields] == [(FieldType.TEXT, True)]


def test_a_text_that_only_another_role_has_is_offered_to_nobody() -> None:
    alone = RECORDS[SettingKind.STANDARD_TEXT] | {"roles": [MADE_UP]}
    text = read(SettingKind.STANDARD_TEXT, alone).record
    assert isinstance(text, StandardText)
    assert not text.is_offered_to(tuple(Role))


@pytest.mark.parametrize("place", [("when",), ("channels", 0), ("tell", 0), ("state",)])
def test_a_rule_of_which_not_all_is_known_is_off(place: Sequence[str | int]) -> None:
    rule = record(SettingKind.AUTOMATION, *place)
    assert isinstance(rule, Automation)
    assert rule.state is RuleState.OFF


def test_nobody_gets_more_than_is_known() -> None:
    member = record(SettingKind.MEMBER, "roles", 0)
    assert isinstance(member, Member)
    assert member.roles == (Role.AGENT,)
    invitation = record(SettingKind.INVITATION, "state")
    assert isinstance(invitation, Invitation)
    assert not invitation.is_open(MONDAY)


def test_a_site_with_such_values_works_is_listed_and_is_written_by_nobody(table: str) -> None:
    store = DynamoSettingsStore()
    service = SettingsService(store, CountingSalt())
    given = among([], now=MONDAY, by=OPERATOR, shipped_data=FakeShelf())
    Provisioning(service, store).site(DEMO, given, "It opens.")
    item = SettingItem.get("sites", f"site#{DEMO.key}")
    before = json.loads(item.settings)
    newer = before | {"feedback": [MADE_UP, "praise"], "retention": [RULE | {"data": MADE_UP}]}
    item.settings = json.dumps(newer)
    item.save()
    sites = DynamoSites(lambda: MONDAY)
    assert [site.key for site in sites.all()] == [DEMO.key]
    assert [each.value for each in sites.terms(DEMO.key).site.feedback] == ["praise"]
    given = among(store.all(), now=MONDAY, by=OPERATOR, shipped_data=FakeShelf())
    with pytest.raises(WrittenByNewerRelease):
        service.carry_out(
            store.load(SettingKind.SITE, DEMO.key),
            RotateSecret(reason="Somebody saw it."),
            given,
        )
    assert json.loads(SettingItem.get("sites", f"site#{DEMO.key}").settings) == newer
