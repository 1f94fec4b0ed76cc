"""What functions ask of AWS can be asked from the built layer: it fails only because nobody listens."""

import socket
from collections.abc import Iterator

import pytest

from infrastructure.package.aws_operations import operations
from infrastructure.template.permissions.policies import POLICIES
from tests.guards.package.built_package import Built

NOBODY_LISTENS = "EndpointConnectionError"
AT_ONCE = "import time; time.sleep = lambda seconds: None"
"""Botocore waits before it tries again."""

CALL_EACH = """
import app
from botocore import xform_name
from botocore.session import get_session

def sample(shape):
    match shape.type_name:
        case "structure":
            return {name: sample(shape.members[name]) for name in shape.required_members}
        case "list":
            return [sample(shape.member)]
        case "map":
            return {"answerable": sample(shape.value)}
        case "blob":
            return b"answerable"
        case "integer" | "long":
            return 1
        case "boolean":
            return True
    return shape.enum[0] if shape.enum else "answerable"

def ask(client, operation):
    wanted = client.meta.service_model.operation_model(operation).input_shape
    try:
        return getattr(client, xform_name(operation))(**sample(wanted))
    except Exception as error:
        return type(error).__name__

session = get_session()
made = {service: session.create_client(service, endpoint_url=nobody) for service in called}
print(json.dumps([(name, ask(made[service], name)) for service in called for name in called[service]]))
"""

CALL_PORTS = """
import inspect
from collections.abc import Mapping
from datetime import timedelta
from typing import BinaryIO
from complaints.case.record.attachments import FileType
from complaints.context.ports import Files, MailSender, Secrets, StoredKind
from complaints.adapters.container import container

SAMPLES = {
    str: "a-key", bytes: b"answerable", bytes | BinaryIO: b"answerable", int: 1,
    timedelta: timedelta(minutes=5), FileType: next(iter(FileType)), Mapping[str, str]: {"case": "1"},
    StoredKind: "file", bool: True,
}

def ask(part, name):
    try:
        method = getattr(part, name)
        if callable(method):
            wanted = inspect.signature(method, eval_str=True).parameters.values()
            method(**{each.name: SAMPLES[each.annotation] for each in wanted})
        return "answered"
    except Exception as error:
        return type(error.__cause__ or error).__name__

parts = ((Files, container().files), (Secrets, container().secrets), (MailSender, container().mail_sender))
print(json.dumps([
    (f"{port.__name__}.{name}", ask(part, name))
    for port, part in parts for name in vars(port) if not name.startswith("_")
]))
"""
NEED_NO_ANSWER = {"Files.origin", "Files.offer", "Files.address", "Files.preview"}
"""What is only signed or named."""


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address of this machine where nobody listens, and nobody will while the test runs."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def test_what_a_function_calls_follows_from_what_it_may() -> None:
    statements = [
        {"Action": ["s3:PutObject", "s3:GetObject"]},
        {"Action": ["s3:ListBucket"]},
        {"Action": ["ses:SendEmail", "ses:SendRawEmail"]},
        {"Action": ["kms:Decrypt"]},
    ]
    in_parts = ["CompleteMultipartUpload", "CopyObject", "CreateMultipartUpload"]
    files = [*in_parts, "GetObject", "HeadObject", "ListObjectsV2", "PutObject", "UploadPart"]
    called = {"s3": files, "sesv2": ["SendEmail"]}
    assert operations({"Statement": statements}) == called


@pytest.mark.parametrize("function", POLICIES)
def test_each_operation_of_a_function_is_sent(built: Built, nobody: str, function: str) -> None:
    called = {service: list(names) for service, names in operations(POLICIES[function]).items()}
    answers = built.run(f"{AT_ONCE}\ncalled, nobody = {called!r}, {nobody!r}\n{CALL_EACH}")
    names = [name for service in called for name in called[service]]
    assert names
    assert answers == [[name, NOBODY_LISTENS] for name in names]


def test_all_that_the_product_asks_by_its_own_clients_is_sent(built: Built, nobody: str) -> None:
    """Every method of what stands for the files, the keys and the post on AWS."""
    answers = dict(built.run(f"{AT_ONCE}\n{CALL_PORTS}", AWS_ENDPOINT_URL=nobody))
    assert answers == {name: "answered" if name in NEED_NO_ANSWER else NOBODY_LISTENS for name in answers}
    assert answers.keys() > NEED_NO_ANSWER


def test_an_upload_is_signed_for_the_bucket_of_its_region(built: Built) -> None:
    program = """
from datetime import timedelta
from complaints.case.record.attachments import FileType
from complaints.adapters.container import container
print(json.dumps(container().files.offer("a-key", next(iter(FileType)), 10, timedelta(minutes=5)).url))
"""
    url = built.run(program)
    assert url.startswith("https://answerable-files.s3.")
    assert "X-Amz-Signature=" in url
