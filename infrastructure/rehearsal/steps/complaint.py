"""A complainant sends the form, and adds a file."""

from base64 import b64decode
from typing import Any

import boto3

from complaints.adapters.dynamodb.table import data_keys_table
from infrastructure.rehearsal.installation import Complaint, Installation, check, once, until
from infrastructure.rehearsal.steps.deployment import SITE

PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
"""A picture of one point."""


def complain(installation: Installation, email: str) -> Complaint:
    """Sends the form. Raises `NotAsPromised` where it is not taken."""
    form = {
        "site": SITE,
        "language": "en",
        "complainant": {"name": "Ada Yılmaz", "email": email},
        "subject": "Parcel arrived broken",
        "description": "The zebra-striped lamp arrived in four pieces.",
        "category": "delivery.damaged",
        "consent": True,
        "proof": installation.proof(),
    }
    taken = installation.takes("POST", "/v1/complaints", form, once())
    return Complaint(taken["reference"], taken["access"], email)


def submit_complaint(installation: Installation) -> None:
    """a complaint is taken; its letter waits while SES is in its sandbox"""
    _leave_sandbox(installation, False)
    installation.complaint = complain(installation, "ada@example.com")
    until(lambda: _put_off(installation), "the letter is put off")
    check(not installation.letters(installation.complaint.email), "SES sent a letter from its sandbox")
    _leave_sandbox(installation, True)


def find_no_words(installation: Installation) -> None:
    """what was written stands encrypted in the table, with a key in a table of its own"""
    client, table = boto3.client("dynamodb"), installation.outputs["Table"]
    reference = installation.complaint.reference
    place: Any = {"pk": {"S": f"private#{reference}"}, "sk": {"S": "entry#000001"}}
    values = client.get_item(TableName=table, Key=place)["Item"]["values"]["B"]
    check(values.startswith(b"\x01") and b"zebra" not in values, "what was written stands in clear")
    key = client.get_item(TableName=data_keys_table(table), Key={"pk": {"S": f"key#{reference}"}})
    check(len(key.get("Item", {}).get("key", {}).get("B", b"")) == 32, "the case has no data key")


def upload_file(installation: Installation) -> None:
    """a file is uploaded to the bucket by its signed address, once, looked at, and fetched"""
    files = f"/v1/complaints/{installation.complaint.reference}/attachments"
    headers = installation.complaint.headers
    wish = {"name": "lamp.png", "type": "image/png", "size": len(PNG)}
    place = installation.takes("POST", files, wish, headers | once())
    upload = place["upload"]
    sent = [
        installation.ask(upload["method"], upload["url"], PNG, upload["headers"]).status for _ in range(2)
    ]
    check(sent[0] == 200 and sent[1] in (409, 412), f"the uploads were answered with {sent}")
    stored = installation.takes("POST", f"{files}/{place['id']}/arrived", None, headers | once())
    check(stored["state"] == "kept", f"the file is {stored['state']}")
    check_fetched(installation, installation.takes("GET", f"{files}/{place['id']}", None, headers))


def check_fetched(installation: Installation, handed_out: dict[str, Any]) -> None:
    """Raises `NotAsPromised` unless the picture is at the address that was handed out."""
    got = installation.ask("GET", handed_out["url"])
    check((got.status, got.body) == (200, PNG), f"the file was answered with {got.status}")


def _leave_sandbox(installation: Installation, left: bool) -> None:
    """Whether SES grants the account production access."""
    boto3.client("sesv2").put_account_details(
        MailType="TRANSACTIONAL", WebsiteURL=installation.url, ProductionAccessEnabled=left
    )


def _put_off(installation: Installation) -> bool:
    lines = installation.log("send-letters")
    return any(
        line.get("message") == "letter put off" and line["reference"] == installation.complaint.reference
        for line in lines
    )
