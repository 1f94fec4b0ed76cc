"""A deployment makes what is missing, keeps what is there, and says clearly why it stops."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from subprocess import run
from typing import Any

import boto3
import pytest
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    TokenRetrievalError,
    UnauthorizedSSOTokenError,
)
from moto import mock_aws

from infrastructure.cli.deploy import parameters
from infrastructure.deployment.account import account_of
from infrastructure.deployment.secrets import make_secrets
from infrastructure.deployment.stacks.stack import with_revision
from infrastructure.deployment.stacks.upload import upload
from infrastructure.deployment.stage_file import FOLDER, RESTORED_PARAMETERS, Stage, read_stage
from infrastructure.errors import CannotDeploy
from infrastructure.template.parameters import PARAMETERS
from infrastructure.template.permissions.secrets import PURPOSES

PREFIX = "/answerable/test/keys"
SHORT = 'region = "eu-central-1"\n[parameters]\nSender = "a@example.org"\nSenderIdentity = "example.org"\n'


def test_a_deployment_without_a_stage_says_so_first() -> None:
    # `make test` runs this within a make of its own, which says where it stands.
    asked = run(
        ["make", "--no-print-directory", "--dry-run", "deploy", "STAGE="],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "make deploy STAGE=<name>" in asked.stderr


def test_the_stage_is_asked_for_and_read_before_anything_is_packaged() -> None:
    planned = run(
        ["make", "--always-make", "--dry-run", "deploy", "STAGE=prod"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    steps = [
        "infrastructure.cli.prepare prod",
        "infrastructure.package.build",
        "infrastructure.cli.deploy prod",
    ]
    places = [planned.index(each) for each in steps]
    assert places == sorted(places)


@pytest.fixture
def aws() -> Iterator[boto3.Session]:
    with mock_aws():
        yield boto3.Session(region_name="eu-central-1")


def a_package(folder: Path) -> Path:
    (folder / "function.zip").write_bytes(b"functions")
    template = {"Resources": {"APIHandler": {"Properties": {"CodeUri": "./function.zip"}}}}
    (folder / "template.json").write_text(json.dumps(template))
    (folder / "data-template.json").write_text(json.dumps({"Resources": {}}))
    return folder


def stored_keys(session: boto3.Session) -> dict[str, str]:
    found = session.client("ssm").get_parameters_by_path(Path=PREFIX, WithDecryption=True)["Parameters"]
    assert {parameter["Type"] for parameter in found} == {"SecureString"}
    return {parameter["Name"].rpartition("/")[2]: parameter["Value"] for parameter in found}


def test_each_purpose_gets_a_secret_of_its_own(aws: boto3.Session) -> None:
    assert make_secrets(aws.client("ssm"), PREFIX) == list(PURPOSES)
    keys = stored_keys(aws)
    assert set(keys) == set(PURPOSES)
    assert {len(base64.b64decode(key)) for key in keys.values()} == {32}
    assert len(set(keys.values())) == len(PURPOSES)


def test_a_key_that_is_there_is_never_replaced(aws: boto3.Session) -> None:
    ssm = aws.client("ssm")
    ssm.put_parameter(Name=f"{PREFIX}/reference", Value="the old one", Type="SecureString")
    assert "reference" not in make_secrets(ssm, PREFIX)
    assert make_secrets(ssm, PREFIX) == []
    assert stored_keys(aws)["reference"] == "the old one"


def uploaded(session: boto3.Session, address: str) -> dict[str, Any]:
    bucket, _, key = address.removeprefix("https://s3.eu-central-1.amazonaws.com/").partition("/")
    content: dict[str, Any] = json.loads(
        session.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
    )
    return content


def test_the_uploaded_template_names_the_uploaded_files(aws: boto3.Session, tmp_path: Path) -> None:
    s3 = aws.client("s3")
    addresses = upload(s3, a_package(tmp_path), "packages")
    assert uploaded(aws, addresses.data) == {"Resources": {}}
    template = uploaded(aws, addresses.code)
    address = template["Resources"]["APIHandler"]["Properties"]["CodeUri"]
    key = address.removeprefix("s3://packages/")
    assert s3.get_object(Bucket="packages", Key=key)["Body"].read() == b"functions"


def test_the_same_package_goes_to_the_same_address(aws: boto3.Session, tmp_path: Path) -> None:
    s3 = aws.client("s3")
    package = a_package(tmp_path)
    first = upload(s3, package, "packages")
    assert upload(s3, package, "packages") == first
    (package / "function.zip").write_bytes(b"other functions")
    later = upload(s3, package, "packages")
    assert later.code != first.code
    assert later.data == first.data, "other code is no other data"


def test_the_template_is_read_from_the_endpoint_that_it_was_sent_to(
    aws: boto3.Session, tmp_path: Path
) -> None:
    s3 = aws.client("s3", region_name="cn-north-1")
    address = upload(s3, a_package(tmp_path), "packages").code
    assert address.startswith("https://s3.cn-north-1.amazonaws.com.cn/packages/")


@pytest.mark.parametrize("missing", ["template.json", "data-template.json"])
def test_without_a_whole_package_nothing_is_uploaded(
    aws: boto3.Session, tmp_path: Path, missing: str
) -> None:
    (a_package(tmp_path) / missing).unlink()
    with pytest.raises(CannotDeploy, match="make package"):
        upload(aws.client("s3"), tmp_path, "packages")
    assert aws.client("s3").list_buckets()["Buckets"] == []


def test_who_is_not_signed_in_is_told_so() -> None:
    session = boto3.Session(region_name="eu-central-1")
    session.events.register("before-sign.sts.*", _no_credentials)
    with pytest.raises(CannotDeploy, match="not signed in"):
        account_of(session)


def _no_credentials(**_: object) -> None:
    raise NoCredentialsError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ClientError({"Error": {"Code": "ExpiredToken"}}, "GetCallerIdentity"), "not any more"),
        (TokenRetrievalError(provider="sso", error_msg="expired"), "not any more"),
        (UnauthorizedSSOTokenError(), "not any more"),
        (EndpointConnectionError(endpoint_url="https://sts.nowhere"), "sts.nowhere: is the region called so"),
    ],
)
def test_a_sign_in_that_is_over_and_a_region_that_there_is_not_are_told_in_plain_words(
    error: Exception, said: str
) -> None:
    def fail(**_: object) -> None:
        raise error

    session = boto3.Session(region_name="eu-central-1")
    session.events.register("before-sign.sts.*", fail)
    with pytest.raises(CannotDeploy, match=said):
        account_of(session)


def test_the_example_says_all_that_the_template_asks_for() -> None:
    stage = read_stage("example")
    context = parameters(stage, "https://example.invalid/api")
    assert set(with_revision(context, "")) == set(PARAMETERS) - set(RESTORED_PARAMETERS)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("region = ", "cannot be read"),
        ('region = "eu-central-1"', "missing .*'Sender'"),
        ((FOLDER / "example.toml").read_text() + 'Sendr = "typo"', "unknown .*'Sendr'"),
        (SHORT, r"missing \['Issuer', 'Audience', 'JwksUrl'\] of the staff's provider"),
        (SHORT + 'OwnPool = "yes"\n', "`FirstAdministrator` is the mail address"),
        (SHORT + 'OwnPool = "yes"\nFirstAdministrator = "ada"', "`FirstAdministrator` is the mail address"),
    ],
)
def test_a_stage_file_that_does_not_say_enough_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "prod.toml").write_text(text)
    with pytest.raises(CannotDeploy, match=reason):
        read_stage("prod", tmp_path)


def test_with_an_own_pool_nothing_is_said_of_a_provider(tmp_path: Path) -> None:
    (tmp_path / "prod.toml").write_text(SHORT + 'OwnPool = "yes"\nFirstAdministrator = "ada@example.org"')
    assert read_stage("prod", tmp_path).parameters["OwnPool"] == "yes"


@pytest.mark.parametrize("name", ["../prod", "Prod", "", "a" * 21])
def test_a_stage_has_a_plain_name(name: str) -> None:
    with pytest.raises(CannotDeploy, match="small letters"):
        read_stage(name)


def test_an_installation_without_a_domain_is_told_its_address() -> None:
    stage = Stage("prod", "eu-central-1", {"Sender": "a@example.org"})
    assert "PublicUrl" not in parameters(stage, None)
    assert parameters(stage, "https://made.example")["PublicUrl"] == "https://made.example"
