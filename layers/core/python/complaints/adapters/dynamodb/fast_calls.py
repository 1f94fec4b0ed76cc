"""Calls of the table that are signed, and whose answer is read, in a few steps in place of botocore's.

Botocore makes each request of some thirty parts that any service may need, and derives the key of its
signature anew: two fifths of what a call costs its caller. Here the first attempt of the usual operations is
made at once, over botocore's own connections; whatever it comes to but success is handed to botocore as the
first attempt of its own, so that repetitions, errors and time limits are as ever.

Exists for the gates "processor time of a letter, of the peer's submission" and "processor time of a case page
at 1,000 cases, of the peer's" (`benchmarks/RESULTS.md`). The signature is AWS Signature Version 4.
"""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.session import Session

from complaints.adapters.dynamodb.response_parser import DECODERS

_UNSIGNED = frozenset({"user-agent", "x-amzn-trace-id", "expect", "transfer-encoding"})
"""Headers that something on the way may change: botocore signs none of them."""

FIRST_ATTEMPT = "first_attempt"
"""Under which name what the first attempt came to stands in the context of a request."""

_SUCCESS = 200


class Signing(NamedTuple):
    """With what requests of a service are signed."""

    access_key: str
    secret_key: str
    token: str | None
    region: str
    service: str


def install_fast_calls(session: Session) -> None:
    """Lets all clients for DynamoDB that the session makes from now on call so; once, however often asked."""
    session.register(
        "creating-client-class.dynamodb", _take_in, unique_id="complaints.creating-client-class.dynamodb"
    )
    session.register("before-send.dynamodb", _first_attempt_of, unique_id="complaints.before-send.dynamodb")


def signed(
    signing: Signing, url: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> dict[str, str]:
    """The headers of a POST to this address with its signature, and those that this asks for."""
    moment = now.strftime("%Y%m%dT%H%M%SZ")
    sent = {**headers, "X-Amz-Date": moment}
    if signing.token:
        sent["X-Amz-Security-Token"] = signing.token
    place = urlsplit(url)
    named = {name.lower(): " ".join(value.split()) for name, value in sent.items()}
    named["host"] = place.netloc
    names = sorted(named.keys() - _UNSIGNED)
    lines = "".join(f"{name}:{named[name]}\n" for name in names)
    listed = ";".join(names)
    canonical = f"POST\n{place.path or '/'}\n\n{lines}\n{listed}\n{sha256(body).hexdigest()}"
    scope = f"{moment[:8]}/{signing.region}/{signing.service}/aws4_request"
    to_sign = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
    key = _key(signing.secret_key, moment[:8], signing.region, signing.service)
    sent["Authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={signing.access_key}/{scope}, SignedHeaders={listed}, "
        f"Signature={hmac.new(key, to_sign.encode(), sha256).hexdigest()}"
    )
    return sent


@lru_cache(maxsize=4)
def _key(secret_key: str, *scope: str) -> bytes:
    """What signatures of a day, a region and a service are made with."""
    key = f"AWS4{secret_key}".encode()
    for part in (*scope, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


class FastCalls:
    """Goes before botocore's `BaseClient` in the class of a client."""

    _endpoint: Any
    _request_signer: Any

    def _make_request(self, operation_model: Any, request_dict: Any, request_context: Any) -> Any:
        """The response and what it says, as botocore gives them. Raises what that does."""
        decoder = DECODERS.get(operation_model.name)
        signing = self._signing(request_context)
        if decoder and signing and _is_usual(request_dict):
            try:
                request = _request(signing, request_dict, request_context)
                response = self._first_attempt(operation_model, request)
                if response.status_code == _SUCCESS:
                    said = decoder.decode(response.content)
                    said["ResponseMetadata"] = {"HTTPStatusCode": _SUCCESS, "RetryAttempts": 0}
                    return response, said
                request_context[FIRST_ATTEMPT] = response
            except msgspec.DecodeError:
                request_context[FIRST_ATTEMPT] = response
            except Exception as error:
                request_context[FIRST_ATTEMPT] = error
        return super()._make_request(  # type: ignore[misc]  # botocore's
            operation_model, request_dict, request_context
        )

    def _first_attempt(self, operation_model: Any, request: AWSPreparedRequest) -> Any:
        """What AWS answers. Raises `botocore.exceptions.HTTPClientError` where it does not."""
        return self._endpoint.http_session.send(request)

    def _signing(self, context: Mapping[str, Any]) -> Signing | None:
        """With what the request is signed; nothing where that is not known, or signed otherwise."""
        signer = self._request_signer
        if signer._credentials is None or context.get("auth_type") not in (None, "v4"):
            return None
        found = signer._credentials.get_frozen_credentials()
        chosen = context.get("signing", {})
        return Signing(
            found.access_key,
            found.secret_key,
            found.token,
            chosen.get("region") or signer.region_name,
            chosen.get("signing_name") or signer.signing_name,
        )


def _take_in(**class_in_making: Any) -> None:
    class_in_making["base_classes"].insert(0, FastCalls)


def _first_attempt_of(**sending: Any) -> Any:
    """What the first attempt came to, for botocore to judge. Raises what it raised."""
    came_to: AWSResponse | Exception | None = (sending["request"].context or {}).pop(FIRST_ATTEMPT, None)
    if isinstance(came_to, Exception):
        raise came_to
    return came_to


def _request(signing: Signing, request: Mapping[str, Any], context: dict[str, Any]) -> AWSPreparedRequest:
    """The first attempt, with the headers by which AWS knows the attempts at one call."""
    invocation = context.setdefault("retries", {}).setdefault("invocation-id", str(uuid4()))
    body = request["body"]
    headers = signed(
        signing,
        request["url"],
        {**request["headers"], "amz-sdk-invocation-id": invocation, "amz-sdk-request": "attempt=1"},
        body,
        datetime.now(UTC),
    )
    headers["Content-Length"] = str(len(body))
    return AWSPreparedRequest("POST", request["url"], headers, body, False, context)  # type: ignore[arg-type]  # as urllib3 takes them


def _is_usual(request: Mapping[str, Any]) -> bool:
    return request["method"] == "POST" and not request["query_string"] and isinstance(request["body"], bytes)
