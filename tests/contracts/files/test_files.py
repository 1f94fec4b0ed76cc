"""What every store of files promises, kept by the bucket's adapter and by that of the local run."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber
from moto import mock_aws

from complaints.adapters.files.s3 import S3Files
from complaints.case.record.attachments import FileType
from complaints.context.ports import FileUnreadable, Upload
from complaints.values.errors import Unavailable
from tests.attachments.samples import PNG
from tests.contracts.files.file_stores import BUCKET, REFUSED, REGION, Bucket, Folder, Got, Sent, Store

KEY = "C-7K3M9-QX2HT-7/0f8fad5bd9cb469fa16570867728950e"
OTHER = "C-7K3M9-QX2HT-7/7c9e6679742540de944be07fc1f90ae7"
FIVE_MINUTES = timedelta(minutes=5)
ALMOST = FIVE_MINUTES - timedelta(seconds=10)


@pytest.fixture(params=["bucket", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    if request.param == "folder":
        yield Folder(tmp_path)
        return
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        yield Bucket()


def offer(store: Store, key: str = KEY) -> Upload:
    return store.files.offer(key, FileType.PNG, len(PNG), FIVE_MINUTES)


def send(
    store: Store,
    place: Upload,
    content: bytes = PNG,
    later: timedelta = timedelta(),
    without: str = "",
    **headers: str,
) -> Got:
    """Uploads as the offer says, but for what is said otherwise."""
    found = place.headers | {name.replace("_", "-").title(): value for name, value in headers.items()}
    found = {name: value for name, value in found.items() if name != without}
    return store.ask(Sent(place.method, place.url, found, content, later))


def test_an_upload_as_it_was_offered_is_taken(store: Store) -> None:
    place = offer(store)
    assert store.files.uploaded(KEY) is None
    assert send(store, place, later=ALMOST).taken
    assert store.files.uploaded(KEY) == PNG
    assert store.files.uploaded(OTHER) is None


@pytest.mark.parametrize("content", [b"", PNG[:-1], PNG + b"\0"], ids=["empty", "too short", "too long"])
def test_the_store_refuses_another_size(store: Store, content: bytes) -> None:
    assert send(store, offer(store), content) == REFUSED
    assert store.files.uploaded(KEY) is None


def test_the_store_refuses_another_type_or_size(store: Store) -> None:
    place = offer(store)
    assert send(store, place, content_type="text/html") == REFUSED
    assert send(store, place, without="Content-Type") == REFUSED
    assert send(store, place, PNG + b"\0", content_type="image/png") == REFUSED
    assert store.files.uploaded(KEY) is None


def test_s37_an_address_takes_one_upload(store: Store) -> None:
    place = offer(store)
    assert send(store, place).taken
    assert send(store, place) == REFUSED
    assert send(store, place, without="If-None-Match") == REFUSED
    assert send(store, place, if_none_match="x") == REFUSED


def test_s37_an_address_takes_nothing_after_its_end(store: Store) -> None:
    assert send(store, offer(store), later=FIVE_MINUTES) == REFUSED


def test_s37_an_address_is_for_one_file_and_one_method(store: Store) -> None:
    place = offer(store)
    elsewhere = Upload(place.method, place.url.replace(KEY, OTHER), place.headers)
    assert send(store, elsewhere) == REFUSED
    assert store.ask(Sent("GET", place.url)) == REFUSED
    assert send(store, place).taken


def test_a_file_can_be_read_once_it_is_kept(store: Store) -> None:
    assert send(store, offer(store)).taken
    assert store.files.kept(KEY) is None
    store.files.promote(KEY)
    assert store.files.kept(KEY) == PNG


def test_nothing_is_handed_out_before_it_is_kept(store: Store) -> None:
    address = store.files.address(KEY, "lamp.png", FileType.PNG, FIVE_MINUTES)
    assert send(store, offer(store)).taken
    assert store.ask(Sent("GET", address)) == REFUSED
    store.files.promote(KEY)
    assert store.ask(Sent("GET", address)).body == PNG


def test_what_we_made_is_handed_out_as_a_download(store: Store) -> None:
    address = store.files.hand_out(KEY, b"{}", "application/json", "C-1.json", FIVE_MINUTES)
    disposition = "attachment; filename=\"C-1.json\"; filename*=UTF-8''C-1.json"
    assert store.ask(Sent("GET", address, later=ALMOST)) == Got(True, b"{}", "application/json", disposition)
    assert store.ask(Sent("GET", address, later=FIVE_MINUTES)) == REFUSED
    assert store.ask(Sent("GET", address.replace(KEY, OTHER))) == REFUSED
    assert store.files.uploaded(KEY) is None


def test_attachments_are_downloads(store: Store) -> None:
    assert send(store, offer(store)).taken
    for _ in range(2):
        store.files.promote(KEY)
    address = store.files.address(KEY, "Kırık lamba.png", FileType.PNG, FIVE_MINUTES)
    disposition = "attachment; filename=\"K_r_k lamba.png\"; filename*=UTF-8''K%C4%B1r%C4%B1k%20lamba.png"
    assert store.ask(Sent("GET", address, later=ALMOST)) == Got(True, PNG, "image/png", disposition)
    assert store.ask(Sent("GET", address, later=FIVE_MINUTES)) == REFUSED
    assert store.ask(Sent("GET", address.replace(KEY, OTHER))) == REFUSED
    assert store.ask(Sent("GET", address.replace("image%2Fpng", "text%2Fhtml"))) == REFUSED


def test_a_preview_is_shown_and_no_download(store: Store) -> None:
    assert send(store, offer(store)).taken
    store.files.promote(KEY)
    address = store.files.preview(KEY, FileType.PNG, FIVE_MINUTES)
    assert store.ask(Sent("GET", address, later=ALMOST)) == Got(True, PNG, "image/png", "inline")
    assert store.ask(Sent("GET", address, later=FIVE_MINUTES)) == REFUSED
    assert store.ask(Sent("GET", address.replace("image%2Fpng", "text%2Fhtml"))) == REFUSED


def test_a_copy_of_a_mail_is_a_download_until_the_mail_is_removed(store: Store) -> None:
    address = store.files.hand_out_mail("m-1", b"Subject: x", "mail-1.eml", FIVE_MINUTES)
    got = store.ask(Sent("GET", address, later=ALMOST))
    assert (got.body, got.kind) == (b"Subject: x", "message/rfc822")
    assert got.disposition.startswith('attachment; filename="mail-1.eml"')
    assert store.ask(Sent("GET", address, later=FIVE_MINUTES)) == REFUSED
    store.files.remove_mail("m-1")
    assert store.ask(Sent("GET", address)) == REFUSED


def test_the_hash_of_what_is_kept_is_told(store: Store) -> None:
    assert send(store, offer(store)).taken
    assert store.files.digest_of("file", KEY, reads=True) is None
    store.files.promote(KEY)
    for reads in (True, False):
        assert store.files.digest_of("file", KEY, reads=reads) == sha256(PNG).hexdigest()
    store.files.remove(KEY)
    assert store.files.digest_of("file", KEY, reads=False) is None


@pytest.mark.parametrize(
    ("told", "reads", "found"),
    [
        ({"ChecksumSHA256": b64encode(sha256(PNG).digest()).decode()}, False, sha256(PNG).hexdigest()),
        ({}, False, ""),
        ({"ChecksumSHA256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=-2"}, False, ""),
        ({}, True, sha256(PNG).hexdigest()),
    ],
    ids=["told", "not told", "that of parts", "not told, and read"],
)
def test_the_bytes_of_a_file_are_read_only_where_the_bucket_does_not_tell_their_hash(
    told: dict[str, str], reads: bool, found: str
) -> None:
    client: Any = botocore.session.get_session().create_client("s3", region_name=REGION)
    place = {"Bucket": BUCKET, "Key": f"kept/{KEY}"}
    with Stubber(client) as stub:
        stub.add_response("head_object", told, place | {"ChecksumMode": "ENABLED"})
        if reads:
            body = StreamingBody(BytesIO(PNG), len(PNG))
            stub.add_response("get_object", {"Body": body}, place)
        assert S3Files(BUCKET, client).digest_of("file", KEY, reads=reads) == found
        stub.assert_no_pending_responses()


def test_a_bucket_that_is_not_there_is_no_missing_file() -> None:
    """Somebody named another one."""
    client: Any = botocore.session.get_session().create_client("s3", region_name=REGION)
    with Stubber(client) as stub:
        stub.add_client_error("head_object", "404", http_status_code=404)
        stub.add_client_error("get_object", "NoSuchBucket", http_status_code=404)
        with pytest.raises(Unavailable):
            S3Files(BUCKET, client).digest_of("file", KEY, reads=True)


@pytest.mark.parametrize(
    ("code", "status", "raised"),
    [
        ("AccessDenied", 403, FileUnreadable),
        ("InvalidRequest", 400, FileUnreadable),
        ("KMS.DisabledException", 400, FileUnreadable),
        ("RequestTimeTooSkewed", 403, Unavailable),
        ("ExpiredToken", 400, Unavailable),
        ("SlowDown", 503, Unavailable),
    ],
)
def test_a_file_that_the_bucket_hands_out_to_nobody_is_no_bucket_that_does_not_answer(
    code: str, status: int, raised: type[Exception]
) -> None:
    """Else one of them would keep all others from being verified, each day."""
    client: Any = botocore.session.get_session().create_client("s3", region_name=REGION)
    with Stubber(client) as stub:
        stub.add_client_error("head_object", str(status), http_status_code=status)
        stub.add_client_error("get_object", code, http_status_code=status)
        with pytest.raises(raised):
            S3Files(BUCKET, client).digest_of("file", KEY, reads=False)


def test_what_is_removed_is_gone_and_stays_gone(store: Store) -> None:
    assert send(store, offer(store)).taken
    store.files.promote(KEY)
    for _ in range(2):
        store.files.remove(KEY)
    assert store.files.uploaded(KEY) is None
    address = store.files.address(KEY, "lamp.png", FileType.PNG, FIVE_MINUTES)
    assert store.ask(Sent("GET", address)) == REFUSED


def test_a_mail_is_removed_where_the_mail_service_put_it() -> None:
    client: Any = botocore.session.get_session().create_client("s3", region_name=REGION)
    with Stubber(client) as stub:
        for key in ("inbound/m-1", "quarantine/mail/m-1"):
            stub.add_response("delete_object", {}, {"Bucket": BUCKET, "Key": key})
        S3Files(BUCKET, client).remove_mail("m-1")
        stub.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("code", "status"), [("AccessDenied", 403), ("NoSuchBucket", 404), ("SlowDown", 503)]
)
def test_a_bucket_that_does_not_answer_is_no_missing_file(code: str, status: int) -> None:
    client: Any = botocore.session.get_session().create_client("s3", region_name=REGION)
    with Stubber(client) as stub:
        stub.add_client_error("get_object", code, http_status_code=status)
        with pytest.raises(Unavailable):
            S3Files(BUCKET, client).uploaded(KEY)


def test_every_address_lies_at_the_origin_that_a_page_is_told(store: Store) -> None:
    place = offer(store)
    send(store, place)
    store.files.promote(KEY)
    fetched = store.files.address(KEY, "lamp.png", FileType.PNG, FIVE_MINUTES)
    for url in (place.url, fetched):
        assert url.startswith(f"{store.files.origin}/")


def test_what_we_made_can_be_sent_from_an_open_file(store: Store, tmp_path: Path) -> None:
    made = tmp_path / "case.zip"
    made.write_bytes(PNG)
    with made.open("rb") as content:
        address = store.files.hand_out(KEY, content, "application/zip", "C-1.zip", FIVE_MINUTES)
    got = store.ask(Sent("GET", address))
    assert (got.body, got.kind) == (PNG, "application/zip")
