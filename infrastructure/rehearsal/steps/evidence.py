"""Checkpoints: what happened is sealed by the key of the stack, in its bucket."""

import json
from typing import Any

import boto3

from complaints.adapters.evidence.evidence_bucket import S3EvidenceFiles
from complaints.adapters.evidence.kms_signer import KmsSigner
from complaints.checkpoints.checkpoint_chain import CheckpointReader, Trust, names
from complaints.checkpoints.places import CHECKPOINTS
from complaints.checkpoints.signature import key_id
from infrastructure.rehearsal.installation import Installation, check


def seal_checkpoints(installation: Installation) -> None:
    """checkpoints are made and signed by the key of the stack, hold, and are not written again"""
    seal(installation)
    bucket = installation.outputs["Evidence"]
    files, key = S3EvidenceFiles(bucket), KmsSigner(installation.outputs["SigningKey"]).public_key
    found = names(files)
    check(len(found) == 1, f"one checkpoint is made: {found}")
    trust = Trust({key_id(key): key})
    reader = CheckpointReader(files, trust)
    check(len(list(reader.read(found, is_start=True))) == 1, f"it holds: {reader.differences}")
    check(not files.put(f"{CHECKPOINTS}{found[0]}.json", b"{}", "application/json"), "it stays as it was")


def seal(installation: Installation) -> None:
    """Lets the function seal what is new. Raises `NotAsPromised` where it fails."""
    name = f"{installation.stage.stack}-seal-checkpoints"
    event: Any = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}, "resources": []}
    event |= {
        "version": "0",
        "id": "1",
        "account": "0",
        "region": "us-east-1",
        "time": "2026-01-01T00:05:00Z",
    }
    answer = boto3.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
    check("FunctionError" not in answer, f"{name} failed")
