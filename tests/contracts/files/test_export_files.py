"""What a store of exported files promises, kept by the bucket's adapter and by the one of tests."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from complaints.adapters.files.export_bucket import S3ExportFiles
from complaints.context.ports import ExportFiles
from complaints.values.errors import Unavailable
from tests.contracts.files.file_stores import BUCKET, REGION, Bucket
from tests.fakes import HeldExports

KEY = "cases/site=demo/month=2026-03/C-7K3M9-QX2HT-7.jsonl"


@pytest.fixture(params=["bucket", "memory"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ExportFiles]:
    if request.param == "memory":
        yield HeldExports()
        return
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        Bucket()
        yield S3ExportFiles(BUCKET)


def test_a_file_is_replaced_whole_and_says_what_it_is_a_state_of(store: ExportFiles) -> None:
    assert store.state(KEY) is None
    store.put(KEY, b"{}\n{}\n", "1.plain.2")
    store.put(KEY, b"{}\n", "1.plain.3")
    assert store.state(KEY) == "1.plain.3"
    if isinstance(store, S3ExportFiles):
        kept = boto3.client("s3", region_name=REGION).get_object(Bucket=BUCKET, Key=KEY)
        assert (kept["Body"].read(), kept["ContentType"]) == (b"{}\n", "application/jsonl")


def test_a_bucket_that_is_not_there_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws(), pytest.raises(Unavailable):
        S3ExportFiles("nowhere").put(KEY, b"", "1.plain.1")
