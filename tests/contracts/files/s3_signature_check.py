"""S3's own check of a signed address, which no stand-in makes: does the signature cover what was sent?"""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

FORMAT = "%Y%m%dT%H%M%SZ"


class Gate:
    """Lets a request at a signed address pass when it is the one that was signed, and in time.

    The signature is made again with the signer of AWS's own library, from the headers that were sent
    (AWS Signature Version 4, "Authenticating requests: using query parameters").
    """

    def __init__(self, credentials: Credentials, region: str) -> None:
        self._credentials, self._region = credentials, region

    def passes(self, method: str, url: str, headers: dict[str, str], at: datetime | None = None) -> bool:
        """Whether S3 would take the request `at` that moment, which is now unless one is given."""
        expected = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        signed_at = datetime.strptime(expected["X-Amz-Date"], FORMAT).replace(tzinfo=UTC)
        ends = signed_at + timedelta(seconds=int(expected["X-Amz-Expires"]))
        context = {name.lower(): value for name, value in headers.items()} | {"host": urlsplit(url).netloc}
        signed = expected["X-Amz-SignedHeaders"].split(";")
        if (at or datetime.now(UTC)) >= ends or not set(signed) <= set(context):  # noqa: TID251 - botocore signs by it
            return False
        return (
            self._signature(method, url, {name: context[name] for name in signed})
            == expected["X-Amz-Signature"]
        )

    def _signature(self, method: str, url: str, headers: dict[str, str]) -> str:
        bare = AWSRequest(method, url.partition("&X-Amz-Signature")[0], headers)
        signer = S3SigV4QueryAuth(self._credentials, "s3", self._region)
        bare.context["timestamp"] = parse_qs(urlsplit(url).query)["X-Amz-Date"][0]
        return str(signer.signature(signer.string_to_sign(bare, signer.canonical_request(bare)), bare))
