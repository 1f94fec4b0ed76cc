"""Inbound mail of a local run: stored where SES stores it, and notified as SES does."""

import uuid
from collections.abc import Callable
from datetime import datetime
from email import policy
from email.parser import BytesParser
from email.utils import getaddresses
from pathlib import Path
from typing import Any

import msgspec

from infrastructure.local.atomic_files import write_whole
from infrastructure.local.aws.s3 import LocalS3
from infrastructure.local.aws.ses import Event

_VERDICTS = ("spam", "virus", "spf", "dkim", "dmarc")


class LocalInboundSes:
    """Takes raw mails; `tell` publishes what SES would. Received mails are listed in `folder`."""

    def __init__(
        self, folder: Path, files: LocalS3, now: Callable[[], datetime], tell: Callable[[Event], None]
    ) -> None:
        self._folder, self._files, self._now, self._tell = folder, files, now, tell

    def take(self, raw: bytes) -> str:
        """Takes a mail, and answers with its id.

        The envelope is read from the headers that a server leaves in a delivered mail: `Delivered-To`, or
        else `To` and `Cc`, and `Return-Path`. `X-SES-Spam-Verdict: FAIL` and its like are SES's opinion.
        """
        id, at = uuid.uuid4().hex, self._now()
        event = notification(id, raw, at)
        self._files.bring(id, raw)
        headers = _headers(raw)
        listed = {"id": id, "to": event["receipt"]["recipients"], "from": str(headers.get("From", ""))}
        listed |= {"received_at": at, "subject": str(headers.get("Subject", ""))}
        listed |= {"raw": raw.decode("utf-8", "replace")}
        write_whole(self._folder / f"{at:%Y%m%dT%H%M%S}-{id}.json", msgspec.json.encode(listed))
        self._tell(event)
        return id

    def forget_removed(self) -> None:
        """Lists no mail any more that was removed from where the mail service puts it."""
        for path in self._folder.glob("*.json"):
            if self._files.mail(msgspec.json.decode(path.read_bytes())["id"]) is None:
                path.unlink()

    def came(self) -> list[dict[str, Any]]:
        """Every inbound mail, the newest last."""
        return [msgspec.json.decode(path.read_bytes()) for path in sorted(self._folder.glob("*.json"))]


def notification(id: str, raw: bytes, at: datetime) -> Event:
    """What SES says of a mail that it put into the bucket under `id`, read from the headers of the mail."""
    headers = _headers(raw)
    to = _addresses(headers, "Delivered-To") or _addresses(headers, "To") + _addresses(headers, "Cc")
    path = headers.get("Return-Path")
    source = _addresses(headers, "From") if path is None else _addresses(headers, "Return-Path")
    verdicts = {f"{name}Verdict": {"status": _verdict(headers, name)} for name in _VERDICTS}
    return {
        "notificationType": "Received",
        "mail": {"messageId": id, "timestamp": at, "source": source[0] if source else ""},
        "receipt": {
            "recipients": to,
            "action": {"type": "S3", "objectKey": f"inbound/{id}"},
            **verdicts,
        },
    }


def _headers(raw: bytes) -> Any:
    return BytesParser(policy=policy.compat32).parsebytes(raw, headersonly=True)


def _addresses(headers: Any, name: str) -> list[str]:
    return [address for _, address in getaddresses(map(str, headers.get_all(name, []))) if "@" in address]


def _verdict(headers: Any, name: str) -> str:
    return str(headers.get(f"X-SES-{name}-Verdict", "PASS")).strip().upper()
