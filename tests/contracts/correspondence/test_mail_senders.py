"""What every post promises, kept by the mail service's adapter and by that of the local run."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from botocore.stub import Stubber

from complaints.adapters.mail.ses_sender import SesSender
from complaints.context.ports import MailSender, SendingDelayed, SendingRefused, SendingUnsure
from infrastructure.local.aws.ses import LocalSes

MESSAGE = b"From: desk@example.org\r\nTo: ada@example.org\r\nSubject: Hello\r\n\r\nHello\r\n"
PARCEL: dict[str, Any] = {"sender": "desk@example.org", "to": "ada@example.org"}


def ses_client() -> Any:
    session = botocore.session.get_session()
    return session.create_client("sesv2", region_name="eu-central-1")


@pytest.fixture(params=["ses", "local"])
def post(request: pytest.FixtureRequest, tmp_path: Path) -> MailSender:
    if request.param == "local":
        return LocalSes(tmp_path, lambda: datetime(2026, 3, 4, tzinfo=UTC))
    client = ses_client()
    stub = Stubber(client)
    for number in range(2):
        stub.add_response("send_email", {"MessageId": f"id-{number}"})
    stub.activate()
    return SesSender("letters", client)


def test_each_sending_has_an_id_of_its_own(post: MailSender) -> None:
    ids = {post.send(MESSAGE, **PARCEL, tags={"attempt": "a1"}) for _ in range(2)}
    assert len(ids) == 2
    assert all(ids)


def test_ses_is_given_the_message_as_it_is() -> None:
    client = ses_client()
    with Stubber(client) as stub:
        stub.add_response(
            "send_email",
            {"MessageId": "id"},
            {
                "FromEmailAddress": "desk@example.org",
                "Destination": {"ToAddresses": ["ada@example.org"]},
                "Content": {"Raw": {"Data": MESSAGE}},
                "ConfigurationSetName": "letters",
                "EmailTags": [{"Name": "letter", "Value": "000007-1"}],
            },
        )
        SesSender("letters", client).send(MESSAGE, **PARCEL, tags={"letter": "000007.1"})
        stub.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("code", "text", "status", "meaning"),
    [
        ("MessageRejected", "Message contains a virus", 400, SendingRefused),
        ("MessageRejected", "Email address is not verified: ada@example.org", 400, SendingDelayed),
        ("BadRequestException", "Domain contains illegal character", 400, SendingRefused),
        ("MailFromDomainNotVerifiedException", "", 400, SendingDelayed),
        ("AccountSuspendedException", "", 400, SendingDelayed),
        ("SendingPausedException", "", 400, SendingDelayed),
        ("LimitExceededException", "", 400, SendingDelayed),
        ("TooManyRequestsException", "", 429, SendingDelayed),
        ("NotFoundException", "Configuration set does not exist", 404, SendingDelayed),
        ("AccessDeniedException", "", 403, SendingDelayed),
        ("InternalFailure", "", 500, SendingUnsure),
        ("ServiceUnavailable", "", 503, SendingUnsure),
    ],
)
def test_an_error_of_ses_means_never_later_or_perhaps(
    code: str, text: str, status: int, meaning: type[Exception]
) -> None:
    client = ses_client()
    with Stubber(client) as stub:
        stub.add_client_error("send_email", code, text, status)
        with pytest.raises(meaning) as raised:
            SesSender("letters", client).send(MESSAGE, **PARCEL, tags={})
    assert str(raised.value) == code


def failing(error: Exception) -> Any:
    client = ses_client()

    def fail(**_: Any) -> None:
        raise error

    client.meta.events.register("before-send", fail)
    return client


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (ConnectTimeoutError(endpoint_url="https://ses"), SendingDelayed),
        (ReadTimeoutError(endpoint_url="https://ses"), SendingUnsure),
    ],
)
def test_a_lost_answer_is_not_a_lost_letter(error: Exception, meaning: type[Exception]) -> None:
    with pytest.raises(meaning):
        SesSender("letters", failing(error)).send(MESSAGE, **PARCEL, tags={})


def test_ses_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def no_answer(request: AWSPreparedRequest, **_: Any) -> None:
        asked.append(request.url)
        raise ReadTimeoutError(endpoint_url=request.url)

    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    post = SesSender("letters")
    post._client.meta.events.register("before-send", no_answer)
    with pytest.raises(SendingUnsure):
        post.send(MESSAGE, **PARCEL, tags={})
    assert len(asked) == 1
