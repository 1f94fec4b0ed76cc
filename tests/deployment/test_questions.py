"""A first deployment asks for what it cannot know, or is told by variables; the rest it finds out."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError

from infrastructure.cli.prepare import main, stage_file_made
from infrastructure.deployment.account import found_in_account
from infrastructure.deployment.questions import EXAMPLES, QUESTIONS, answered, completed, stage_text
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy
from tests.deployment.doctor.recorded_aws import Answers, RecordedSession

if TYPE_CHECKING:
    import boto3

SAID = {
    "REGION": "eu-central-1",
    "SENDER": "complaints@example.org",
    "ADMINISTRATOR": "ada@example.org",
}
FOUND = {"InSandbox": "yes", "MakesIdentities": "yes", "GatewayLogs": "yes"}
ISSUER = "https://login.example.org"
PUBLISHED = {
    "issuer": ISSUER,
    "jwks_uri": f"{ISSUER}/keys",
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
}


def a_person(*answers: str) -> Callable[[str], str]:
    left = iter(answers)
    return lambda _: next(left)


def test_three_variables_are_enough() -> None:
    answers = answered(SAID, None)
    assert (answers["Domain"], answers["Issuer"]) == ("", "")
    assert answers["AlarmAddress"] == "ada@example.org"


def test_where_nobody_can_be_asked_every_missing_variable_is_named() -> None:
    with pytest.raises(CannotDeploy, match=r"REGION .*ADMINISTRATOR"):
        answered({"SENDER": "complaints@example.org"}, None)


def test_a_wrong_variable_is_refused_and_a_wrong_answer_asked_for_again() -> None:
    with pytest.raises(CannotDeploy, match="REGION"):
        answered(SAID | {"REGION": "Frankfurt"}, None)
    asked = a_person("Frankfurt", "eu-central-1", "a@example.org", "", "", "ada@example.org", "")
    answers = answered({}, asked)
    assert (answers["region"], answers["AlarmAddress"]) == ("eu-central-1", "ada@example.org")


def test_whose_answer_does_not_fit_is_told_what_does() -> None:
    asked: list[str] = []
    answers = iter(["Frankfurt", "", "eu-central-1", *([""] * 9)])

    def ask(text: str) -> str:
        asked.append(text)
        return next(answers)

    with pytest.raises(StopIteration):
        answered({}, ask)
    again, silent = asked[1], asked[2]
    assert again.startswith("Frankfurt is not what is asked for, which looks like eu-central-1.\nRegion")
    assert silent == asked[0]
    assert all(re.fullmatch(each.pattern, EXAMPLES[each.pattern].partition(",")[0]) for each in QUESTIONS)


def test_a_domain_asks_for_its_certificate_and_a_provider_for_the_audience() -> None:
    arn = "arn:aws:acm:us-east-1:123456789012:certificate/1-2"
    asked = a_person(
        "eu-central-1",
        "a@example.org",
        "c.example.org",
        arn,
        ISSUER,
        "us",
        "ada@example.org",
        "o@example.org",
    )
    answers = answered({}, asked)
    assert set(answers) == {question.name for question in QUESTIONS}
    assert (answers["Certificate"], answers["Audience"]) == (arn, "us")


def written(folder: Path, values: Mapping[str, Any]) -> Mapping[str, str]:
    (folder / "prod.toml").write_text(stage_text(values))
    return read_stage("prod", folder).parameters


def test_the_stage_file_can_be_read_and_has_an_own_pool_without_a_provider(tmp_path: Path) -> None:
    found = written(tmp_path, completed(answered(SAID, None), None, FOUND))
    assert (found["OwnPool"], found["SenderIdentity"], found["InSandbox"]) == ("yes", "example.org", "yes")


def test_a_provider_says_its_addresses_itself(tmp_path: Path) -> None:
    answers = answered(SAID | {"ISSUER": ISSUER, "AUDIENCE": "us"}, None)
    found = written(tmp_path, completed(answers, PUBLISHED, FOUND))
    assert found["TokenUrl"] == f"{ISSUER}/token"
    assert "OwnPool" not in found
    with pytest.raises(CannotDeploy, match="does not answer"):
        completed(answers, None, FOUND)


def test_the_account_says_what_nobody_need_be_asked() -> None:
    answers: Answers = {
        ("sesv2", "get_account"): {"ProductionAccessEnabled": False},
        ("sesv2", "get_email_identity"): {"VerifiedForSendingStatus": True},
        ("apigateway", "get_account"): {"cloudwatchRoleArn": "arn:aws:iam::1:role/logs"},
    }
    session = cast("boto3.Session", RecordedSession(answers))
    expected = {"InSandbox": "yes", "MakesIdentities": "no", "GatewayLogs": "no"}
    assert found_in_account(session, "example.org") == expected
    unknown = cast(
        "boto3.Session", RecordedSession({**answers, ("sesv2", "get_email_identity"): "NotFoundException"})
    )
    assert found_in_account(unknown, "example.org") == {**expected, "MakesIdentities": "yes"}


SIGNED_IN: Answers = {("sts", "get_caller_identity"): {"Account": "1"}}


def test_what_the_caller_may_not_ask_is_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in SAID.items():
        monkeypatch.setenv(name, value)
    answers: Answers = {**SIGNED_IN, ("sesv2", "get_account"): {"ProductionAccessEnabled": False}}
    folder = tmp_path / "stages" / "of shops"
    stage_file_made("prod", folder, session=cast("boto3.Session", RecordedSession(answers)))
    parameters = read_stage("prod", folder).parameters
    assert (parameters["InSandbox"], parameters.keys() & {"MakesIdentities", "GatewayLogs"}) == ("yes", set())
    said = capsys.readouterr().out
    assert "MakesIdentities is left out" in said
    assert "GatewayLogs is left out" in said
    assert "InSandbox" not in said


@pytest.mark.parametrize(
    "answers",
    [
        {("sts", "get_caller_identity"): "ExpiredToken"},
        {**SIGNED_IN, ("sesv2", "get_account"): "ExpiredToken"},
    ],
)
def test_where_nobody_is_signed_in_nothing_is_written(
    answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SAID.items():
        monkeypatch.setenv(name, value)
    with pytest.raises((CannotDeploy, ClientError), match=r"not any more|ExpiredToken"):
        stage_file_made("prod", tmp_path, session=cast("boto3.Session", RecordedSession(answers)))
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_quoted() -> None:
    text = stage_text({"region": "eu-central-1", "Sender": 'a"b@example.org'})
    assert tomllib.loads(text)["parameters"]["Sender"] == 'a"b@example.org'


def test_a_name_that_no_stage_can_have_is_refused_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["prepare", "Prod-1"])
    with pytest.raises(SystemExit, match=r"^Not deployed\. A stage is called by .* letters and digits"):
        main()
