"""A colleague comes into the stack's own pool by an address that the operator vouches for."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from complaints.values.people import Role
from infrastructure.deployment.pool_users import Pool, named_roles
from infrastructure.errors import CannotDeploy

ADDRESS = "ada@example.org"


@pytest.fixture
def client() -> Iterator[Any]:
    with mock_aws():
        yield boto3.client("cognito-idp", region_name="eu-central-1")


@pytest.fixture
def pool(client: Any) -> Pool:
    made = client.create_user_pool(PoolName="staff", UsernameAttributes=["email"])["UserPool"]["Id"]
    for role in Role:
        client.create_group(UserPoolId=made, GroupName=role.value)
    return Pool(client, made)


def groups(pool: Pool) -> set[str]:
    found = pool.client.admin_list_groups_for_user(UserPoolId=pool.id, Username=ADDRESS)["Groups"]
    return {group["GroupName"] for group in found}


def test_who_is_invited_has_a_verified_address_and_the_roles(pool: Pool) -> None:
    assert pool.invite(ADDRESS, [Role.AGENT])
    user = pool.client.admin_get_user(UserPoolId=pool.id, Username=ADDRESS)
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    assert (attributes["email"], attributes["email_verified"]) == (ADDRESS, "true")
    assert groups(pool) == {"agent"}


def test_who_has_signed_in_gets_further_roles_and_no_second_mail(pool: Pool) -> None:
    pool.invite(ADDRESS, [Role.AGENT])
    pool.client.admin_set_user_password(
        UserPoolId=pool.id, Username=ADDRESS, Password="Of-their-own-1", Permanent=True
    )
    assert not pool.invite(ADDRESS, [Role.REVIEWER])
    assert groups(pool) == {"agent", "reviewer"}


def test_who_has_not_signed_in_yet_gets_another_invitation(pool: Pool) -> None:
    """The first one is good for seven days only."""
    pool.invite(ADDRESS, [Role.AGENT])
    assert pool.invite(ADDRESS, [Role.REVIEWER])
    assert groups(pool) == {"agent", "reviewer"}


def test_a_role_that_is_none_is_refused() -> None:
    assert named_roles("agent, reviewer") == (Role.AGENT, Role.REVIEWER)
    with pytest.raises(CannotDeploy, match="roles are agent"):
        named_roles("agent,boss")
