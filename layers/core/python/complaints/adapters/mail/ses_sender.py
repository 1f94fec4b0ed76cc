"""Letters leave through Amazon SES (version 2 of its API), as the raw messages that they are."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, cast

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

from complaints.context.ports import SendingDelayed, SendingRefused, SendingUnsure

if TYPE_CHECKING:
    from types_boto3_sesv2 import SESV2Client

# The answer to a second try would hide whether the first one sent the letter.
_ONCE = Config(retries={"total_max_attempts": 1, "mode": "standard"}, connect_timeout=3, read_timeout=20)

_REFUSED = ("MessageRejected", "BadRequestException")
_PASSES = ("LimitExceededException", "ThrottlingException", "TooManyRequestsException")
"""What ends by itself: too many at once, or too many of a day."""
_NOT_TAKEN = (ConnectTimeoutError, EndpointConnectionError)
_SERVER_ERROR = 500
_UNFIT_FOR_A_TAG = re.compile(r"[^A-Za-z0-9_-]")


class SesSender:
    """Sends through SES (port `Post`) under one configuration set, which publishes the outcome of each mail.

    The client is made on first use, unless one is passed.
    """

    def __init__(self, configuration: str, client: "SESV2Client | None" = None) -> None:
        self._configuration = configuration
        self._own_client = client

    def send(self, message: bytes, *, sender: str, to: str, tags: Mapping[str, str]) -> str:
        """Hands one message to SES, once, and answers with the id that SES gave it."""
        try:
            sent = self._client.send_email(
                FromEmailAddress=sender,
                Destination={"ToAddresses": [to]},
                Content={"Raw": {"Data": message}},
                ConfigurationSetName=self._configuration,
                EmailTags=[{"Name": name, "Value": _tag(value)} for name, value in tags.items()],
            )
        except ClientError as error:
            raise _meaning(error) from error
        except _NOT_TAKEN as error:
            raise SendingDelayed(type(error).__name__) from error
        except BotoCoreError as error:
            raise SendingUnsure(type(error).__name__) from error
        return sent["MessageId"]

    @cached_property
    def _client(self) -> "SESV2Client":
        made = botocore.session.get_session().create_client
        return self._own_client or cast("SESV2Client", made("sesv2", config=_ONCE))


def _meaning(error: ClientError) -> SendingRefused | SendingDelayed | SendingUnsure:
    """What an error of SES means for the letter, by its code: SES's own words may hold an address.

    What an operator can mend (an identity that is not verified, a paused account, a quota) only
    delays it.
    """
    code = error.response["Error"]["Code"]
    if error.response["ResponseMetadata"]["HTTPStatusCode"] >= _SERVER_ERROR:
        return SendingUnsure(code)
    unverified = "not verified" in error.response["Error"].get("Message", "")
    if code in _REFUSED and not unverified:
        return SendingRefused(code)
    return SendingDelayed(code, needs_operator=code not in _PASSES)


def _tag(value: str) -> str:
    """SES takes only letters, digits, dashes and underscores in a tag."""
    return _UNFIT_FOR_A_TAG.sub("-", value)
