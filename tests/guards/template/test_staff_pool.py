"""An installation can bring its own identity provider; it lets in whoever was invited, and nobody else."""

import json

import pytest

from complaints.adapters.identity.oidc_login import SCOPE
from complaints.values.people import Role
from functions.desk.session import sign_in
from infrastructure.template.parameters import CONDITIONS, PARAMETERS, PROVIDER, PUBLIC_URL, RULES
from infrastructure.template.permissions.policies import POLICIES
from infrastructure.template.staff_pool import (
    ARRIVAL,
    GROUPS_CLAIM,
    ROLES,
    SCOPES,
    provider_of_staff,
    staff_pool,
    staff_sign_in,
)

POOL, SIGN_IN = staff_pool(PUBLIC_URL), staff_sign_in(PUBLIC_URL)


def test_it_is_made_only_where_the_operator_asks_for_it() -> None:
    assert PARAMETERS["OwnPool"]["Default"] == "no"
    assert {part["Condition"] for part in SIGN_IN.values()} == {"OwnsPool"}
    assert {part["Condition"] for part in POOL.values()} == {"OwnsPool", "InvitesFirstUser"}
    assert {"OwnsPool", "InvitesFirstUser"} <= CONDITIONS.keys()
    for told in provider_of_staff().values():
        condition, of_pool, of_operator = told["Fn::If"]
        assert (condition, set(of_operator)) == ("OwnsPool", {"Ref"})
        assert of_pool == "" or isinstance(of_pool, dict) or of_pool == GROUPS_CLAIM


def test_each_role_has_a_group_and_the_first_user_is_in_all() -> None:
    groups = [part["Properties"]["GroupName"] for part in POOL.values() if part["Type"].endswith("PoolGroup")]
    joined = [
        part["Properties"]["GroupName"] for part in POOL.values() if part["Type"].endswith("GroupAttachment")
    ]
    assert sorted(groups) == sorted(joined) == sorted(Role) == sorted(ROLES)


def test_nobody_signs_up_and_nobody_changes_an_address() -> None:
    pool, client = POOL["UserPool"]["Properties"], SIGN_IN["UserPoolClient"]["Properties"]
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"]
    assert client["WriteAttributes"] == ["name"]
    assert (POOL["UserPool"]["DeletionPolicy"], pool["DeletionProtection"]) == (
        "RetainExceptOnCreate",
        "ACTIVE",
    )


def test_the_desk_is_a_public_client_that_comes_back_to_its_own_page() -> None:
    client = SIGN_IN["UserPoolClient"]["Properties"]
    assert ARRIVAL == sign_in.ARRIVAL
    assert client["CallbackURLs"] == [{"Fn::Sub": ["${address}" + ARRIVAL, {"address": PUBLIC_URL}]}]
    assert (client["GenerateSecret"], client["AllowedOAuthFlows"]) == (False, ["code"])
    assert client["AllowedOAuthScopes"] == SCOPES == SCOPE.split()


def test_a_pool_that_is_kept_keeps_who_is_in_which_group() -> None:
    kept = {part["DeletionPolicy"] for part in POOL.values()}
    assert kept == {"RetainExceptOnCreate"}


def test_its_pages_are_those_that_ask_again_who_somebody_is() -> None:
    """Only managed login knows `prompt=login`; it is of Essentials, and shows nothing without a style."""
    assert SIGN_IN["UserPoolDomain"]["Properties"]["ManagedLoginVersion"] == 2
    assert POOL["UserPool"]["Properties"]["UserPoolTier"] == "ESSENTIALS"
    [style] = [part for part in SIGN_IN.values() if part["Type"].endswith("ManagedLoginBranding")]
    assert style["Properties"]["ClientId"] == {"Ref": "UserPoolClient"}


def test_nobody_is_invited_to_an_address_that_is_not_known_yet() -> None:
    first = {name for name, part in POOL.items() if part["Condition"] == "InvitesFirstUser"}
    assert first == {name for name in POOL if name.startswith("FirstUser")}
    assert CONDITIONS["InvitesFirstUser"] == {
        "Fn::And": [{"Condition": "OwnsPool"}, {"Condition": "HasAddress"}]
    }


def test_an_invitation_has_the_places_that_cognito_fills_in() -> None:
    message = json.dumps(POOL["UserPool"]["Properties"]["AdminCreateUserConfig"]["InviteMessageTemplate"])
    assert "{username}" in message
    assert "{####}" in message


@pytest.mark.parametrize("name", PROVIDER)
def test_without_a_pool_the_provider_must_be_named(name: str) -> None:
    asserted = json.dumps(RULES["StaffHaveProvider"]["Assertions"])
    assert (PARAMETERS[name]["Default"], json.dumps({"Ref": name}) in asserted) == ("", True)


def test_in_the_sandbox_and_only_there_recipients_are_asked_for_the_right_to_send() -> None:
    """AWS: a recipient is a verified identity of the account, and a policy on identities is held to it."""
    [statement] = [
        each for each in POLICIES["send_letters"]["Statement"] if "ses:SendEmail" in each["Action"]
    ]
    conditions = [place["Fn::If"][0] for place in statement["Resource"] if "Fn::If" in place]
    assert conditions == ["SendsInSandbox"]
    assert PARAMETERS["InSandbox"]["Default"] == "no"
    assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "Sender"}}}
