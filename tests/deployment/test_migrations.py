"""Migrations are run once, in their order, and an installation knows which are left."""

import importlib.util
from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from complaints.adapters.container import container, use_container
from complaints.adapters.dynamodb.models import DataKeyItem, Item
from complaints.adapters.secrets import KeyNotSet
from infrastructure.cli.data.reindex import open_to_index
from infrastructure.deployment.migrations import MIGRATIONS, done, filled_in, note_done, pending
from infrastructure.deployment.open_container import open_container
from infrastructure.deployment.secrets import SIZE, make_secrets
from infrastructure.doctor import account
from infrastructure.doctor.line import State

if TYPE_CHECKING:
    from types_boto3_ssm import SSMClient

PLACE = "/answerable/test/migrations"
VALUES = {"Table": "t", "Evidence": "e", "Keys": "/answerable/test/keys"}


@pytest.fixture
def ssm() -> Iterator["SSMClient"]:
    with mock_aws():
        yield boto3.client("ssm", region_name="us-east-1")


def test_what_is_not_noted_is_left_in_its_order(ssm: "SSMClient") -> None:
    assert pending(done(ssm, PLACE)) == list(MIGRATIONS)
    note_done(ssm, PLACE, {MIGRATIONS[1].name})
    assert pending(done(ssm, PLACE)) == [each for each in MIGRATIONS if each is not MIGRATIONS[1]]
    note_done(ssm, PLACE, {each.name for each in MIGRATIONS})
    assert pending(done(ssm, PLACE)) == []


def test_what_a_later_release_did_stays_noted(ssm: "SSMClient") -> None:
    note_done(ssm, PLACE, {"later-7", MIGRATIONS[0].name})
    assert done(ssm, PLACE) == {"later-7", MIGRATIONS[0].name}


def test_none_is_kept_as_none(ssm: "SSMClient") -> None:
    note_done(ssm, PLACE, ())
    assert done(ssm, PLACE) == frozenset()


@pytest.mark.parametrize("each", MIGRATIONS, ids=lambda each: each.name)
def test_each_is_a_command_that_there_is(each: object) -> None:
    assert isinstance(each, type(MIGRATIONS[0]))
    assert importlib.util.find_spec(each.module)
    assert not any("{" in said for said in filled_in(each.arguments, VALUES))


def test_states_of_cases_are_sealed_also_where_their_chains_were_before() -> None:
    """Nobody tells of a state that is not written: what was noted for checkpoints before had none."""
    left = pending({"heads-1", "figures-1", "index-1", "note-1", "orders-1", "erasures-1"})
    assert "infrastructure.cli.data.note_chains" in {each.module for each in left}


def test_names_are_given_once() -> None:
    assert len({each.name for each in MIGRATIONS}) == len(MIGRATIONS)


def test_doctor_names_what_is_left_and_how_to_do_it() -> None:
    assert account.migrations((), "prod", is_deployed=True).state is State.WELL
    assert account.migrations((), "prod", is_deployed=False).state is State.LATER
    line = account.migrations(("heads-1",), "prod", is_deployed=True)
    assert (line.state, "heads-1" in line.says, line.mend) == (
        State.WRONG,
        True,
        "`make migrate STAGE=prod`.",
    )


@pytest.fixture
def _of_no_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As commands of their own begin: with models that are of no table."""
    for model in (Item, DataKeyItem):
        monkeypatch.setattr(model.Meta, "table_name", "")
        monkeypatch.setattr(model, "_connection", None)
    yield
    use_container(None)


@pytest.mark.usefixtures("_of_no_table")
def test_a_command_over_a_table_reads_it_before_it_asks_for_any_store() -> None:
    open_container("from-before")
    assert (Item.Meta.table_name, DataKeyItem.Meta.table_name) == ("from-before", "from-before-keys")


@pytest.mark.usefixtures("_of_no_table")
def test_what_finds_words_again_reads_the_key_by_which_they_are_found(ssm: "SSMClient") -> None:
    made = make_secrets(ssm, VALUES["Keys"])
    assert "search" in made
    open_to_index("from-before", VALUES["Keys"])
    assert len(container().secrets.key("search")) == SIZE
    with pytest.raises(KeyNotSet):
        container().secrets.key("access")
