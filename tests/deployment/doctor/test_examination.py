"""Every check is made, whatever AWS refuses to say; and an installation that is well is called so."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, cast

import pytest

from infrastructure.deployment.migrations import MIGRATIONS
from infrastructure.deployment.stage_file import Stage
from infrastructure.doctor.examination import CHECKS, Patient, examine
from infrastructure.doctor.line import Line, State
from infrastructure.template.permissions.secrets import PURPOSES
from tests.deployment.doctor.recorded_aws import Answers, RecordedNetwork, RecordedSession

if TYPE_CHECKING:
    import boto3

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TARGET, TOPIC, CERTIFICATE = (
    "d1.cloudfront.net",
    "arn:aws:sns:eu-central-1:1:alarms",
    "arn:aws:acm:us-east-1:1:c",
)
ISSUER = "https://login.example.org"
STAGE = Stage(
    "test",
    "eu-central-1",
    {
        "Sender": "complaints@example.org",
        "SenderIdentity": "example.org",
        "Issuer": ISSUER,
        "Audience": "answerable",
        "JwksUrl": f"{ISSUER}/keys",
        "AlarmAddress": "operations@example.org",
        "Inbox": "in.example.org",
        "Domain": "complaints.example.org",
        "Certificate": CERTIFICATE,
        "FileCopies": "arn:aws:s3:::copies",
        "FileCopiesKey": "arn:aws:kms:eu-west-1:1:key/1",
        "BackupCopies": "arn:aws:backup:eu-west-1:1:backup-vault:copies",
        "OriginSecret": "s" * 32,
        "SyntheticSite": "self-test",
    },
)
NOTHING_YET: Answers = {
    ("sts", "get_caller_identity"): {
        "ResponseMetadata": {"HTTPHeaders": {"date": format_datetime(NOW, usegmt=True)}}
    },
    ("cloudformation", "describe_stacks"): "ValidationError",
    ("ssm", "get_parameters_by_path"): {"Parameters": []},
    ("ssm", "get_parameters"): {"Parameters": []},
    ("lambda", "get_account_settings"): {"AccountLimit": {"ConcurrentExecutions": 1_000}},
    ("apigateway", "get_account"): {},
    ("sesv2", "get_email_identity"): "NotFoundException",
    ("sesv2", "get_account"): {
        "ProductionAccessEnabled": True,
        "SendingEnabled": True,
        "EnforcementStatus": "HEALTHY",
        "SendQuota": {"Max24HourSend": 50_000.0, "MaxSendRate": 14.0, "SentLast24Hours": 0.0},
    },
    ("ses", "describe_active_receipt_rule_set"): {},
    ("s3", "get_bucket_versioning"): {"Status": "Enabled"},
    ("acm", "describe_certificate"): {
        "Certificate": {
            "Status": "ISSUED",
            "DomainName": "complaints.example.org",
            "NotAfter": NOW + timedelta(days=300),
        }
    },
}
STANDING: Answers = {
    **NOTHING_YET,
    ("cloudformation", "describe_stacks"): {
        "Stacks": [
            {
                "StackStatus": "CREATE_COMPLETE",
                "EnableTerminationProtection": True,
                "Outputs": [
                    {"OutputKey": "Url", "OutputValue": "https://complaints.example.org"},
                    {"OutputKey": "DomainTarget", "OutputValue": TARGET},
                ],
            }
        ]
    },
    ("cloudformation", "describe_stack_resource"): {"StackResourceDetail": {"PhysicalResourceId": TOPIC}},
    ("sns", "list_subscriptions_by_topic"): {
        "Subscriptions": [{"Endpoint": "operations@example.org", "SubscriptionArn": f"{TOPIC}:1"}]
    },
    ("ssm", "get_parameters"): {
        "Parameters": [{"Value": ",".join(each.name for each in MIGRATIONS), "LastModifiedDate": NOW}]
    },
    ("ssm", "get_parameters_by_path"): {
        "Parameters": [
            {"Name": f"{STAGE.keys}/{purpose}", "LastModifiedDate": NOW - timedelta(days=1)}
            for purpose in PURPOSES
        ]
    },
    ("sesv2", "get_email_identity"): {
        "VerifiedForSendingStatus": True,
        "DkimAttributes": {"Status": "SUCCESS", "Tokens": ["a1"]},
        "MailFromAttributes": {"MailFromDomain": "mail.example.org", "MailFromDomainStatus": "SUCCESS"},
    },
    ("ses", "describe_active_receipt_rule_set"): {"Metadata": {"Name": "answerable-test-mail"}},
}
ZONE = {
    ("a1._domainkey.example.org", "CNAME"): ["a1.dkim.amazonses.com."],
    ("_dmarc.example.org", "TXT"): ["v=DMARC1; p=quarantine"],
    ("in.example.org", "MX"): ["inbound-smtp.eu-central-1.amazonaws.com."],
    ("inbound-smtp.eu-central-1.amazonaws.com", "A"): ["192.0.2.7"],
    ("complaints.example.org", "CNAME"): [f"{TARGET}."],
}
DOCUMENTS: dict[str, Any] = {
    f"{ISSUER}/.well-known/openid-configuration": {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys"},
    f"{ISSUER}/keys": {"keys": [{"kty": "EC", "crv": "P-256"}]},
}


def examined(
    answers: Answers, zone: Any = ZONE, documents: Any = DOCUMENTS, stage: Stage = STAGE
) -> dict[str, Line]:
    session = cast("boto3.Session", RecordedSession(answers))
    return dict(examine(Patient(stage, session, RecordedNetwork(zone, documents), lambda: NOW)))


def test_an_installation_that_is_well_is_called_so() -> None:
    found = examined(STANDING)
    assert list(found) == [check.name for check in CHECKS]
    assert {name: line.text for name, line in found.items() if line.state is not State.WELL} == {}


def test_before_the_first_deployment_what_the_stack_makes_comes_later() -> None:
    found = examined(NOTHING_YET)
    waits = {name for name, line in found.items() if line.state is State.LATER}
    later = {
        "stack",
        "data",
        "keys",
        "migrations",
        "alarms",
        "sender",
        "DKIM",
        "MAIL FROM",
        "receipt rules",
        "domain",
    }
    assert waits == later
    assert {name for name, line in found.items() if line.state is State.WRONG} == set()


def test_what_may_be_left_out_is_a_choice_that_says_its_price_and_needs_nobody() -> None:
    least = STAGE._replace(
        parameters={
            name: value
            for name, value in STAGE.parameters.items()
            if name not in ("FileCopies", "BackupCopies", "OriginSecret", "SyntheticSite")
        }
        | {"OwnPool": "yes"}
    )
    stacks = ("cloudformation", "describe_stacks")
    [stack] = STANDING[stacks]["Stacks"]
    pool = [*stack["Outputs"], {"OutputKey": "StaffPool", "OutputValue": "pool"}]
    standing = {**STANDING, stacks: {"Stacks": [stack | {"Outputs": pool}]}}
    found = examined(standing, stage=least)
    assert {name for name, line in found.items() if line.state is State.CHOICE} == {
        "copies of files", "copies of tables", "API's own address", "public address", "provider",
    }  # fmt: skip
    assert {line.state for line in found.values()} == {State.WELL, State.CHOICE}
    certain = least._replace(parameters=least.parameters | {"StaffMfa": "ON"})
    assert examined(standing, stage=certain)["provider"].state is State.WELL


def test_a_secret_is_not_shown() -> None:
    assert [line for line in examined(STANDING).values() if "s" * 32 in line.text] == []


def test_in_a_region_in_which_ses_receives_nothing_the_inbox_is_refused_before_a_deployment() -> None:
    zone = {asked: said for asked, said in ZONE.items() if asked[1] != "A"}
    inbox = examined(NOTHING_YET, zone)["inbox"]
    assert inbox.state is State.WRONG
    assert "SES takes in no mail in eu-central-1" in inbox.text


def test_in_an_empty_network_what_is_missing_is_named_in_a_line_each_with_what_mends_it() -> None:
    asked = ("sesv2", "get_email_identity")
    unsigned: Any = {**STANDING[asked], "DkimAttributes": {"Status": "PENDING", "Tokens": ["a1"]}}
    found = examined({**STANDING, asked: unsigned}, {}, {})
    assert {name for name, line in found.items() if line.state is State.WRONG} == {
        "DKIM", "DMARC", "inbox", "domain", "provider", "provider's keys",
    }  # fmt: skip
    for name, line in found.items():
        assert bool(line.mend) == (line.state is State.WRONG), name
        assert "\n" not in line.text


def test_a_stack_of_before_there_were_two_is_told_to_go_elsewhere_and_not_to_deploy() -> None:
    asked = ("cloudformation", "describe_stacks")
    single: Any = {**STANDING[asked]["Stacks"][0], "Parameters": [{"ParameterKey": "Sender"}]}
    data = examined({**STANDING, asked: {"Stacks": [single]}})["data"]
    assert data.state is State.WRONG
    assert "holds its data itself" in data.text
    assert "a stage of another name" in data.mend


@pytest.mark.parametrize("code", ["AccessDenied", "ThrottlingException"])
def test_what_aws_refuses_to_say_stops_nothing(code: str) -> None:
    found = examined({asked: code for asked in STANDING if asked[0] != "cloudformation"})
    assert list(found) == [check.name for check in CHECKS]
    assert found["sandbox"].state is State.UNKNOWN
    assert code in found["sandbox"].says


def test_a_pool_of_the_stack_is_asked_for_no_document() -> None:
    owning = STAGE._replace(parameters=STAGE.parameters | {"OwnPool": "yes"})
    found = examined(STANDING, documents={}, stage=owning)
    assert (found["provider"].state, found["provider's keys"].state) == (State.LATER, State.WELL)
