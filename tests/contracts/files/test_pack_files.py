"""What every store of evidence packs promises: that in S3, that of a local run, and the one in memory."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from moto import mock_aws

from complaints.adapters.files.evidence_packs import S3PackFiles
from complaints.evidence.ports import PackFiles
from infrastructure.local.aws.packs import LocalPackFiles
from infrastructure.local.aws.s3 import PresignedUrls
from tests.builders import MONDAY
from tests.complaints.evidence.fakes import KeptPacks
from tests.contracts.files.file_stores import BUCKET, REGION

KEY = "demo.spring/pack"
LEAST = 5 * 1024 * 1024
"""S3 takes no smaller part, but as the last one."""


@pytest.fixture(params=["bucket", "folder", "memory"])
def packs(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PackFiles]:
    if request.param == "memory":
        yield KeptPacks()
    elif request.param == "folder":
        addresses = PresignedUrls("http://localhost:8000", b"secret", lambda: MONDAY)
        yield LocalPackFiles(tmp_path / "packs", addresses, lambda: MONDAY)
    else:
        monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
        with mock_aws():
            client: Any = botocore.session.get_session().create_client("s3", region_name=REGION)
            client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
            yield S3PackFiles(BUCKET)


def test_parts_are_put_together_in_their_order_and_once(packs: PackFiles) -> None:
    sending = packs.begin(KEY)
    first, last = b"a" * LEAST, b"the end"
    packs.send(KEY, sending, 1, b"x" * LEAST)
    named = [packs.send(KEY, sending, 1, first), packs.send(KEY, sending, 2, last)]
    assert packs.address(KEY, "pack.zip", timedelta(minutes=5)) is None
    for _ in range(2):
        packs.finish(KEY, sending, named)
        assert packs.read(KEY) == first + last
    assert "pack.zip" in str(packs.address(KEY, "pack.zip", timedelta(minutes=5)))


def test_a_small_file_is_replaced(packs: PackFiles) -> None:
    assert packs.read("demo.spring/work") is None
    for content in (b"1", b"2"):
        packs.save("demo.spring/work", content)
        assert packs.read("demo.spring/work") == content


def test_what_is_removed_is_there_no_more_and_may_be_removed_again(packs: PackFiles) -> None:
    packs.save(KEY, b"1")
    for _ in range(2):
        packs.remove(KEY)
        assert packs.read(KEY) is None
    assert packs.address(KEY, "pack.zip", timedelta(minutes=5)) is None
