"""Outgoing letters, inbound mail, and the events of the mail service on both."""

import uuid
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import boto3
import msgspec

from complaints.adapters.files.s3 import INBOUND
from complaints.adapters.secrets import ParameterStoreSecrets
from complaints.adapters.stores.cases import DynamoCases
from complaints.delivery import reply_address
from infrastructure.local.ses_events import SIMULATOR, events_of
from infrastructure.local.ses_inbound import notification
from infrastructure.rehearsal.installation import Installation, check, until
from infrastructure.rehearsal.steps.complaint import PNG, check_fetched, complain
from infrastructure.rehearsal.steps.deployment import STAFF

MINUTE = 60
SUBJECTS = {
    "MailEvents": "Amazon SES Email Event Notification",
    "MailReceived": "Amazon SES Email Receipt Notification",
}
WORDS = "Here is another picture of it."


def send_letter(here: Installation) -> None:
    """a letter goes out: the simulator's SES holds it, with the reference and the link"""
    here.bouncing = complain(here, f"bounce@{SIMULATOR}")
    (letter,) = until(lambda: here.letters(here.bouncing.email), "the acknowledgement is sent")
    for wanted in (here.bouncing.reference, f"{here.url}/status/"):
        check(wanted in letter["BodyText"], f"{wanted} is not in the letter")


def take_bounce(here: Installation) -> None:
    """it bounces: what SES says through the topic is on the case"""
    sent = until(lambda: _sent(here), "the letter is on record as sent")
    tags = {"case": sent["reference"], "letter": sent["letter"].replace(".", "-"), "attempt": sent["attempt"]}
    message = here.letters(here.bouncing.email)[-1]["MessageId"]
    for event in events_of(message, here.bouncing.email, tags, datetime.now(UTC)):
        _publish(here, "MailEvents", event)
    letters = f"/v1/desk/complaints/{here.bouncing.reference}/letters"

    def failed() -> bool:
        return any(
            letter["state"] == "failed"
            for letter in here.takes("GET", letters, None, here.staff(STAFF))["items"]
        )

    until(failed, "the desk sees that the letter failed")


def take_reply(here: Installation) -> None:
    """an answer by mail joins the case, with its file"""
    case = DynamoCases().load(here.complaint.reference)
    assert case is not None, "it was taken"
    key = ParameterStoreSecrets(here.stage.keys, ["access"]).key("access")
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = here.complaint.email, f"<{uuid.uuid4()}@example.com>"
    mail["To"] = reply_address.of_case(case, key, here.stage.parameters["Inbox"])
    mail["Subject"] = "Re: your complaint"
    mail.set_content(WORDS)
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="again.png")
    id, raw = uuid.uuid4().hex, mail.as_bytes()
    boto3.client("s3").put_object(Bucket=here.outputs["Files"], Key=INBOUND + id, Body=raw)
    _publish(here, "MailReceived", notification(id, raw, datetime.now(UTC)))
    complaint, headers = f"/v1/complaints/{here.complaint.reference}", here.complaint.headers

    def joined() -> Any:
        view = here.takes("GET", complaint, None, headers)
        said = any(message["text"].strip() == WORDS for message in view["messages"])
        return said and next((file for file in view["attachments"] if file["name"] == "again.png"), None)

    file = until(joined, "the mail is a message of the case, and its file is kept")
    check_fetched(here, here.takes("GET", f"{complaint}/attachments/{file['id']}", None, headers))


def run_schedule(here: Installation) -> None:
    """the schedule runs each minute, and sends the letter that waited"""
    sent = "the letter that waited is sent"
    until(lambda: here.letters(here.complaint.email), sent, 3 * MINUTE)
    failed = [run.failure for run in here.runs("escalate-overdue") if run.failure or run.answer["failed"]]
    check(not failed, f"the schedule failed: {failed}")


def _sent(here: Installation) -> dict[str, Any] | None:
    """The line of the log that names the letter's attempt, as its tags do."""
    return next(
        (
            line
            for line in here.log("send-letters")
            if line.get("outcome") == "sent" and line["reference"] == here.bouncing.reference
        ),
        None,
    )


def _publish(here: Installation, topic: str, message: Any) -> None:
    """Say something through a topic, under the subject that SES gives what it says there."""
    boto3.client("sns").publish(
        TopicArn=here.resource(topic), Message=msgspec.json.encode(message).decode(), Subject=SUBJECTS[topic]
    )
