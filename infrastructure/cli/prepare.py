"""Makes the stage file of a first deployment: asks a person, the variables, the account and the provider."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.questions import answered, completed, stage_text
from infrastructure.deployment.stage_file import FOLDER, refuse_name
from infrastructure.doctor.network import Internet, Network


def stage_file_made(name: str, folder: Path = FOLDER, network: Network | None = None) -> Path | None:
    """Writes the stage file where there is none, and answers with its place.

    Raises `CannotDeploy` for a name that is none, and for what is missing.
    """
    refuse_name(name)
    path = folder / f"{name}.toml"
    if path.exists():
        return None
    answers = answered(os.environ, asking())
    issuer = answers.get("Issuer", "").rstrip("/")
    document = f"{issuer}/.well-known/openid-configuration"
    discovery = (network or Internet()).document(document) if issuer else None
    session = boto3.Session(region_name=answers["region"])
    found = found_in_account(session, answers["Sender"].partition("@")[2])
    path.write_text(stage_text(completed(answers, discovery, found)), encoding="utf-8")
    return path


def asking() -> Callable[[str], str] | None:
    """How a person is asked, or None where nobody sits at a terminal."""
    return input if sys.stdin.isatty() else None


def found_in_account(session: boto3.Session, domain: str) -> dict[str, str]:
    """What the account says by itself, as far as the caller may ask: whether SES is in its sandbox, whether
    it knows the domain, and whether API Gateway has its role for logs."""
    ses: Any = session.client("sesv2")
    gateway: Any = session.client("apigateway")
    account = _asked(ses.get_account)
    identity = _asked(lambda: ses.get_email_identity(EmailIdentity=domain))
    logs = _asked(gateway.get_account)
    return {
        "InSandbox": "no" if account.get("ProductionAccessEnabled", True) else "yes",
        "MakesIdentities": "no" if identity else "yes",
        "GatewayLogs": "no" if logs.get("cloudwatchRoleArn") else "yes",
    }


def _asked(ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    try:
        return ask()
    except (ClientError, BotoCoreError):
        return {}
