"""`make rotate`: nothing that was signed dies by a planned rotation, and a stolen key can be ended."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from complaints.adapters.secrets import READ_AGAIN, READ_AT_MOST, ParameterStoreSecrets
from complaints.values.key_ring import KeyRing
from infrastructure.deployment.key_rotation import MOST, SIGNS_FOR, STORED, refuse_haste, rotate, rotated
from infrastructure.deployment.secrets import make_secrets
from infrastructure.errors import CannotDeploy
from infrastructure.template.permissions.secrets import PURPOSES

if TYPE_CHECKING:
    from types_boto3_ssm import SSMClient

PREFIX = "/answerable/test/keys"
FIRST = KeyRing.of(b"0" * 32)


@pytest.fixture
def ssm() -> Iterator["SSMClient"]:
    with mock_aws():
        client = boto3.client("ssm", region_name="us-east-1")
        make_secrets(client, PREFIX)
        yield client


def stored(ssm: "SSMClient", purpose: str) -> KeyRing:
    return KeyRing.read(
        str(ssm.get_parameter(Name=f"{PREFIX}/{purpose}", WithDecryption=True)["Parameter"]["Value"])
    )


def test_every_key_either_signs_in_generations_or_is_stored_in_one() -> None:
    assert MOST.keys() | STORED.keys() == set(PURPOSES)
    assert not MOST.keys() & STORED.keys()


@pytest.mark.parametrize("purpose", sorted(MOST))
def test_a_planned_rotation_leaves_the_generation_before_valid(ssm: "SSMClient", purpose: str) -> None:
    before = stored(ssm, purpose)
    assert "generation 1 signs, valid are 1, 0" in rotate(ssm, PREFIX, purpose)
    after = stored(ssm, purpose)
    assert after.find("") == before.newest.key
    assert after.newest.key != before.newest.key


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=59))
def test_no_link_dies_by_any_number_of_planned_rotations_in_the_life_of_a_case(later: list[bytes]) -> None:
    ring = FIRST
    for key in later:
        ring = rotated("access", ring, "", key)
    assert [each.number for each in ring.generations] == list(range(len(later), -1, -1))
    assert len(ring.text()) < 4_096


@pytest.mark.parametrize(("end", "left"), [("2", [3, 1, 0]), ("1", [2, 0]), ("0", [2, 1]), ("all", [3])])
def test_a_stolen_generation_is_ended_and_if_it_is_the_newest_another_one_signs(
    end: str, left: list[int]
) -> None:
    ring = FIRST.rotated(b"1" * 32, 9).rotated(b"2" * 32, 9)
    assert [each.number for each in rotated("access", ring, end, b"3" * 32).generations] == left


@pytest.mark.parametrize("purpose", sorted(MOST))
def test_a_good_generation_stays_where_the_newest_of_as_many_as_there_may_be_is_ended(purpose: str) -> None:
    ring = FIRST
    for number in range(1, MOST[purpose]):
        ring = ring.rotated(bytes([number]) * 32, MOST[purpose])
    after = rotated(purpose, ring, str(ring.newest.number), b"n" * 32)
    assert after.generations[1:] == ring.generations[1:]
    assert after.newest.number == ring.newest.number + 1


@pytest.mark.parametrize("end", ["7", "x", "-1"])
def test_what_is_no_generation_is_not_ended(end: str) -> None:
    with pytest.raises(CannotDeploy, match="valid"):
        rotated("access", FIRST, end, b"1" * 32)


@pytest.mark.parametrize("purpose", sorted(STORED))
def test_a_key_that_names_what_is_stored_is_renewed_only_on_purpose(ssm: "SSMClient", purpose: str) -> None:
    before = stored(ssm, purpose)
    with pytest.raises(CannotDeploy, match="END=all"):
        rotate(ssm, PREFIX, purpose)
    assert stored(ssm, purpose) == before
    assert STORED[purpose] in rotate(ssm, PREFIX, purpose, "all")
    assert [each.number for each in stored(ssm, purpose).generations] == [1]


def test_a_key_that_is_not_there_is_not_rotated(ssm: "SSMClient") -> None:
    with pytest.raises(CannotDeploy, match="There is no key"):
        rotate(ssm, PREFIX, "nothing")
    with pytest.raises(CannotDeploy, match="not made yet"):
        rotate(ssm, "/answerable/other/keys", "access")


def test_a_function_that_runs_learns_of_a_new_generation_at_once_and_of_an_ended_one_in_minutes(
    ssm: "SSMClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("complaints.adapters.dynamodb.table.connection", lambda: Connected())
    seconds = [1_000.0]
    functions_keys = ParameterStoreSecrets(PREFIX, ["access"], lambda: seconds[0])
    assert functions_keys.ring("access").newest.number == 0
    rotate(ssm, PREFIX, "access")
    seconds[0] += READ_AT_MOST
    assert functions_keys.ring("access").find("1") == stored(ssm, "access").newest.key
    rotate(ssm, PREFIX, "access", "0")
    assert functions_keys.ring("access").find("")
    seconds[0] += READ_AGAIN
    assert functions_keys.ring("access").find("") is None


def test_a_function_goes_on_with_the_keys_that_it_knows_while_they_cannot_be_read(
    ssm: "SSMClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("complaints.adapters.dynamodb.table.connection", lambda: Connected())
    seconds = [1_000.0]
    functions_keys = ParameterStoreSecrets(PREFIX, ["access"], lambda: seconds[0])
    known = functions_keys.key("access")
    monkeypatch.setattr(
        "complaints.adapters.dynamodb.table.connection", lambda: Connected("us-west-2", broken=True)
    )
    seconds[0] += READ_AGAIN
    assert functions_keys.key("access") == known


class Connected:
    """The session of the table, as far as it makes clients."""

    def __init__(self, region: str = "us-east-1", *, broken: bool = False) -> None:
        self.session, self._region, self._broken = self, region, broken

    def create_client(self, name: str) -> object:
        client = boto3.client("ssm", region_name=self._region)
        return Broken(client) if self._broken else client


class Broken:
    """A client whose service refuses."""

    def __init__(self, client: "SSMClient") -> None:
        self._client = client

    def get_parameters(self, **_: object) -> object:
        return self._client.get_parameter(Name="/nothing/there")


@pytest.mark.parametrize("purpose", sorted(SIGNS_FOR))
def test_a_rotation_that_would_end_a_key_in_use_is_refused(ssm: "SSMClient", purpose: str) -> None:
    """Three rotations within seconds signed every member of staff out, and receivers of webhooks, too."""
    rotate(ssm, PREFIX, purpose)
    before = stored(ssm, purpose)
    with pytest.raises(CannotDeploy, match="what generation 0 signed is good until"):
        rotate(ssm, PREFIX, purpose)
    assert stored(ssm, purpose) == before
    assert "valid are 1" in rotate(ssm, PREFIX, purpose, "0"), "a stolen one ends at once"


@pytest.mark.parametrize("purpose", sorted(SIGNS_FOR))
def test_a_key_is_rotated_again_once_nothing_is_in_use_that_it_signed(purpose: str) -> None:
    made_at, ring = datetime(2026, 11, 28, 20, tzinfo=UTC), FIRST.rotated(b"1" * 32, 2)
    refuse_haste(purpose, ring, made_at, made_at + SIGNS_FOR[purpose])
    with pytest.raises(CannotDeploy):
        refuse_haste(purpose, ring, made_at, made_at + SIGNS_FOR[purpose] - timedelta(seconds=1))
