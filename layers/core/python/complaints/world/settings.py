"""What the operator says about this installation, read once from the environment."""

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct


class SettingMissing(RuntimeError):
    """An environment variable that must be set is not."""


class Settings(Struct, frozen=True, kw_only=True):
    """`url` is the public address without a slash at its end; no address is built of anything else.

    `inbox` is the domain at which answers to letters arrive; without one nobody is asked to answer by mail.
    """

    table: str
    url: str
    sender: str
    mail_configuration: str
    issuer: str
    audience: str
    jwks_url: str
    keys: str
    files: str
    templates: Path
    inbox: str = ""


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Raises `SettingMissing`, naming the variable."""

    def must(name: str) -> str:
        value = environment.get(f"ANSWERABLE_{name}")
        if not value:
            raise SettingMissing(f"ANSWERABLE_{name} is not set")
        return value

    return Settings(
        table=must("TABLE"),
        url=must("URL").rstrip("/"),
        sender=must("SENDER"),
        mail_configuration=must("MAIL_CONFIGURATION"),
        issuer=must("ISSUER"),
        audience=must("AUDIENCE"),
        jwks_url=must("JWKS_URL"),
        keys=must("KEYS"),
        files=must("FILES"),
        inbox=environment.get("ANSWERABLE_INBOX", "").lower(),
        templates=Path(environment.get("ANSWERABLE_TEMPLATES", "/opt/templates")),
    )
