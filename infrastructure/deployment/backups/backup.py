"""Backups on demand, and the escrow copy of the installation's keys for an operator."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7EnvelopeBuilder, PKCS7Options

from complaints.adapters.dynamodb.table import data_keys_table
from infrastructure.errors import CannotDeploy

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_ssm import SSMClient


def take_backup(dynamo: "DynamoDBClient", table: str, now: datetime) -> Iterator[str]:
    """Takes a backup of the table, and says since when any moment can be restored, of the data keys too.

    The data keys have no backup on demand, which would keep those that erasure destroys.
    """
    name = f"{table[-100:]}-{now:%Y%m%dT%H%M%S}"
    made = dynamo.create_backup(TableName=table, BackupName=name)["BackupDetails"]
    yield f"Backup of {table}: {made['BackupArn']}"
    for each in (table, data_keys_table(table)):
        found = dynamo.describe_continuous_backups(TableName=each)["ContinuousBackupsDescription"]
        recovery = found.get("PointInTimeRecoveryDescription", {})
        since = recovery.get("EarliestRestorableDateTime")
        if recovery.get("PointInTimeRecoveryStatus") != "ENABLED":
            yield f"{each} CANNOT be restored to a moment: turn on its point-in-time recovery."
        else:
            yield f"{each} can be restored to any moment" + (
                f" since {since:%Y-%m-%dT%H:%M:%SZ}." if since else "."
            )


def certificate_in(text: bytes) -> x509.Certificate:
    """The certificate (PEM) of an operator, to whose RSA key is encrypted. Raises `CannotDeploy`."""
    try:
        certificate = x509.load_pem_x509_certificate(text)
        is_rsa = isinstance(certificate.public_key(), RSAPublicKey)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CannotDeploy("ESCROW holds no certificate that can be read: PEM is needed.") from error
    if not is_rsa:
        raise CannotDeploy(
            "The certificate of ESCROW has no RSA key: `openssl req -newkey rsa:3072` makes one."
        )
    return certificate


def escrow(ssm: "SSMClient", prefix: str, reader: x509.Certificate) -> bytes:
    """All keys below `prefix` as JSON, encrypted to the certificate of an operator (`certificate_in`): CMS as
    DER, which `openssl cms -decrypt` opens with the private key that never left the operator."""
    values: dict[str, str] = {}
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path=prefix, WithDecryption=True)
    for page in pages:
        values |= {each["Name"]: each["Value"] for each in page["Parameters"]}
    message = msgspec.json.encode(dict(sorted(values.items())))
    builder = PKCS7EnvelopeBuilder().set_data(message)
    return builder.add_recipient(reader).encrypt(Encoding.DER, [PKCS7Options.Binary])
