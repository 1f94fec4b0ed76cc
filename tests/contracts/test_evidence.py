"""What the evidence bucket and the signing key promise: those of AWS, of a local run, and of tests alike."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import boto3
import pytest
from botocore.stub import Stubber
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from moto import mock_aws

from complaints.adapters.evidence.evidence_bucket import S3EvidenceFiles
from complaints.adapters.evidence.kms_signer import KmsSigner
from complaints.checkpoints.ports import EvidenceFiles, Signer
from complaints.checkpoints.signature import is_signed, key_id
from complaints.values.errors import Unavailable
from infrastructure.local.aws.evidence import LocalEvidenceFiles, LocalSigner
from tests.complaints.checkpoints.fakes import HeldEvidence, HeldSigner

BUCKET, REGION = "answerable-evidence", "us-east-1"
KINDS = ["aws", "local", "memory"]
KEY = "checkpoints/2026/11/28T20.json"


@pytest.fixture(params=KINDS)
def files(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[EvidenceFiles]:
    if request.param == "memory":
        yield HeldEvidence()
    elif request.param == "local":
        yield LocalEvidenceFiles(tmp_path / "evidence")
    else:
        monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
        with mock_aws():
            boto3.client("s3", region_name=REGION).create_bucket(Bucket=BUCKET)
            yield S3EvidenceFiles(BUCKET)


@pytest.fixture(params=KINDS)
def signer(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Signer]:
    if request.param == "memory":
        yield HeldSigner()
    elif request.param == "local":
        yield LocalSigner(tmp_path / "signing.pem")
    else:
        monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
        with mock_aws():
            made = boto3.client("kms", region_name=REGION).create_key(
                KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY"
            )
            yield KmsSigner(made["KeyMetadata"]["KeyId"])


def test_a_file_is_written_once_and_stays_as_it_was(files: EvidenceFiles) -> None:
    assert files.get(KEY) is None
    assert files.put(KEY, b"first", "application/json")
    assert not files.put(KEY, b"second", "application/json")
    assert files.get(KEY) == b"first"


def test_files_are_listed_in_order_by_how_they_begin(files: EvidenceFiles) -> None:
    others = ["checkpoints/2026/11/28T19.json", "checkpoints/2026/12/01T00.json", "keys/a.pem"]
    for key in (KEY, *others):
        files.put(key, b"", "application/json")
    assert list(files.keys("checkpoints/2026/11/28")) == [others[0], KEY]
    assert list(files.keys("checkpoints/")) == [others[0], KEY, others[1]]
    assert list(files.keys("restores/")) == []


def test_what_a_key_signs_is_verified_by_its_public_half(signer: Signer) -> None:
    assert is_signed(b"statement", signer.sign(b"statement"), signer.public_key)
    assert not is_signed(b"another", signer.sign(b"statement"), signer.public_key)
    assert key_id(signer.public_key) == key_id(signer.public_key)


def test_what_kms_does_not_hash_itself_is_signed_by_its_hash() -> None:
    """It takes 4096 bytes at most, and what a verification found is more where much was changed."""
    key, said = ec.generate_private_key(ec.SECP256R1()), b"d" * 4097
    client = boto3.client("kms", region_name=REGION)
    with Stubber(client) as stubber:
        for message, sent, kind in (
            (said, sha256(said).digest(), "DIGEST"),
            (said[1:], said[1:], "RAW"),
        ):
            stubber.add_response(
                "sign",
                {"Signature": key.sign(message, ec.ECDSA(SHA256()))},
                {
                    "KeyId": "key",
                    "Message": sent,
                    "MessageType": kind,
                    "SigningAlgorithm": "ECDSA_SHA_256",
                },
            )
            assert len(KmsSigner("key", client).sign(message)) == 64
        stubber.assert_no_pending_responses()


def test_a_local_key_stays_the_same(tmp_path: Path) -> None:
    path = tmp_path / "signing.pem"
    assert LocalSigner(path).public_key == LocalSigner(path).public_key
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_not_there_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        with pytest.raises(Unavailable):
            S3EvidenceFiles("nowhere").put(KEY, b"", "application/json")
        with pytest.raises(Unavailable):
            list(S3EvidenceFiles("nowhere").keys(""))
        with pytest.raises(Unavailable):
            KmsSigner("alias/nowhere").sign(b"statement")
