"""The installation's secret keys, made once and stored in the parameter store; no person has to see
them."""

import base64
import secrets
from typing import TYPE_CHECKING

from infrastructure.template.permissions.secrets import PURPOSES

if TYPE_CHECKING:
    from types_boto3_ssm import SSMClient

SIZE = 32


def make_secrets(ssm: "SSMClient", prefix: str) -> list[str]:
    """Make the keys that are not there yet, each 32 random bytes in base64, and answer with their purposes.

    A key that is there stays: without `reference` and `replay` no repeated submission would be known again.
    """
    made = []
    for purpose in PURPOSES:
        secret = base64.b64encode(secrets.token_bytes(SIZE)).decode()
        try:
            ssm.put_parameter(Name=f"{prefix}/{purpose}", Value=secret, Type="SecureString", Overwrite=False)
        except ssm.exceptions.ParameterAlreadyExists:
            continue
        made.append(purpose)
    return made
