"""Outgoing letters, inbound mail, and the events of the mail service on both."""

import uuid
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import boto3
import msgspec

from complaints.adapters.files.s3 import INBOUND
from complaints.adapters.secrets import ParameterStoreSecrets
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.delivery import reply_address
from infrastructure.local.aws.ses import SIMULATOR, events_of
from infrastructure.local.aws.ses_inbound import notification
from infrastructure.rehearsal.installation import Installation, check, until
from infrastructure.rehearsal.steps.complaint import PNG, check_fetched, complain
from infrastructure.rehearsal.steps.deployment import STAFF

MINUTE = 60
SUBJECTS = {
    "MailEvents": "Amazon SES Email Event Notification",
    "MailReceived": "Amazon SES Email Receipt Notification",
}
WORDS = "Here is another picture of it."


def send_letter(installation: Installation) -> None:
    """a letter goes out: the simulator's SES holds it, with the reference and the link"""
    installation.bouncing = complain(installation, f"bounce@{SIMULATOR}")
    (letter,) = until(
        lambda: installation.letters(installation.bouncing.email), "the acknowledgement is sent"
    )
    for text in (installation.bouncing.reference, f"{installation.url}/status/"):
        check(text in letter["BodyText"], f"{text} is not in the letter")


def take_bounce(installation: Installation) -> None:
    """it bounces: what SES says through the topic is on the case"""
    sent = until(lambda: _sent(installation), "the letter is on record as sent")
    tags = {"case": sent["reference"], "letter": sent["letter"].replace(".", "-"), "attempt": sent["attempt"]}
    message = installation.letters(installation.bouncing.email)[-1]["MessageId"]
    for event in events_of(message, installation.bouncing.email, tags, datetime.now(UTC)):
        _publish(installation, "MailEvents", event)
    letters = f"/v1/desk/complaints/{installation.bouncing.reference}/letters"

    def failed() -> bool:
        return any(
            letter["state"] == "failed"
            for letter in installation.takes("GET", letters, None, installation.staff(STAFF))["items"]
        )

    until(failed, "the desk sees that the letter failed")


def take_reply(installation: Installation) -> None:
    """an answer by mail joins the case, with its file"""
    case = DynamoCases().load(installation.complaint.reference)
    assert case is not None, "it was taken"
    keys = ParameterStoreSecrets(installation.stage.keys, ["access"]).ring("access")
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = installation.complaint.email, f"<{uuid.uuid4()}@example.com>"
    mail["To"] = reply_address.of_case(case, keys, installation.stage.parameters["Inbox"])
    mail["Subject"] = "Re: your complaint"
    mail.set_content(WORDS)
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="again.png")
    id, raw = uuid.uuid4().hex, mail.as_bytes()
    boto3.client("s3").put_object(Bucket=installation.outputs["Files"], Key=INBOUND + id, Body=raw)
    _publish(installation, "MailReceived", notification(id, raw, datetime.now(UTC)))
    complaint, headers = f"/v1/complaints/{installation.complaint.reference}", installation.complaint.headers

    def joined() -> Any:
        view = installation.takes("GET", complaint, None, headers)
        arrived = any(message["text"].strip() == WORDS for message in view["messages"])
        return arrived and next((file for file in view["attachments"] if file["name"] == "again.png"), None)

    file = until(joined, "the mail is a message of the case, and its file is kept")
    check_fetched(
        installation, installation.takes("GET", f"{complaint}/attachments/{file['id']}", None, headers)
    )


def run_schedule(installation: Installation) -> None:
    """the schedule runs each minute, and sends the letter that waited"""
    sent = "the letter that waited is sent"
    until(lambda: installation.letters(installation.complaint.email), sent, 3 * MINUTE)
    failed = [
        run.failure for run in installation.runs("escalate-overdue") if run.failure or run.answer["failed"]
    ]
    check(not failed, f"the schedule failed: {failed}")


def _sent(installation: Installation) -> dict[str, Any] | None:
    """The line of the log that names the letter's attempt, as its tags do."""
    return next(
        (
            line
            for line in installation.log("send-letters")
            if line.get("outcome") == "sent" and line["reference"] == installation.bouncing.reference
        ),
        None,
    )


def _publish(installation: Installation, topic: str, message: Any) -> None:
    """Say something through a topic, under the subject that SES gives what it says there."""
    boto3.client("sns").publish(
        TopicArn=installation.resource(topic),
        Message=msgspec.json.encode(message).decode(),
        Subject=SUBJECTS[topic],
    )
