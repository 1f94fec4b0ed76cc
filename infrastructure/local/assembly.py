"""Puts a local run together: the product's own code, and this folder's stand-ins for AWS around it."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import app
from complaints.mail.webhook_address import LOOPBACK
from complaints.world import assemble, table
from complaints.world.assemble import World
from complaints.world.settings import Settings
from infrastructure.local import engine
from infrastructure.local.clock import LocalClock
from infrastructure.local.data_folder import DataFolder
from infrastructure.local.edge import Edge
from infrastructure.local.file_store import LocalFiles
from infrastructure.local.gateway.front import Gateway
from infrastructure.local.keys import LocalKeys
from infrastructure.local.lambda_context import LambdaContext
from infrastructure.local.mail_in import LocalMailIn
from infrastructure.local.options import Options
from infrastructure.local.panel import clock as clock_calls
from infrastructure.local.panel import files as file_calls
from infrastructure.local.panel import mailbox
from infrastructure.local.panel.routes import Panel
from infrastructure.local.position import Position
from infrastructure.local.post import LocalPost
from infrastructure.local.provider import AUDIENCE, LocalProvider
from infrastructure.local.pump import StreamPump
from infrastructure.local.seed import seed
from infrastructure.local.shop import page as shop
from infrastructure.local.signed_addresses import SignedAddresses
from infrastructure.local.staff_door import StaffDoor
from infrastructure.local.stream import TableStream, streams_client
from infrastructure.local.ticker import Handler, Ticker
from infrastructure.local.time_machine import Step, TimeMachine
from infrastructure.local.topic import Topic
from infrastructure.statics.making import FOLDER, TEMPLATES, make_statics

TABLE = "answerable"


@dataclass(frozen=True)
class Assembly:
    """The parts that a run sets going; `settle` does all that waits, until `pump` is closed; `is_new`: the
    table was empty."""

    world: World
    gateway: Gateway
    panel: Panel
    edge: Edge
    settle: Step
    pump: StreamPump
    ticker: Ticker
    time: TimeMachine
    clock: LocalClock
    is_new: bool


def assemble_in(folder: DataFolder, endpoint: str, options: Options) -> Assembly:
    """Builds all parts over the data in `folder` and the engine at `endpoint`; nothing runs yet."""
    _point_clients_at(endpoint)
    make_statics()
    clock = _clock(folder, options)
    fates = Topic(folder.mail_events, app.settle_letter)
    post = LocalPost(folder.mail, clock.now, fates.publish)
    keys = LocalKeys(folder.keys)
    addresses = SignedAddresses(options.files_origin, keys.key("files"), clock.now)
    files = LocalFiles(folder.files, addresses, clock.now)
    door = StaffDoor(folder.keys, options.url, clock.now, keys)
    world = _world(door, options, clock=clock, post=post, keys=keys, files=files)
    is_new = _made_table()
    seed(world)
    inbound = Topic(folder.mail_received, app.take_mail)
    mail_in = LocalMailIn(folder.mail_in, files, clock.now, inbound.publish)
    pump = _pump(folder, endpoint)
    settle = _settling(pump, (fates, inbound))
    ticker = Ticker(_schedule(files), clock.now)
    time = TimeMachine(clock, world.agenda.next_moment, ticker.tick, settle)
    panel = Panel(
        mailbox.calls(post, mail_in) | clock_calls.calls(clock, time, settle) | door.tokens(world),
        public=file_calls.calls(files, addresses) | shop.calls(options.url, options.files_origin),
        forms=door.pages(world),
    )
    return Assembly(
        world=world,
        gateway=Gateway(app.app, app.app.routes),
        panel=panel,
        edge=Edge(FOLDER),
        settle=settle,
        pump=pump,
        ticker=ticker,
        time=time,
        clock=clock,
        is_new=is_new,
    )


def _clock(folder: DataFolder, options: Options) -> LocalClock:
    clock = LocalClock(folder.clock)
    if options.now:
        clock.begin_at(options.now)
    return clock


def _world(door: StaffDoor, options: Options, **ours: Any) -> World:
    """Chooses the world of this run; `ours` stand in for AWS."""
    settings = _settings(options, door.provider)
    world = World(settings, provider=door.verifier, sign_in=door.sign_in, **ours)
    assemble.use(world)
    return world


def _point_clients_at(endpoint: str) -> None:
    """Every DynamoDB client of this process speaks to the engine; no real account is asked for."""
    os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = endpoint
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        os.environ.setdefault(name, "local")
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")


def _schedule(files: LocalFiles) -> Handler:
    """What happens each minute: the product's schedule, and the lifecycle rule of the bucket."""

    def run(event: Mapping[str, Any], context: LambdaContext) -> object:
        files.expire()
        return app.escalate_overdue(event, context)

    return run


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
        files="local",
        templates=TEMPLATES,
        inbox="in.answerable.example",
        demonstration=shop.SHOP,
        loopback=LOOPBACK,
    )


def _made_table() -> bool:
    table.bind(TABLE)
    if table.Item.exists():
        return False
    table.create_table(TABLE)
    return True


def _settling(pump: StreamPump, topics: Sequence[Topic]) -> Step:
    """Sends what waits, hears what came of it, and goes on until nothing new is said."""

    def settle() -> None:
        pump.drain()
        while any(topic.drain() for topic in topics):
            pump.drain()

    return settle


def _pump(folder: DataFolder, endpoint: str) -> StreamPump:
    """The pump of the table's stream; what it has read is cleared away first."""
    arn = table.Item.describe_table()["LatestStreamArn"]
    stream = TableStream(streams_client(endpoint), arn)
    position = Position(folder.position, arn)
    for shard in stream.shards():
        if read := position.after(shard):
            engine.prune(folder.database, TABLE, int(read))
    return StreamPump(stream, _follow_stream, position)


def _follow_stream(event: Mapping[str, Any], context: LambdaContext) -> Mapping[str, Any]:
    """The functions that follow the stream; a record that one could not do comes to both again."""
    answers = [function(event, context) for function in (app.send_letters, app.follow_cases)]
    return {"batchItemFailures": [failure for said in answers for failure in said["batchItemFailures"]]}
