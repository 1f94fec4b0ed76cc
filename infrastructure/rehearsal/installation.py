"""The installation that is rehearsed: its addresses, its staff, its mails, and what its functions did."""

import json
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import boto3
import urllib3

from infrastructure.cli.deploy import deploy
from infrastructure.deployment.stacks.data_stack import installation_outputs
from infrastructure.deployment.stage_file import Stage
from infrastructure.local.demonstration.client import proof_of
from infrastructure.package.build import ROOT
from infrastructure.rehearsal.commands import keep_stage_file, said_by
from infrastructure.rehearsal.distribution import Distribution
from infrastructure.rehearsal.environment import LOOPBACK
from infrastructure.rehearsal.functions import Functions, Run
from infrastructure.rehearsal.oidc_provider import Provider

PATIENCE = 60
"""Seconds for which something that must happen at once is waited for, on a busy machine."""
SECONDS = 40
"""How long one request may take: API Gateway gives up at 29, and a first one unpacks the layers."""

PACKAGED = ("--unchecked", "--package")
"""Names a package for `deploy`, which asks neither the DNS nor the provider."""

T = TypeVar("T")


class NotAsPromised(Exception):
    """A step did not find what it should; the text says what."""


class Answer(NamedTuple):
    """What came back; `headers` reads names in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Complaint(NamedTuple):
    """A complaint as the person who made it holds it."""

    reference: str
    access: str
    email: str

    @property
    def headers(self) -> dict[str, str]:
        """The header that opens it."""
        return {"Authorization": f"Bearer {self.access}"}


class Packages(NamedTuple):
    """The releases of a rehearsal: the built one, one that follows it, one that cannot be deployed, and one
    from before it."""

    first: Path
    next: Path
    unreadable: Path
    earlier: Path


class Installation:
    """One stack in the simulator at `endpoint`, and what the walk left in it."""

    complaint: Complaint
    bouncing: Complaint
    backup: str
    counts: dict[str, int]
    alone: "Installation"

    def __init__(
        self,
        endpoint: str,
        stage: Stage,
        packages: Packages,
        functions: Functions,
        provider: Provider,
        archive: Path | None = None,
    ) -> None:
        self.endpoint, self.stage, self.packages = endpoint, stage, packages
        self.functions, self.provider = functions, provider
        self.archive = archive
        self.outputs: dict[str, str] = {}
        self._http = urllib3.PoolManager(
            retries=False, timeout=SECONDS, ca_certs=str(functions.host.certificate)
        )

    @property
    def url(self) -> str:
        """Where it says that it is: the distribution."""
        return self.outputs["Url"]

    def deploy(self, package: Path) -> None:
        """Bring the stack to a package by the project's own deployment, or by that of an unpacked release.

        Raises `CannotDeploy`.
        """
        if self.archive is None:
            deploy(self.stage, package)
        else:
            self.command("-m", "infrastructure.cli.deploy", self.stage.name, *PACKAGED, str(package))
        self.refresh()
        self.provider.serve(self.url)

    @property
    def root(self) -> Path:
        """Where the commands of operators are called: in the unpacked release, else in the checkout."""
        return self.archive or ROOT

    @property
    def stages(self) -> Path:
        """The folder of stage files."""
        return self.functions.host.folder.parent / "stages"

    def command(self, *arguments: str) -> str:
        """What a command of operators says, by the stage file of this installation: Python's `arguments`.

        Raises `CannotDeploy`.
        """
        keep_stage_file(self.stages, self.stage)
        return said_by(self.root, self.stages, *arguments)

    def refresh(self) -> None:
        """Learn what the stack answers with now, and where."""
        self.outputs = installation_outputs(boto3.client("cloudformation"), self.stage.stack)
        self._distribution = Distribution(boto3.client("cloudfront"), self.resource("Distribution"))

    def beside(self, stage: Stage) -> "Installation":
        """Another installation in the same account, with the same releases; it stands already."""
        other = Installation(self.endpoint, stage, self.packages, self.functions, self.provider, self.archive)
        other.refresh()
        return other

    def resource(self, logical: str) -> str:
        """The physical id of a resource of the stack."""
        cloud = boto3.client("cloudformation")
        found = cloud.describe_stack_resource(StackName=self.stage.stack, LogicalResourceId=logical)
        return str(found["StackResourceDetail"]["PhysicalResourceId"])

    def call(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask the distribution of the installation, as it is deployed: the simulator's own hands out what is
        in the bucket, and API Gateway is asked as it would be asked.

        `path` may be a whole address of it, as letters and redirects name them.
        """
        path, sent = path.removeprefix(self.url), dict(headers or {})
        found = self._distribution.forwarded(method, path, sent)
        if found and found.api:
            gateway = f"{self.endpoint}/_aws/execute-api/{found.api}"
            return self.ask(method, gateway + found.path, body, found.headers)
        return self.ask(method, self.endpoint + path, body, sent | {"Host": str(urlsplit(self.url).hostname)})

    def ask(
        self, method: str, address: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request to an address of this machine; nothing is followed. JSON unless `body` is bytes."""
        check(urlsplit(address).hostname in (LOOPBACK, "localhost"), f"{method} would leave this machine")
        sent = {"Content-Type": "application/json"} | dict(headers or {})
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        got = self._http.request(method, address, body=data, headers=sent, redirect=False)
        return Answer(got.status, got.headers, got.data)

    def takes(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """The JSON of an answer that is no refusal."""
        got = self.call(method, path, body, headers)
        told = got.body.decode("utf-8", "replace")[:400]
        check(got.status < 300, f"{method} {path.partition('?')[0]} was answered with {got.status}: {told}")
        return got.json

    def letters(self, to: str) -> list[dict[str, Any]]:
        """What the simulator's SES took for this address, the newest last."""
        sent = self.ask("GET", f"{self.endpoint}/_ministack/ses/messages").json["messages"]
        return [mail for mails in sent.values() for mail in mails if to in mail["To"]]

    def runs(self, name: str, since: int = 0) -> list[Run]:
        """Runs of the function that the stack calls `name`, from the number `since` on."""
        full = f"{self.stage.stack}-{name}"
        return [run for run in self.functions.runs[since:] if run.function == full]

    def log(self, name: str) -> list[dict[str, Any]]:
        """What a function has written to its log, line by line."""
        path = self.functions.host.folder / f"{self.stage.stack}-{name}.log"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines if line.startswith("{")]

    def staff(self, name: str) -> dict[str, str]:
        """The header by which a member of staff calls the API."""
        return {"Authorization": f"Bearer {self.provider.keeper.token(name, 'reviewer', {})}"}

    def proof(self) -> str:
        """A proof of work, fresh and not yet spent."""
        return proof_of(self.takes("GET", "/v1/challenge"))


def check(holds: bool, otherwise: str) -> None:
    """Raises `NotAsPromised` with the sentence `otherwise` where it does not hold."""
    if not holds:
        raise NotAsPromised(otherwise)


def until(look: Callable[[], T | None], what: str, seconds: int = PATIENCE) -> T:
    """The first thing that `look` finds. Raises `NotAsPromised` where there is none in time."""
    end = time.monotonic() + seconds
    while not (found := look()):
        check(time.monotonic() < end, f"{what}: not within {seconds} seconds")
        time.sleep(0.2)
    return found


def once() -> dict[str, str]:
    """The header of a submission that is meant once."""
    return {"Idempotency-Key": str(uuid.uuid4())}
