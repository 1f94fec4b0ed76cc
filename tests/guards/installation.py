"""The functions over stand-ins for AWS, and what each of them asks of it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import botocore.session

import app
from complaints.adapters.config.environment import Settings
from complaints.adapters.container import Container
from complaints.adapters.dynamodb.models import Item
from complaints.adapters.evidence.time_stamp_client import LOGIN, TimeStampCalls
from complaints.adapters.files.s3 import S3Files
from complaints.adapters.identity.oidc_tokens import OpenIdProvider
from complaints.adapters.mail.ses_sender import SesSender
from complaints.adapters.secrets import ParameterStoreSecrets
from infrastructure.deployment.secrets import make_secrets
from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.aws.s3 import LocalS3, PresignedUrls
from infrastructure.local.aws.scheduler import Scheduler
from infrastructure.local.aws.ses import LocalSes
from infrastructure.local.aws.ses_inbound import LocalInboundSes
from infrastructure.local.aws.sns import Topic
from infrastructure.local.aws.stream import TableStream, streams_client
from infrastructure.local.clock import LocalClock
from infrastructure.local.gateway.gateway import Gateway
from infrastructure.local.gateway.http import Answer, Request
from infrastructure.local.oidc import AUDIENCE, LocalProvider
from infrastructure.local.seed import STAFF
from infrastructure.template.permissions.secrets import SECRETS
from tests.complaints.checkpoints.fakes import HeldSigner
from tests.guards.template.iam_calls import (
    EVIDENCE,
    FILES,
    IDENTITY,
    KEYS,
    LETTERS,
    REGION,
    SENDER,
    Call,
    by_signed_address,
    listened,
)
from tests.webhooks.receivers import FakeWebhooks, Receiver

ROOT = Path(__file__).resolve().parents[2]
BUCKET, EVIDENCE_BUCKET = FILES.rpartition(":")[2], EVIDENCE.rpartition(":")[2]
AGENT = STAFF[0]


class Keys(ParameterStoreSecrets):
    """The keys of whichever function is awake."""

    def __init__(self) -> None:
        self.wake("api_handler")

    def wake(self, function: str) -> None:
        """Another function starts, which has read no key yet and may read its own."""
        self.__dict__.clear()
        super().__init__(KEYS, SECRETS.get(function, ()))


class Post(LocalSes):
    """What is handed over to SES is seen here too, and comes to what the address says."""

    def send(self, message: bytes, *, sender: str, to: str, tags: Mapping[str, str]) -> str:
        SesSender(LETTERS).send(message, sender=sender, to=to, tags=tags)
        return super().send(message, sender=sender, to=to, tags=tags)


class Inbound(LocalS3):
    """Where SES puts a mail as it came."""

    def bring(self, key: str, raw: bytes) -> None:
        client("s3").put_object(Bucket=BUCKET, Key=f"inbound/{key}", Body=raw)


NOBODY = "http://127.0.0.1:9/"
"""An authority of time stamps that is asked and does not answer."""


def client(service: str) -> Any:
    """A client of whoever operates AWS; it is no function."""
    return botocore.session.get_session().create_client(service, region_name=REGION)


def prepare_aws() -> None:
    """What a deployment makes."""
    for bucket in (BUCKET, EVIDENCE_BUCKET):
        client("s3").create_bucket(Bucket=bucket)
    client("sesv2").create_email_identity(EmailIdentity=IDENTITY)
    make_secrets(client("ssm"), KEYS)


class House:
    """The functions over one table, and in `asked` what each of them asked of it."""

    def __init__(self, folder: Path, table: str, endpoint: str) -> None:
        self.asked: dict[str, list[Call]] = defaultdict(list)
        self.clock = LocalClock(folder / "clock.json")
        self._topic = Topic(made(folder / "mail-events"), app.settle_letter)
        self._inbound = Topic(made(folder / "mail-received"), app.take_mail)
        addresses = PresignedUrls("", b"key", self.clock.now)
        inbound = Inbound(folder / "files", addresses, self.clock.now)
        self._mail_in = LocalInboundSes(folder, inbound, self.clock.now, self._inbound.publish)
        self._keys = Keys()
        self._post = Post(made(folder / "mail"), self.clock.now, self._topic.publish)
        self._provider = LocalProvider(folder, "https://login.example.org", self.clock.now)
        self._endpoint = endpoint
        self._handed_over: list[Any] = []
        self._read_until: dict[str, str] = {}
        self.world = Container(
            settings(table, self._provider),
            clock=self.clock,
            secrets=self._keys,
            mail_sender=self._post,
            webhooks=FakeWebhooks(Receiver()),
            signer=HeldSigner(),
            files=S3Files(BUCKET),
            provider=OpenIdProvider(
                self._provider.issuer,
                AUDIENCE,
                "",
                self.clock.now,
                lambda _: self._provider.jwks(),
                client=AUDIENCE,
            ),
        )
        login = self._keys.brought
        self.world.time_stamps = TimeStampCalls(NOBODY, loopback=True, login=lambda: login(LOGIN))

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """What the API answers, which must be no refusal. Staff sign in by themselves."""
        status, found = self.tries(method, path, body, **headers)
        assert status < 300, found
        return found

    def tries(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        """Status and body of what the API answers."""
        sent = {"content-type": "application/json", "authorization": f"Bearer {self.token('agent')}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self._answer(method, path, sent, b"" if body is None else json.dumps(body).encode())
        return answer.status, json.loads(answer.body)

    def send_form(self, path: str, **fields: str) -> None:
        """Sends the form of a page, which must lead on."""
        sent = {"content-type": "application/x-www-form-urlencoded"}
        assert self._answer("POST", path, sent, urlencode(fields).encode()).status == 303

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        path, _, query = path.partition("?")
        self.wake("api_handler")
        with listened() as calls:
            answer = Gateway(app.app, app.app.routes).answer(
                Request(method, path, query, headers, body), path
            )
        self.asked["api_handler"] += calls
        return answer

    def token(self, role: str) -> str:
        return self._provider.token(AGENT, role, {})

    def as_role(self, role: str) -> dict[str, str]:
        """The header by which somebody with this role asks."""
        return {"authorization": f"Bearer {self.token(role)}"}

    def upload(self, offered: Any, content: bytes) -> None:
        """A browser sends a file to the address that it was given."""
        url = offered["upload"]["url"]
        self.asked["api_handler"] += by_signed_address(offered["upload"]["method"], url)
        key = urlsplit(url).path.lstrip("/")
        client("s3").put_object(Bucket=BUCKET, Key=key, Body=content)

    def wake(self, function: str) -> None:
        """Each function runs in a process of its own, which has read no site, rule or key yet."""
        for part in ("sites", "automations"):
            self.world.__dict__.pop(part, None)
        self._keys.wake(function)

    def run_schedule(self) -> None:
        self.wake("escalate_overdue")
        with listened() as calls:
            Scheduler(app.escalate_overdue, self.clock.now).tick()
        self.asked["escalate_overdue"] += calls

    def run_stream(self) -> None:
        """Hands over what is new in the stream, and what was new the last time once more, as may happen."""
        stream = TableStream(streams_client(self._endpoint), Item.describe_table()["LatestStreamArn"])
        new = [record for shard in stream.shards() for record in self._news(stream, shard)]
        records = [*self._handed_over, *new]
        self._handed_over = new
        for name, function in (("send_letters", app.send_letters), ("follow_cases", app.follow_cases)):
            self.wake(name)
            with listened() as calls:
                done = function({"Records": records}, LambdaContext(name))
            self.asked[name] += calls
            assert done == {"batchItemFailures": []}

    def _news(self, stream: TableStream, shard: str) -> Iterator[Any]:
        """The records of a shard that were not handed over yet, as events: one read gives a part of them."""
        while found := stream.records(shard, self._read_until.get(shard)):
            yield from (record.event for record in found)
            self._read_until[shard] = found[-1].sequence

    def seal(self) -> None:
        """Makes checkpoints; the key that signs has a policy of its own, and stands here in memory."""
        self.wake("seal_checkpoints")
        with listened() as calls:
            Scheduler(app.seal_checkpoints, self.clock.now, "seal_checkpoints").tick()
        self.asked["seal_checkpoints"] += calls

    def make_evidence(self) -> None:
        """Makes the packs that were ordered, as far as one run comes."""
        self.wake("make_evidence")
        with listened() as calls:
            Scheduler(app.make_evidence, self.clock.now, "make_evidence").tick()
        self.asked["make_evidence"] += calls

    def run_erasures(self) -> None:
        self.wake("erase_cases")
        with listened() as calls:
            Scheduler(app.erase_cases, self.clock.now, "erase_cases").tick()
        self.asked["erase_cases"] += calls

    def run_mail_events(self) -> None:
        self.wake("settle_letter")
        with listened() as calls:
            self._topic.drain()
        self.asked["settle_letter"] += calls

    def last_letter(self, reference: str = "") -> dict[str, Any]:
        """The letter that left last, of all or of a case."""
        return [each for each in self._post.sent() if reference in str(each)][-1]

    def receive(self, mail: bytes, *, is_gone: bool = False) -> None:
        """A mail comes in, or is told of again after it was removed."""
        name = self._mail_in.take(mail)
        if is_gone:
            client("s3").delete_object(Bucket=BUCKET, Key=f"inbound/{name}")
        self.wake("take_mail")
        with listened() as calls:
            self._inbound.drain()
        self.asked["take_mail"] += calls


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def settings(table: str, provider: LocalProvider) -> Settings:
    return Settings(
        table=table,
        url="https://complaints.example.org",
        sender=SENDER,
        mail_configuration=LETTERS,
        issuer=provider.issuer,
        audience=AUDIENCE,
        jwks_url="",
        keys=KEYS,
        files=BUCKET,
        templates=ROOT / "templates",
        inbound_domain="in.example.org",
        evidence=EVIDENCE_BUCKET,
        checkpoint_mail="auditor@audit.example",
        time_stamps=NOBODY,
    )
