"""A rehearsal knows no account, no proxy, and one endpoint: that of the simulator on this machine."""

import os
from pathlib import Path

import boto3
import pytest

from infrastructure.rehearsal.environment import close_off

ENDPOINT = "https://127.0.0.1:4566"
CERTIFICATE = Path("certificate.pem")
OF_SOMEBODY = {
    "AWS_ACCESS_KEY_ID": "AKIAREAL",
    "AWS_SESSION_TOKEN": "real",
    "AWS_PROFILE": "production",
    "AWS_ENDPOINT_URL_S3": "https://s3.example.org",
    "HTTPS_PROXY": "http://proxy.example.org",
    "http_proxy": "http://proxy.example.org",
    "PATH": "/usr/bin",
}


def test_nothing_of_an_account_or_a_proxy_is_left() -> None:
    environment = dict(OF_SOMEBODY)
    close_off(ENDPOINT, CERTIFICATE, environment)
    expected = {name for name, value in environment.items() if value == OF_SOMEBODY.get(name)}
    assert expected == {"PATH"}
    assert not {"AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ENDPOINT_URL_S3", "HTTPS_PROXY"} & environment.keys()


def test_every_client_asks_the_simulator(monkeypatch: pytest.MonkeyPatch) -> None:
    environment: dict[str, str] = {}
    close_off(ENDPOINT, CERTIFICATE, environment)
    for name in [name for name in os.environ if name.startswith("AWS_ENDPOINT_URL")]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    session = boto3.Session()
    for service in ("cloudformation", "dynamodb", "lambda", "s3", "sesv2", "sns", "sqs", "ssm", "sts"):
        assert session.client(service).meta.endpoint_url == ENDPOINT
