"""The account of AWS that a command acts in, and what it says by itself."""

from collections.abc import Callable, Mapping
from typing import Any

import boto3
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    SSOError,
    TokenRetrievalError,
)

from infrastructure.deployment.errors import CannotDeploy

MAY_NOT = ("AccessDenied", "AccessDeniedException")
NOT_SIGNED_IN = "You are not signed in to AWS, or not any more: `aws sso login`, or set AWS_PROFILE."
OVER = ("ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId")
"""What AWS calls a sign-in that is over, or credentials that it knows no more."""
IS_NOT_THERE = "NotFoundException"


def account_of(session: boto3.Session) -> str:
    """The account that the caller is signed in to. Raises `CannotDeploy` for one who is not, or no longer,
    and for a region that there is not."""
    try:
        return session.client("sts").get_caller_identity()["Account"]
    except (NoCredentialsError, SSOError, TokenRetrievalError) as error:
        raise CannotDeploy(NOT_SIGNED_IN) from error
    except EndpointConnectionError as error:
        raise CannotDeploy(
            f"AWS does not answer for the region {session.region_name}: is it called so, and are you online?"
        ) from error
    except ClientError as error:
        if error.response["Error"]["Code"] not in OVER:
            raise
        raise CannotDeploy(NOT_SIGNED_IN) from error


def found_in_account(session: boto3.Session, domain: str) -> dict[str, str | None]:
    """What the account says by itself: whether SES is in its sandbox, whether it knows the domain, and
    whether API Gateway has its role for logs. None is what the caller may not ask.

    Raises botocore's own errors for every other refusal: a guess would be deployed.
    """
    ses: Any = session.client("sesv2")
    gateway: Any = session.client("apigateway")
    account = _asked(ses.get_account)
    identity = _asked(lambda: ses.get_email_identity(EmailIdentity=domain))
    logs = _asked(gateway.get_account)
    return {
        "InSandbox": _said(account, lambda said: not said.get("ProductionAccessEnabled", True)),
        "MakesIdentities": _said(identity, lambda said: not said),
        "GatewayLogs": _said(logs, lambda said: not said.get("cloudwatchRoleArn")),
    }


def _said(answer: Mapping[str, Any] | None, is_so: Callable[[Mapping[str, Any]], bool]) -> str | None:
    return None if answer is None else "yes" if is_so(answer) else "no"


def _asked(ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """What is answered: nothing of what is not there, and None where the caller may not ask."""
    try:
        return ask()
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code")
        if code == IS_NOT_THERE:
            return {}
        if code in MAY_NOT:
            return None
        raise
