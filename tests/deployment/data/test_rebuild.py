"""Heads are made again from their facts: what differs is named and mended, what is missing only named."""

import json
from collections.abc import Iterator
from typing import cast

import pytest

from complaints.adapters.dynamodb.case_items import card_of
from complaints.adapters.dynamodb.entry_items import data_key_of
from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk, head_key, setting_key
from complaints.adapters.dynamodb.models import EntryItem, Head, SettingItem
from complaints.casework.people.contact_details import CorrectContact
from complaints.context.decision_context import Context
from infrastructure.cli.data.rebuild_heads import rebuild
from tests.builders import ADA
from tests.installation import Installation, opened


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def test_what_the_product_writes_is_what_its_facts_say(
    installation: Installation, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        installation.take(f"k-{number}")
    installation.deactivate()
    installation.run_schedule()
    organisation = len(installation.world.settings_store.all())
    assert rebuild(table, check=True) == 0
    output = capsys.readouterr().out
    assert output == f"{organisation + 3} heads looked at, 0 not what their facts say, 0 written anew.\n"


def test_a_corrected_case_is_what_its_facts_say(installation: Installation, table: str) -> None:
    """Also the name in the queue, and which links are valid."""
    world = installation.world
    case = world.cases.load(installation.take("k-1"))
    assert case is not None
    context = Context(now=world.now(), by=ADA, terms=world.sites.terms("demo"))
    correction = CorrectContact(name="Ngozi O.", email="n@okafor.example", reason="She spelt it.")
    world.casework.carry_out(case, correction, context)
    assert rebuild(table, check=True) == 0


def test_a_head_that_was_bent_is_named_and_with_check_left_as_it_is(
    installation: Installation, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = installation.take("k-1")
    bent = _bent(reference)
    assert rebuild(table, check=True) == 1
    output = capsys.readouterr().out
    assert f"{reference}: differs: assignee, card, queue_sk, state.assignee\n" in output
    assert Head.get(*head_key(reference)).serialize() == bent


def test_a_head_that_was_bent_is_written_anew(installation: Installation, table: str) -> None:
    reference = installation.take("k-1")
    before = _read(reference)
    _bent(reference)
    assert rebuild(table, check=False) == 0
    assert _read(reference) == before
    assert rebuild(table, check=True) == 0


def test_a_card_in_clear_is_written_encrypted(
    installation: Installation, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As heads stood before cards were encrypted."""
    reference = installation.take("k-1")
    before = _read(reference)
    in_clear = json.dumps(
        dict(zip(("subject", "name"), cast("tuple[str, str]", before["card"]), strict=True))
    )
    Head.get(*head_key(reference)).update(actions=[Head.card.set(in_clear)])
    assert _read(reference)["card"] == before["card"]
    assert rebuild(table, check=True) == 1
    assert f"{reference}: differs: card\n" in capsys.readouterr().out
    assert rebuild(table, check=False) == 0
    assert _read(reference) == before
    assert json.loads(Head.get(*head_key(reference)).card).keys() == {"encrypted"}


def test_a_head_that_cannot_be_read_is_written_anew(installation: Installation, table: str) -> None:
    reference = installation.take("k-1")
    before = _read(reference)
    Head.get(*head_key(reference)).update(
        actions=[Head.state.set(json.dumps({"seal": installation.complaint(reference).seal}))]
    )
    assert rebuild(table, check=False) == 0
    assert _read(reference) == before


def test_a_setting_that_was_lost_is_written_anew(installation: Installation, table: str) -> None:
    key = setting_key("member", "Robin")
    item = SettingItem.get(*key)
    before = item.serialize()
    item.delete()
    assert rebuild(table, check=False) == 0
    assert SettingItem.get(*key).serialize() == before


def test_a_chain_with_an_entry_missing_is_named_and_not_bent_to_fit(
    installation: Installation, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = installation.take("k-1")
    before = Head.get(*head_key(reference)).serialize()
    EntryItem.get(case_pk(reference), entry_sk(2)).delete()
    assert rebuild(table, check=False) == 1
    assert f"{reference}: differs: entry 2: missing" in capsys.readouterr().out
    assert Head.get(*head_key(reference)).serialize() == before


def test_a_changed_entry_is_named_and_stops_no_other(
    installation: Installation, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = installation.take("k-1"), installation.take("k-2")
    entry = EntryItem.get(case_pk(first), entry_sk(2))
    entry.update(actions=[EntryItem.data.set(entry.data.replace(b"Deniz", b"Robin"))])
    _bent(second)
    assert rebuild(table, check=False) == 1
    output = capsys.readouterr().out
    assert f"{first}: differs: entry 2: changed" in output
    assert f"{second}: written anew" in output


def test_a_case_without_its_head_is_named(
    installation: Installation, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = installation.take("k-1")
    Head.get(*head_key(reference)).delete()
    assert rebuild(table, check=False) == 1
    assert f"{reference}: differs: head is missing" in capsys.readouterr().out


def _read(reference: str) -> dict[str, object]:
    """The head as it stands, with its state as a value: a number may be written in two ways."""
    head = Head.get(*head_key(reference))
    card = card_of(head, data_key_of(reference))
    return {**head.serialize(), "state": json.loads(head.state), "card": (card.subject, card.name)}


def _bent(reference: str) -> dict[str, object]:
    """Somebody writes to the head by hand; the item as it is then."""
    head = Head.get(*head_key(reference))
    state = head.state.replace('"assignee":"Deniz"', '"assignee":"Kim"')
    head.update(
        actions=[
            Head.state.set(state),
            Head.assignee.set("Kim"),
            Head.queue_sk.set("0001"),
            Head.card.set('{"subject":"Six cups in the rain","name":"Somebody"}'),
        ]
    )
    return dict(Head.get(*head_key(reference)).serialize())
