"""The files of a local run: the promises of the bucket on AWS, kept by folders and signed addresses.

Addresses that are their own permission: what may be done there, on which terms, and until when.
"""

import hmac
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qsl, urlencode

from complaints.case.record.attachments import FileType
from complaints.context.ports import StoredKind, Upload
from infrastructure.local.atomic_files import write_whole

FILES = "/_local/files"


class NotSigned(Exception):
    """The address was not signed by this run, was changed, is for another method, or has expired."""


class PresignedUrls:
    """Makes addresses on `origin`, and reads them; they expire on the product's clock."""

    def __init__(self, origin: str, secret: bytes, now: Callable[[], datetime]) -> None:
        self.origin = origin
        self._secret = secret
        self._now = now

    def make(self, method: str, key: str, lasting: timedelta, **terms: str) -> str:
        """The address at which `method` may be used for the file `key`, on these terms."""
        until = int((self._now() + lasting).timestamp())
        pairs = sorted({**terms, "until": str(until)}.items())
        query = urlencode([*pairs, ("signature", self._signature(method, key, pairs))])
        return f"{self.origin}{FILES}/{key}?{query}"

    def terms(self, method: str, key: str, query: str) -> dict[str, str]:
        """The terms of an address. Raises NotSigned."""
        pairs = parse_qsl(query, keep_blank_values=True)
        terms = dict(pairs)
        signature = terms.pop("signature", "")
        expected = self._signature(method, key, sorted(terms.items()))
        if len(terms) != len(pairs) - 1 or not hmac.compare_digest(signature.encode(), expected.encode()):
            raise NotSigned
        if self._now().timestamp() >= int(terms["until"]):
            raise NotSigned
        return terms

    def _signature(self, method: str, key: str, terms: list[tuple[str, str]]) -> str:
        data = urlencode([("method", method), ("key", key), *terms])
        return hmac.digest(self._secret, data.encode(), "sha256").hex()


KEPT_IN_QUARANTINE = timedelta(days=1)
PACKS_ARE_KEPT = timedelta(days=7)
ONCE = "*"
COPIES, MAIL_TYPE = "mail", "message/rfc822"


class AlreadyUploaded(Exception):
    """The address was used before."""


class LocalS3:
    """Files below `folder` (port `Files`); `addresses` signs where they are uploaded and fetched."""

    def __init__(self, folder: Path, addresses: PresignedUrls, now: Callable[[], datetime]) -> None:
        self._quarantine, self._kept = folder / "quarantine", folder / "kept"
        self._inbound, self._made = folder / "inbound", folder / "made"
        self.packs = folder / "packs"
        self._addresses = addresses
        self._now = now
        self._one_at_a_time = threading.Lock()

    @property
    def origin(self) -> str:
        return self._addresses.origin

    def offer(self, key: str, kind: FileType, size: int, lasting: timedelta) -> Upload:
        url = self._addresses.make("PUT", key, lasting, type=kind.value, size=str(size))
        return Upload("PUT", url, {"Content-Type": kind.value, "If-None-Match": ONCE})

    def take(self, key: str, content: bytes) -> None:
        """Takes an upload whole, once. Raises AlreadyUploaded."""
        path = self._quarantine / key
        path.parent.mkdir(parents=True, exist_ok=True)
        moment = self._now().timestamp()
        with self._one_at_a_time:
            if path.exists():
                raise AlreadyUploaded
            write_whole(path, content)
            os.utime(path, (moment, moment))

    def uploaded(self, key: str) -> bytes | None:
        return _content(self._quarantine / key)

    def deposit(self, key: str, content: bytes, kind: FileType) -> None:
        path = self._quarantine / key
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)

    def mail(self, key: str) -> bytes | None:
        return _content(self._inbound / key)

    def hand_out_mail(self, key: str, content: bytes, name: str, lasting: timedelta) -> str:
        copy = f"{COPIES}/{key}"
        (self._quarantine / COPIES).mkdir(parents=True, exist_ok=True)
        write_whole(self._quarantine / copy, content)
        return self._addresses.make("GET", copy, lasting, type=MAIL_TYPE, name=name)

    def remove_mail(self, key: str) -> None:
        for path in (self._inbound / key, self._quarantine / COPIES / key):
            path.unlink(missing_ok=True)

    def bring(self, key: str, raw: bytes) -> None:
        """Puts a mail as it came where the mail service puts it."""
        self._inbound.mkdir(parents=True, exist_ok=True)
        write_whole(self._inbound / key, raw)

    def promote(self, key: str) -> None:
        path = self._kept / key
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, (self._quarantine / key).read_bytes())

    def address(self, key: str, name: str, kind: FileType, lasting: timedelta) -> str:
        return self._addresses.make("GET", key, lasting, type=kind.value, name=name)

    def preview(self, key: str, kind: FileType, lasting: timedelta) -> str:
        return self._addresses.make("GET", key, lasting, type=kind.value)

    def handed_out(self, key: str) -> bytes | None:
        """What can be fetched under this key, if anything: a kept file, a copy of a mail, a generated file,
        or an evidence pack."""
        is_copy = key.startswith(f"{COPIES}/")
        folders = (self._quarantine,) if is_copy else (self._kept, self._made, self.packs)
        return next((content for folder in folders if (content := _content(folder / key)) is not None), None)

    def kept(self, key: str) -> bytes | None:
        return _content(self._kept / key)

    def digest_of(self, kind: StoredKind, key: str, *, reads: bool) -> str | None:
        content = _content({"file": self._kept, "mail": self._inbound}[kind] / key)
        return None if content is None else sha256(content).hexdigest()

    def hand_out(
        self, key: str, content: bytes | BinaryIO, media_type: str, name: str, lasting: timedelta
    ) -> str:
        path = self._made / key
        path.parent.mkdir(parents=True, exist_ok=True)
        moment = self._now().timestamp()
        write_whole(path, content if isinstance(content, bytes) else content.read())
        os.utime(path, (moment, moment))
        return self._addresses.make("GET", key, lasting, type=media_type, name=name)

    def remove(self, key: str) -> None:
        for folder in (self._quarantine, self._kept):
            (folder / key).unlink(missing_ok=True)

    def expire(self) -> None:
        """Removes what was put in quarantine, or made, a day ago, and packs after a week, as the bucket's
        lifecycle rules do."""
        kept = dict.fromkeys((self._quarantine, self._made), KEPT_IN_QUARANTINE)
        for folder, lasting in (kept | {self.packs: PACKS_ARE_KEPT}).items():
            oldest = self._now() - lasting
            for path in folder.glob("*/*"):
                if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < oldest:
                    path.unlink(missing_ok=True)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
