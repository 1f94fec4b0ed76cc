"""The account of AWS that a command acts in, and what it says by itself."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    SSOError,
    TokenRetrievalError,
)

from complaints.values.errors import DataKeyLost, Unavailable, WrittenByNewerRelease
from infrastructure.errors import CannotDeploy

MAY_NOT = ("AccessDenied", "AccessDeniedException")
NOT_SIGNED_IN = "You are not signed in to AWS, or not any more: `aws sso login`, or set AWS_PROFILE."
OVER = ("ExpiredToken", "ExpiredTokenException")
"""What AWS calls a sign-in that is over."""
KNOWS_NOT = ("InvalidClientTokenId", "UnrecognizedClientException")
"""What AWS calls credentials that it does not know: not any more, or not in a region of the account."""
IS_NOT_THERE = "NotFoundException"


def session_in(region: str) -> boto3.Session:
    """What a command works with. Raises `CannotDeploy` for who is not signed in, and for a region that there
    is not, before anything is begun."""
    session = boto3.Session(region_name=region)
    account_of(session)
    return session


def account_of(session: boto3.Session) -> str:
    """The account that the caller is signed in to. Raises `CannotDeploy` for one who is not, or no longer,
    and for a region that there is not."""
    try:
        return session.client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise CannotDeploy(reason(error)) from error


@contextmanager
def ending(refusal: str) -> Iterator[None]:
    """Ends the command with `refusal` and the reason, where AWS or the table does not let it go on."""
    try:
        yield
    except (BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"{refusal} {reason(error)}")


def reason(error: BaseException) -> str:
    """Why a command could not go on, for who called it: its own words, else what AWS or what asks it said."""
    match error:
        case CannotDeploy():
            return str(error)
        case DataKeyLost():
            return "The data key of a case is gone: bring it back from the recovery of the table of keys."
        case WrittenByNewerRelease():
            return "A later release wrote some of it: do it by the commands of that release."
    cause: BaseException | None = error
    while cause and not isinstance(cause, BotoCoreError | ClientError):
        cause = cause.__cause__ or cause.__context__
    match cause:
        case NoCredentialsError() | SSOError() | TokenRetrievalError():
            return NOT_SIGNED_IN
        case NoRegionError():
            return "Nothing says which region is meant: set AWS_DEFAULT_REGION, such as eu-central-1."
        case EndpointConnectionError():
            address = cause.kwargs["endpoint_url"]
            return f"AWS does not answer at {address}: is the region called so, and are you online?"
        case ClientError():
            return _refusal(cause)
    return str(cause or error) or "AWS does not answer now."


def _refusal(error: ClientError) -> str:
    code = error.response.get("Error", {}).get("Code")
    if code in OVER:
        return NOT_SIGNED_IN
    if code in KNOWS_NOT:
        return f"{NOT_SIGNED_IN} Or your account does not have the region yet. ({code})"
    return str(error)


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
