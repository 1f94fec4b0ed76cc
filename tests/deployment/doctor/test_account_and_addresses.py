"""The account, the stack, the domain and the provider: one line each, and how to mend what is wrong."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from infrastructure.doctor import account, addresses
from infrastructure.doctor.line import State
from infrastructure.template.permissions.secrets import PURPOSES

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
PREFIX = "/answerable/prod/keys"
TOPIC = "arn:aws:sns:eu-central-1:1:alarms"
ADDRESS = "operations@example.org"


@pytest.mark.parametrize(("seconds", "state"), [(0, State.WELL), (-60, State.WELL), (61, State.WRONG)])
def test_the_clock_is_that_of_aws(seconds: int, state: State) -> None:
    there = format_datetime(NOON + timedelta(seconds=seconds), usegmt=True)
    assert account.clock(NOON, there).state is state


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (None, State.LATER),
        ("UPDATE_COMPLETE", State.WELL),
        ("UPDATE_IN_PROGRESS", State.LATER),
        ("ROLLBACK_COMPLETE", State.WRONG),
        ("UPDATE_ROLLBACK_FAILED", State.WRONG),
    ],
)
def test_the_stack_stands(status: str | None, state: State) -> None:
    assert account.stack("answerable-prod", status).state is state


def test_the_stack_of_the_data_refuses_to_be_deleted() -> None:
    name = "answerable-prod-data"
    stands, waits = account.stack(name, "UPDATE_COMPLETE"), account.stack(name, None)
    assert account.protected(stands, name, is_protected=True) == stands
    assert account.protected(stands, name, is_protected=False).state is State.WRONG
    assert account.protected(waits, name, is_protected=False) == waits


def test_a_missing_key_is_named_and_before_the_first_deployment_none_is_missed() -> None:
    held = [f"{PREFIX}/{purpose}" for purpose in PURPOSES]
    assert account.keys(PREFIX, held, is_deployed=True).state is State.WELL
    found = account.keys(PREFIX, held[1:], is_deployed=True)
    assert (found.state, PURPOSES[0] in found.says) == (State.WRONG, True)
    assert account.keys(PREFIX, [], is_deployed=False).state is State.LATER


@pytest.mark.parametrize(
    ("bucket", "versioning", "region", "state"),
    [
        ("", None, "eu-west-1", State.CHOICE),
        ("arn:aws:s3:::copies", "Enabled", "eu-west-1", State.WELL),
        ("arn:aws:s3:::copies", "Suspended", "eu-west-1", State.WRONG),
        ("arn:aws:s3:::copies", "Enabled", "eu-central-1", State.WRONG),
    ],
)
def test_files_are_copied_to_versions_in_another_region(
    bucket: str, versioning: str | None, region: str, state: State
) -> None:
    key = f"arn:aws:kms:{region}:1:key/1"
    assert account.copies(bucket, versioning, key, "eu-central-1").state is state


@pytest.mark.parametrize(
    ("changed", "copied", "state"),
    [
        (None, None, State.CHOICE),
        (NOON, None, State.CHOICE),
        (NOON, NOON - timedelta(seconds=1), State.WRONG),
        (NOON, NOON, State.WELL),
    ],
)
def test_keys_are_copied_again_once_they_were_changed(
    changed: datetime | None, copied: datetime | None, state: State
) -> None:
    assert account.escrow(changed, copied, "prod").state is state


@pytest.mark.parametrize(("limit", "state"), [(10, State.WRONG), (1_000, State.WELL)])
def test_an_account_runs_enough_functions_at_once(limit: int, state: State) -> None:
    assert account.concurrency(limit).state is state


@pytest.mark.parametrize(
    ("address", "topic", "subscription", "state"),
    [
        ("", None, None, State.WRONG),
        (ADDRESS, None, None, State.LATER),
        (ADDRESS, TOPIC, None, State.WRONG),
        (ADDRESS, TOPIC, "PendingConfirmation", State.WRONG),
        (ADDRESS, TOPIC, f"{TOPIC}:1", State.WELL),
    ],
)
def test_somebody_is_told_of_alarms(
    address: str, topic: str | None, subscription: str | None, state: State
) -> None:
    held = {"Protocol": "email", "Endpoint": ADDRESS.title(), "SubscriptionArn": subscription}
    assert account.alarm_address(address, topic, [held] if subscription else []).state is state


def test_a_stage_needs_a_role_for_its_logs() -> None:
    assert account.gateway_logs(is_set_by_stack=True, role="").state is State.WELL
    assert account.gateway_logs(is_set_by_stack=False, role="arn:aws:iam::1:role/x").state is State.WELL
    assert account.gateway_logs(is_set_by_stack=False, role="").state is State.WRONG


def certificate(**changes: Any) -> dict[str, Any]:
    return {
        "Status": "ISSUED",
        "DomainName": "*.example.org",
        "SubjectAlternativeNames": ["*.example.org"],
        "NotAfter": NOON + timedelta(days=200),
    } | changes


@pytest.mark.parametrize(
    ("domain", "found", "state"),
    [
        ("", None, State.WELL),
        ("complaints.example.org", None, State.WRONG),
        ("complaints.example.org", certificate(), State.WELL),
        ("a.complaints.example.org", certificate(), State.WRONG),
        ("complaints.example.org", certificate(Status="PENDING_VALIDATION"), State.WRONG),
        ("complaints.example.org", certificate(NotAfter=NOON + timedelta(days=29)), State.WRONG),
    ],
)
def test_the_certificate_is_for_the_domain_and_holds(domain: str, found: Any, state: State) -> None:
    assert addresses.certificate(domain, found, NOON).state is state


TARGET = "d1.cloudfront.net"


@pytest.mark.parametrize(
    ("target", "aliases", "here", "there", "state"),
    [
        (None, [], [], [], State.LATER),
        (TARGET, ["D1.cloudfront.net."], ["192.0.2.1"], ["192.0.2.2"], State.WELL),
        (TARGET, [], ["192.0.2.1"], ["192.0.2.1"], State.WELL),
        (TARGET, ["old.example.org."], ["192.0.2.9"], ["192.0.2.1"], State.WRONG),
        (TARGET, [], [], [], State.WRONG),
    ],
)
def test_the_domain_leads_to_the_distribution(
    target: str | None, aliases: list[str], here: list[str], there: list[str], state: State
) -> None:
    assert addresses.domain("complaints.example.org", target, aliases, here, there).state is state


ISSUER = "https://login.example.org"
SAID = {
    "Issuer": ISSUER,
    "JwksUrl": f"{ISSUER}/keys",
    "AuthorizeUrl": f"{ISSUER}/authorize",
    "TokenUrl": f"{ISSUER}/token",
    "UserinfoUrl": "",
}
PUBLISHED = {
    "issuer": ISSUER,
    "jwks_uri": f"{ISSUER}/keys",
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
}


def test_the_stage_file_says_what_the_provider_publishes() -> None:
    assert addresses.provider(SAID, PUBLISHED).state is State.WELL
    assert addresses.provider(SAID, None).state is State.WRONG
    found = addresses.provider(SAID | {"JwksUrl": f"{ISSUER}/old"}, PUBLISHED)
    assert (found.state, found.mend) == (State.WRONG, f"JwksUrl = {ISSUER}/keys")
    plain = PUBLISHED | {"code_challenge_methods_supported": ["plain"]}
    assert addresses.provider(SAID, plain).state is State.WRONG


@pytest.mark.parametrize(
    ("keys", "state"),
    [
        ([{"kty": "EC", "crv": "P-256"}], State.WELL),
        ([{"kty": "RSA", "n": "x" * 342}], State.WELL),
        ([{"kty": "RSA", "n": "x" * 171}], State.WRONG),
        ([{"kty": "OKP", "crv": "Ed25519"}], State.WRONG),
        ([], State.WRONG),
    ],
)
def test_one_of_the_keys_can_be_used(keys: list[dict[str, str]], state: State) -> None:
    assert addresses.provider_keys({"keys": keys}).state is state
    assert addresses.provider_keys(None).state is State.WRONG
