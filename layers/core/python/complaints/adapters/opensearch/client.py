"""Signed calls of a collection of OpenSearch Serverless: SigV4 for the service `aoss`, by botocore alone."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, NoCredentialsError
from botocore.httpsession import URLLib3Session

from complaints.values.errors import Unavailable

SERVICE = "aoss"
TIMEOUT = 3
"""Seconds to connect, and to wait for an answer."""

_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


class CollectionRefused(RuntimeError):
    """A collection refuses a call, which no repetition mends; it holds no text of the call."""


class CollectionAnswer(NamedTuple):
    """The status of an answer, and its body."""

    status: int
    body: Any


class CollectionClient:
    """Calls the collection at an `endpoint`, such as https://<id>.<region>.aoss.amazonaws.com."""

    def __init__(self, endpoint: str, region: str, credentials: Credentials | None) -> None:
        self._endpoint, self._region, self._credentials = endpoint.rstrip("/"), region, credentials
        self._session = URLLib3Session(timeout=TIMEOUT)

    def call(self, method: str, path: str, body: Any, *, refused: int = 0) -> CollectionAnswer:
        """One call with a JSON body. A `refused` status is answered like one that went well.

        Raises `Unavailable` where it may go well later, else `CollectionRefused`.
        """
        data = msgspec.json.encode(body)
        # The service asks for the hash of the body as a header, and that it is signed.
        headers = {
            "Content-Type": "application/json",
            "Host": urlsplit(self._endpoint).netloc,
            "X-Amz-Content-Sha256": sha256(data).hexdigest(),
        }
        request = AWSRequest(method=method, url=f"{self._endpoint}{path}", data=data, headers=headers)
        try:
            if self._credentials is None:
                raise NoCredentialsError
            SigV4Auth(self._credentials, SERVICE, self._region).add_auth(request)
            answer = self._session.send(request.prepare())
        except BotoCoreError as error:
            raise Unavailable from error
        status = answer.status_code
        if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unavailable
        if status >= HTTPStatus.BAD_REQUEST and status != refused:
            raise CollectionRefused(f"{method} was answered with {status}")
        return CollectionAnswer(status, msgspec.json.decode(answer.content or b"null"))
