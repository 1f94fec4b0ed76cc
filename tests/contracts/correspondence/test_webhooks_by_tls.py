"""Webhooks go to who proves to be called as the address says, whatever line leads there."""

import datetime
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from complaints.adapters.config.webhook_client import WebhookCalls
from complaints.context.ports import WebhookDelayed
from tests.builders import MONDAY
from tests.contracts.correspondence.test_webhooks import BODY, HEADERS, PATIENT, leading_to
from tests.webhooks.receivers import Receiver, listening

NAME = "shop.example"
PUBLIC = "93.184.215.14"


def certificate_of(name: str, folder: Path) -> Path:
    """A certificate that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)  # noqa: TID251 - TLS asks the real clock
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "receiver.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return certificate_of(NAME, tmp_path)


@pytest.fixture
def receiver(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """It listens where the public address leads, and its certificate is trusted."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with listening(tls) as receiver:
        dial = socket.create_connection

        def lead(to: tuple[str, int], timeout: float) -> socket.socket:
            assert to == (PUBLIC, 443)
            return dial(("127.0.0.1", receiver.port), timeout)

        monkeypatch.setattr(socket, "create_connection", lead)
        yield receiver


def send(name: str) -> None:
    webhooks = WebhookCalls(lambda: MONDAY, within=PATIENT, look_up=leading_to(PUBLIC))
    webhooks.send(f"https://{name}/hook", BODY, HEADERS)


def test_a_receiver_with_the_certificate_of_its_name_is_told(receiver: Receiver) -> None:
    send(NAME)
    (got,) = receiver.got
    assert (got.path, got.headers["host"], got.body) == ("/hook", NAME, BODY)


def test_who_answers_under_another_name_is_told_nothing(receiver: Receiver) -> None:
    with pytest.raises(WebhookDelayed, match="SSLCertVerificationError"):
        send("other.example")
    assert receiver.got == []
