"""The roles of the functions: what one may do another may not."""

from collections.abc import Callable
from typing import Any

import boto3
from botocore.exceptions import ClientError

from complaints.adapters.dynamodb.table import data_keys_table
from complaints.adapters.files.s3 import INBOUND, KEPT
from infrastructure.rehearsal.installation import Installation, check

REFUSED = {"AccessDenied", "AccessDeniedException"}


def refuse_others_rights(installation: Installation) -> None:
    """roles are enforced: no function reads files or keys, signs, sends mail or deletes that need not"""
    bucket, table = installation.outputs["Files"], installation.outputs["Table"]
    sender = installation.stage.parameters["Sender"]
    body: Any = {"Simple": {"Subject": {"Data": "-"}, "Body": {"Text": {"Data": "-"}}}}
    item: Any = {"pk": {"S": f"case#{installation.complaint.reference}"}, "sk": {"S": "head"}}

    def read_file(session: boto3.Session) -> None:
        session.client("s3").get_object(Bucket=bucket, Key=KEPT + installation.complaint.reference)

    def delete_mail(session: boto3.Session) -> None:
        session.client("s3").delete_object(Bucket=bucket, Key=INBOUND + "mail")

    def read_keys(session: boto3.Session) -> None:
        session.client("ssm").get_parameters(Names=[f"{installation.stage.keys}/access"], WithDecryption=True)

    def send_mail(session: boto3.Session) -> None:
        to: Any = {"ToAddresses": [installation.complaint.email]}
        session.client("sesv2").send_email(FromEmailAddress=sender, Destination=to, Content=body)

    def delete_case(session: boto3.Session) -> None:
        session.client("dynamodb").delete_item(TableName=table, Key=item)

    def delete_key(session: boto3.Session) -> None:
        key: Any = {"pk": {"S": f"key#{installation.complaint.reference}"}}
        session.client("dynamodb").delete_item(TableName=data_keys_table(table), Key=key)

    def sign(session: boto3.Session) -> None:
        session.client("kms").sign(
            KeyId=installation.outputs["SigningKey"],
            Message=b"-",
            MessageType="RAW",
            SigningAlgorithm="ECDSA_SHA_256",
        )

    refused: dict[str, tuple[Callable[[boto3.Session], None], ...]] = {
        "api": (send_mail, sign, delete_case, delete_key),
        "escalate-overdue": (read_file, delete_mail, send_mail, sign, delete_case, delete_key),
        "send-letters": (read_file, delete_mail, sign, delete_case, delete_key),
        "follow-cases": (read_file, delete_mail, send_mail, sign, delete_key),
        "settle-letter": (read_file, delete_mail, read_keys, send_mail, sign, delete_case, delete_key),
        "take-mail": (send_mail, sign, delete_case, delete_key),
        "seal-checkpoints": (delete_mail, delete_case, delete_key),
    }
    done = [
        f"{name} may {act.__name__.replace('_', ' ')}"
        for name, acts in refused.items()
        for act in acts
        if not _is_refused(act, _as_function(installation, name))
    ]
    check(not done, ", ".join(done))


def _as_function(installation: Installation, name: str) -> boto3.Session:
    """A client of AWS with the role of a function."""
    full = f"{installation.stage.stack}-{name}"
    role = boto3.client("lambda").get_function_configuration(FunctionName=full)["Role"]
    credentials = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName=full)["Credentials"]
    return boto3.Session(
        credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"]
    )


def _is_refused(act: Callable[[boto3.Session], None], session: boto3.Session) -> bool:
    try:
        act(session)
    except ClientError as error:
        return error.response["Error"]["Code"] in REFUSED
    return False
