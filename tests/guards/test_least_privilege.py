"""Each function is allowed what it does in the life of a complaint, and nothing that it does not do."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import app
from complaints.world import assemble
from complaints.world.assemble import World
from complaints.world.provider import OpenIdProvider
from complaints.world.settings import Settings
from complaints.world.table import Item
from infrastructure.local.clock import LocalClock
from infrastructure.local.fates import SIMULATOR
from infrastructure.local.file_store import LocalFiles
from infrastructure.local.gateway.front import Gateway
from infrastructure.local.gateway.wire import Request
from infrastructure.local.keys import LocalKeys
from infrastructure.local.lambda_context import LambdaContext
from infrastructure.local.mail_in import LocalMailIn
from infrastructure.local.post import LocalPost
from infrastructure.local.provider import AUDIENCE, LocalProvider
from infrastructure.local.seed import STAFF, enrolment, seed, sites, surroundings
from infrastructure.local.signed_addresses import SignedAddresses
from infrastructure.local.stream import TableStream, streams_client
from infrastructure.local.ticker import Ticker
from infrastructure.local.topic import Topic
from infrastructure.template.policies import POLICIES
from tests.guards.calls import Call, allows, listened
from tests.inbox.nasty import multipart, part
from tests.own_packs import file_of, version

ROOT = Path(__file__).resolve().parents[2]
OWN = "shop-week"
SITE = replace(sites()[0], proof_wanted=False, packs=(*sites()[0].packs, OWN))
AGENT, LEAVES = STAFF[:2]
COMPLAINT = {
    "site": SITE.key,
    "complainant": {"name": "Ada", "email": f"bounce@{SIMULATOR}"},
    "subject": "Broken cups",
    "description": "The parcel arrived broken.",
    "consent": True,
}
READ_BY_LAMBDA = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
"""What the service does in the name of a function that follows a stream."""


class House:
    """The functions over one table, and in `asked` what each of them asked of it."""

    def __init__(self, folder: Path, table: str, endpoint: str) -> None:
        self.asked: dict[str, list[Call]] = defaultdict(list)
        self.clock = LocalClock(folder / "clock.json")
        self._topic = Topic(made(folder / "mail-events"), app.settle_letter)
        self._inbound = Topic(made(folder / "mail-received"), app.take_mail)
        addresses = SignedAddresses("", b"key", self.clock.now)
        files = LocalFiles(folder / "files", addresses, self.clock.now)
        self._mail_in = LocalMailIn(folder, files, self.clock.now, self._inbound.publish)
        self._post = LocalPost(made(folder / "mail"), self.clock.now, self._topic.publish)
        self._provider = LocalProvider(folder, "https://login.example.org", self.clock.now)
        self._endpoint = endpoint
        self.world = World(
            settings(table, self._provider),
            clock=self.clock,
            keys=LocalKeys(folder),
            post=self._post,
            files=files,
            provider=OpenIdProvider(
                self._provider.issuer,
                AUDIENCE,
                "",
                self.clock.now,
                lambda _: self._provider.jwks(),
                client=AUDIENCE,
            ),
        )

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """What the API answers, which must be no refusal. Staff sign in by themselves."""
        path, _, query = path.partition("?")
        sent = {"content-type": "application/json", "authorization": f"Bearer {self.token('agent')}"}
        sent |= {name.replace("_", "-"): said for name, said in headers.items()}
        request = Request(method, path, query, sent, b"" if body is None else json.dumps(body).encode())
        with listened() as calls:
            answer = Gateway(app.app, app.app.routes).answer(request, path)
        self.asked["api_handler"] += calls
        assert answer.status < 300, answer.body
        return json.loads(answer.body)

    def token(self, role: str) -> str:
        return self._provider.token(AGENT, role, {})

    def wake(self) -> None:
        """Each function runs in a process of its own, which has read no site yet."""
        self.world.__dict__.pop("sites", None)

    def run_schedule(self) -> None:
        self.wake()
        with listened() as calls:
            Ticker(app.escalate_overdue, self.clock.now).tick()
        self.asked["escalate_overdue"] += calls

    def run_stream(self) -> None:
        """Hands over the whole stream again, as may happen."""
        stream = TableStream(streams_client(self._endpoint), Item.describe_table()["LatestStreamArn"])
        records = [record.event for shard in stream.shards() for record in stream.records(shard, None)]
        self.wake()
        for name, function in (("send_letters", app.send_letters), ("follow_cases", app.follow_cases)):
            with listened() as calls:
                done = function({"Records": records}, LambdaContext(name))
            self.asked[name] += calls
            assert done == {"batchItemFailures": []}

    def run_mail_events(self) -> None:
        self.wake()
        with listened() as calls:
            self._topic.drain()
        self.asked["settle_letter"] += calls

    def answer_the_last_letter(self) -> None:
        """The complainant writes back, and sends a text along."""
        letter = self._post.sent()[-1]
        file = part("the receipt", "text/plain; name=receipt.txt", Content_Disposition="attachment")
        raw = multipart(part("Thank you."), file, From=letter["to"], To=letter["headers"]["Reply-To"])
        self._mail_in.take(raw)
        self.wake()
        with listened() as calls:
            self._inbound.drain()
        self.asked["take_mail"] += calls

    def write_to_the_site(self) -> str:
        """Somebody writes to the address of the site, and sends a text along; the name of the mail."""
        file = part("the receipt", "text/plain; name=receipt.txt", Content_Disposition="attachment")
        self._mail_in.take(
            multipart(part("It broke."), file, To=f"{SITE.key}@in.example.org", Message_ID="<2@x>")
        )
        self.wake()
        with listened() as calls:
            self._inbound.drain()
        self.asked["take_mail"] += calls
        mails = self.ask("GET", f"/v1/desk/mail?site={SITE.key}")["items"]
        return next(str(mail["id"]) for mail in mails if mail["outcome"] == "no_case")


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def settings(table: str, provider: LocalProvider) -> Settings:
    return Settings(
        table=table,
        url="https://complaints.example.org",
        sender="complaints@example.org",
        mail_configuration="letters",
        issuer=provider.issuer,
        audience=AUDIENCE,
        jwks_url="",
        keys="",
        files="files",
        templates=ROOT / "templates",
        inbox="in.example.org",
    )


@pytest.fixture
def house(table: str, engine_endpoint: str, tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path, table, engine_endpoint)
    assemble.use(house.world)
    seed(house.world)
    enrolment(house.world).pack(OWN, file_of(version(OWN, 1)), surroundings(house.world), "Ours.")
    enrolment(house.world).site(SITE, surroundings(house.world), "Robots are kept out elsewhere.")
    yield house
    assemble.use(None)


def live_through(house: House) -> None:
    """A complaint is taken, given to somebody who leaves, and late; of its letters one comes back, and one is
    lost.
    """
    taken = house.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-1")
    reference, access = taken["reference"], taken["access"]
    house.run_stream()
    house.answer_the_last_letter()
    house.run_mail_events()
    house.ask("GET", f"/v1/complaints/{reference}", authorization=f"Bearer {access}")
    case = f"/v1/desk/complaints/{reference}"
    house.ask("GET", "/v1/desk/complaints?queue=open")
    house.ask("GET", f"{case}/audit")
    version = house.ask("GET", case)["version"]
    house.ask(
        "POST", f"{case}/commands/assign", {"to": LEAVES}, if_match=f'"{version}"', idempotency_key="k-2"
    )
    house.ask("GET", "/v1/desk/complaints?queue=mine")
    house.ask(
        "POST",
        f"/v1/desk/settings/member/{LEAVES}/commands/deactivate",
        {"reason": "Has left."},
        authorization=f"Bearer {house.token('admin')}",
        if_match='"1"',
    )
    house.ask(
        "POST",
        f"/v1/desk/settings/calendar/{SITE.key}/commands/change",
        {"days": [], "reason": "Nothing is decreed."},
        authorization=f"Bearer {house.token('admin')}",
        if_match='"0"',
    )
    leave_to_a_digest(house)
    redact_a_complaint(house)
    post_a_letter(house)
    make_a_complaint_of_a_mail(house)
    let_time_pass(house)


def let_time_pass(house: House) -> None:
    """What was promised falls due, letters leave, and the mail service tells of them."""
    for later in (timedelta(days=40), timedelta(minutes=5), timedelta(minutes=5)):
        house.clock.move_to(house.clock.now() + later)
        house.run_schedule()
    house.run_stream()
    house.clock.move_to(house.clock.now() + timedelta(days=7))
    house.run_schedule()
    house.run_stream()
    house.run_mail_events()


def leave_to_a_digest(house: House) -> None:
    """A complaint whose owner wants to be told once a day, and is not reached."""
    house.ask(
        "POST",
        f"/v1/desk/settings/member/{AGENT}/commands/change",
        {"digest": True, "email": f"bounce@{SIMULATOR}", "reason": "Reads mail once a day."},
        authorization=f"Bearer {house.token('admin')}",
        if_match='"1"',
    )
    taken = house.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-3")
    command = f"/v1/desk/complaints/{taken['reference']}/commands/assign"
    house.ask("POST", command, {"to": AGENT}, if_match='"1"', idempotency_key="k-4")


def redact_a_complaint(house: House) -> None:
    """What a complaint says is removed; it is no longer found by its words."""
    house.run_stream()
    taken = house.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-5")
    house.run_stream()
    command = f"/v1/desk/complaints/{taken['reference']}/commands/redact"
    removal = {"message": 1, "reason": "It names somebody who asked not to be named."}
    reviewer = f"Bearer {house.token('reviewer')}"
    house.ask("POST", command, removal, if_match='"1"', idempotency_key="k-6", authorization=reviewer)


def post_a_letter(house: House) -> None:
    """Somebody without a mail address complains by telephone, and is written to on paper."""
    now = house.clock.now().isoformat()
    by_post = {"name": "Ada", "post": "1 Mill Lane"}
    told = COMPLAINT | {"complainant": by_post, "channel": "telephone", "received_at": now}
    taken = house.ask("POST", "/v1/desk/complaints", told, idempotency_key="k-7")
    case = f"/v1/desk/complaints/{taken['reference']}"
    (letter,) = house.ask("GET", case)["letters_to_post"]
    posted = {"letter": letter, "at": now}
    house.ask("POST", f"{case}/commands/posted", posted, if_match='"1"', idempotency_key="k-8")


def make_a_complaint_of_a_mail(house: House) -> None:
    """It is looked at as it came; its file comes along, out of that."""
    name = house.write_to_the_site()
    house.ask("GET", f"/v1/desk/mail/{name}/raw?site={SITE.key}")
    house.ask("POST", f"/v1/desk/mail/{name}/complaint?site={SITE.key}", {})


def test_every_call_of_a_function_is_allowed_by_its_policy(house: House) -> None:
    live_through(house)
    assert set(house.asked) == set(POLICIES)
    for function, calls in house.asked.items():
        refused = [
            call for call in calls if not any(allows(said, call) for said in POLICIES[function]["Statement"])
        ]
        assert refused == [], function


def table_permissions(function: str) -> Iterator[tuple[str, Any]]:
    """Each action on the table that the function is allowed, with the statement that allows it."""
    for said in POLICIES[function]["Statement"]:
        for action in said["Action"]:
            service, _, name = action.partition(":")
            if service == "dynamodb" and name not in READ_BY_LAMBDA:
                yield name, said


def test_every_permission_on_the_table_is_used(house: House) -> None:
    live_through(house)
    for function, calls in house.asked.items():
        for action, said in table_permissions(function):
            used = [call for call in calls if call.action == action and allows(said, call)]
            assert used, f"{function} may {action} {said['Resource']}, and never does"
