"""Puts a local run together: the product's own code, and this folder's stand-ins for AWS around it."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import app
from complaints.adapters import container
from complaints.adapters.config.environment import Settings
from complaints.adapters.container import Container
from complaints.adapters.dynamodb import models, table
from complaints.context.stores import Erasures
from complaints.delivery.webhook_address import LOOPBACK
from infrastructure.build.handbook import write_handbook
from infrastructure.local import engine
from infrastructure.local.aws.evidence import LocalEvidenceFiles, LocalSigner
from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.aws.packs import LocalPackFiles
from infrastructure.local.aws.s3 import LocalS3, PresignedUrls
from infrastructure.local.aws.scheduler import Handler, LocalRuns, Scheduler
from infrastructure.local.aws.secrets import LocalSecrets
from infrastructure.local.aws.ses import LocalSes
from infrastructure.local.aws.ses_inbound import LocalInboundSes
from infrastructure.local.aws.sns import Topic
from infrastructure.local.aws.stream import TableStream, streams_client
from infrastructure.local.aws.stream_poller import FileCheckpoint, Follower, StreamPoller
from infrastructure.local.clock import LocalClock, Step, TimeMachine
from infrastructure.local.data_folder import DataFolder
from infrastructure.local.dev_api import clock as clock_calls
from infrastructure.local.dev_api import files as file_calls
from infrastructure.local.dev_api import mailbox
from infrastructure.local.dev_api.routes import DevApi
from infrastructure.local.gateway.gateway import Gateway
from infrastructure.local.oidc import AUDIENCE, LocalProvider
from infrastructure.local.options import Options
from infrastructure.local.seed import FIRST_ADMINISTRATOR, seed
from infrastructure.local.shop import page as shop
from infrastructure.local.staff_sign_in import StaffSignIn
from infrastructure.local.static_server import StaticServer
from infrastructure.package.release import release
from infrastructure.statics.write import FOLDER, ROOT, TEMPLATES, make_statics
from infrastructure.template.functions import FOLLOWED

TABLE = "answerable"


@dataclass(frozen=True)
class Assembly:
    """The parts of a local run; `settle` does all waiting work, until `stream_poller` is closed; `is_new`:
    the table was empty."""

    world: Container
    gateway: Gateway
    dev_api: DevApi
    edge: StaticServer
    settle: Step
    stream_poller: StreamPoller
    ticker: Scheduler
    sealer: Scheduler
    time: TimeMachine
    clock: LocalClock
    is_new: bool


def assemble_in(folder: DataFolder, endpoint: str, options: Options) -> Assembly:
    """Builds all parts over the data in `folder` and the engine at `endpoint`; nothing runs yet."""
    _point_clients_at(endpoint)
    make_statics()
    write_handbook()
    clock = _clock(folder, options)
    delivery_events = Topic(folder.mail_events, app.settle_letter)
    mail = LocalSes(folder.mail, clock.now, delivery_events.publish)
    secrets = LocalSecrets(folder.keys)
    addresses = PresignedUrls(options.files_origin, secrets.key("files"), clock.now)
    files = LocalS3(folder.files, addresses, clock.now)
    beside = LocalRuns()
    sign_in = StaffSignIn(folder.keys, options.url, clock.now, secrets, is_empty=options.empty)
    world = _world(
        sign_in,
        options,
        clock=clock,
        mail_sender=mail,
        secrets=secrets,
        files=files,
        evidence=LocalEvidenceFiles(folder.evidence),
        signer=LocalSigner(folder.keys / "signing.pem"),
        pack_files=LocalPackFiles(files.packs, addresses, clock.now),
        parallel_runs=beside,
    )
    is_new = _made_table()
    if not options.empty:
        seed(world)
    inbound = Topic(folder.mail_received, app.take_mail)
    mail_in = LocalInboundSes(folder.mail_in, files, clock.now, inbound.publish)
    poller = _stream_poller(folder, endpoint)
    settle = _settling(poller, (delivery_events, inbound))
    erasing = partial(_erase, world.erasures, clock.now, mail)
    ticker = Scheduler(_schedule(files, mail_in, beside, erasing), clock.now)
    sealer = Scheduler(app.seal_checkpoints, clock.now, "seal_checkpoints")
    time = TimeMachine(clock, world.agenda.next_moment, ticker.tick, settle, sealer.tick)
    dev_api = DevApi(
        mailbox.calls(mail, mail_in)
        | clock_calls.calls(clock, time, settle)
        | clock_calls.checkpoint_calls(partial(sealer.tick, verify="now"))
        | sign_in.tokens(world),
        public=file_calls.calls(files, addresses) | shop.calls(options.url, options.files_origin),
        forms=sign_in.pages(world),
    )
    return Assembly(
        world=world,
        gateway=Gateway(app.app, app.app.routes),
        dev_api=dev_api,
        edge=StaticServer(FOLDER),
        settle=settle,
        stream_poller=poller,
        ticker=ticker,
        sealer=sealer,
        time=time,
        clock=clock,
        is_new=is_new,
    )


def _clock(folder: DataFolder, options: Options) -> LocalClock:
    clock = LocalClock(folder.clock)
    if options.now:
        clock.begin_at(options.now)
    return clock


def _world(sign_in: StaffSignIn, options: Options, **ours: Any) -> Container:
    """Chooses the world of this run; `ours` stand in for AWS."""
    settings = _settings(options, sign_in.provider)
    world = Container(settings, provider=sign_in.verifier, sign_in=sign_in.sign_in, **ours)
    container.use_container(world)
    return world


def _point_clients_at(endpoint: str) -> None:
    """Every DynamoDB client of this process speaks to the engine; no real account is asked for."""
    os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = endpoint
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        os.environ.setdefault(name, "local")
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")


def _schedule(files: LocalS3, mail_in: LocalInboundSes, beside: LocalRuns, erasing: Handler) -> Handler:
    """What happens each minute: the product's schedules, and the lifecycle rule of the bucket."""

    def run(event: Mapping[str, Any], context: LambdaContext) -> object:
        files.expire()
        app.make_evidence(event, context)
        answer = app.escalate_overdue(event, context)
        for share in beside.events():
            app.escalate_overdue(share, context)
        erasing(event, context)
        mail_in.forget_removed()
        return answer

    return run


def _erase(
    erasures: Erasures,
    now: Callable[[], datetime],
    mail: LocalSes,
    event: Mapping[str, Any],
    context: LambdaContext,
) -> None:
    """Erases until none waits that was not tried: the clock may be moved by a year, and stand then.

    What the mail service of AWS does not keep, that of a local run shows: so it forgets what is erased.
    """
    while True:
        for reference in app.erase_cases(event, context)["erased"]:
            mail.forget(reference)
        if not any(erasures.waiting(now())):
            return


RUNS = "8"
"""Runs of the schedule that share much work: so a local run does as an installation does."""

NO_LIMIT = "1000000"
"""Letters an hour: those of a local run reach nobody."""


def _settings(options: Options, provider: LocalProvider) -> Settings:
    return Settings(
        table=TABLE,
        url=options.url,
        sender="complaints@answerable.example",
        mail_configuration="local",
        issuer=provider.issuer,
        audience=AUDIENCE,
        jwks_url=provider.jwks_url,
        authorize_url=provider.authorize_url,
        token_url=provider.token_url,
        keys="local",
        evidence="local",
        files="local",
        templates=TEMPLATES,
        inbound_domain="in.answerable.example",
        first_administrator=FIRST_ADMINISTRATOR,
        demonstration=shop.SHOP,
        loopback=LOOPBACK,
        letters_per_hour=NO_LIMIT,
        schedule_runs=RUNS,
        checkpoint_mail=os.environ.get("ANSWERABLE_CHECKPOINT_MAIL", ""),
        time_stamps=os.environ.get("ANSWERABLE_TIME_STAMPS", ""),
        release=os.environ.get("ANSWERABLE_RELEASE") or release(ROOT),
    )


def _made_table() -> bool:
    models.Item.Meta.read_timeout_seconds = engine.ANSWER_SECONDS
    table.bind(TABLE)
    if models.Item.exists():
        if not models.DataKeyItem.exists():
            # Data from before there were data keys.
            models.DataKeyItem.create_table(wait=True)
        return False
    table.create_table(TABLE)
    return True


def _settling(poller: StreamPoller, topics: Sequence[Topic]) -> Step:
    """Sends what waits, hears what came of it, and goes on until nothing new is said."""

    def settle() -> None:
        poller.drain()
        while any(topic.drain() for topic in topics):
            poller.drain()

    return settle


def _stream_poller(folder: DataFolder, endpoint: str) -> StreamPoller:
    """The poller of the table's stream; records that it has read are removed first."""
    arn = models.Item.describe_table()["LatestStreamArn"]
    stream = TableStream(streams_client(endpoint), arn)
    position = FileCheckpoint(folder.position, arn)
    for shard in stream.shards():
        if read := position.after(shard):
            engine.prune(folder.database, TABLE, int(read))
    followers = (
        Follower(app.send_letters, FOLLOWED["SendLetters"]),
        Follower(app.follow_cases, FOLLOWED["FollowCases"]),
    )
    return StreamPoller(stream, followers, position)
