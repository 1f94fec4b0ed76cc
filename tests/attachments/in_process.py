"""The API within this process, over a table of its own: for what no address shows from outside."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import app
from complaints.adapters import container
from complaints.adapters.config.environment import Settings
from complaints.adapters.container import Container
from complaints.case.record.attachments import Scan
from complaints.context.ports import Files, Scanner
from complaints.values.errors import Unavailable
from infrastructure.local.aws.s3 import LocalS3, PresignedUrls
from infrastructure.local.aws.secrets import LocalSecrets
from infrastructure.local.demonstration.client import ApiClient
from infrastructure.local.gateway.gateway import Gateway
from infrastructure.local.gateway.http import Answer, Request
from infrastructure.local.seed import seed
from tests.attachments.samples import PNG
from tests.builders import MONDAY
from tests.fakes import FixedClock
from tests.journeys.steps import form

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("url", "sender", "mail_configuration", "issuer", "audience", "jwks_url", "keys")


def now() -> datetime:
    return MONDAY


class Verdict(Scanner):
    """A scanner that says this of every file."""

    def __init__(self, said: Scan) -> None:
        self._said = said

    def scan(self, content: bytes) -> Scan:
        return self._said


class DiesBehind(LocalS3):
    """A store whose process dies right after a file was kept."""

    def promote(self, key: str) -> None:
        super().promote(key)
        raise Unavailable


def local_files(folder: Path, kind: type[LocalS3] = LocalS3) -> LocalS3:
    """A store of files in `folder`."""
    return kind(folder / "files", PresignedUrls("http://localhost", b"secret", now), now)


class Inside:
    """One complaint, and whatever is asked about it."""

    def __init__(self, folder: Path, table: str) -> None:
        self._folder, self._table = folder, table
        self._gateway = Gateway(app.app, app.app.routes)
        self.lives_with()
        seed(container.container())
        api_client = ApiClient(lambda request: self._gateway.answer(request, request.path))
        self._taken = api_client.complain(form(), "k")

    def lives_with(self, files: Files | None = None, scanner: Scanner | None = None) -> None:
        """From now on the world has these parts; the bucket on AWS where no store is given."""
        settings = Settings(
            table=self._table,
            templates=ROOT / "templates",
            files="answerable-files",
            **dict.fromkeys(WORDS, "https://complaints.example.org"),
        )
        container.use_container(
            Container(
                settings,
                clock=FixedClock(MONDAY),
                secrets=LocalSecrets(self._folder),
                files=files,
                scanner=scanner,
            )
        )

    @property
    def key(self) -> str:
        """What keys of the case's files begin with."""
        return self._taken["reference"]

    def ask(self, method: str, what: str = "", body: object = None, **headers: str) -> Answer:
        """The answer to a call below the complaint's own address."""
        sent = {"content-type": "application/json", "authorization": f"Bearer {self._taken['access']}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        path = f"/v1/complaints/{self.key}{what}"
        data = b"" if body is None else json.dumps(body).encode()
        return self._gateway.answer(Request(method, path, "", sent, data), path)

    def offered(self) -> str:
        """The id of a picture that was offered."""
        body = {"name": "lamp.png", "type": "image/png", "size": len(PNG)}
        return str(json.loads(self.ask("POST", "/attachments", body).body)["id"])

    def announce(self, id: str) -> tuple[int, dict[str, Any]]:
        """Says that the file was uploaded."""
        got = self.ask("POST", f"/attachments/{id}/arrived")
        return got.status, json.loads(got.body)


@contextmanager
def inside(folder: Path, table: str) -> Iterator[Inside]:
    """The API within this process, until the block ends."""
    try:
        yield Inside(folder, table)
    finally:
        container.use_container(None)
