"""What keeps a rehearsal on this machine: no credentials of anybody, one endpoint, and no proxy."""

import os
from collections.abc import MutableMapping
from pathlib import Path

LOOPBACK = "127.0.0.1"
REGION = "eu-central-1"

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
"""What the simulator knows as the root of its one account."""


def aws_environment(endpoint: str, certificate: Path) -> dict[str, str]:
    """All that an AWS client may go by: the simulator, and nothing of the machine's own configuration.

    `certificate` is the one that is trusted.
    """
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CA_BUNDLE": str(certificate),
        "SSL_CERT_FILE": str(certificate),
    }


def close_off(endpoint: str, certificate: Path, environment: MutableMapping[str, str] = os.environ) -> None:
    """Replace every setting of AWS and every proxy in `environment`, which is that of this process."""
    for name in list(environment):
        if name.upper().startswith("AWS_") or name.upper().endswith("_PROXY"):
            del environment[name]
    environment.update(aws_environment(endpoint, certificate) | CREDENTIALS)
