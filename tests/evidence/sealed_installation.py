"""An installation whose record is sealed: complaints, letters, settings and a record of management, over a
table and a bucket that a test may write to as an attacker would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, NamedTuple

from msgspec.structs import replace

from complaints.adapters.dynamodb import models, table
from complaints.adapters.stores.checkpoint_notes import DynamoCheckpointNotes
from complaints.case.record.erasure import ErasureGround
from complaints.casework.correspondence.messages import Note
from complaints.casework.process.closing import Withdraw
from complaints.casework.record.erasure import Erase, RemoveWithWhole
from complaints.casework.record.redaction import Redact
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.sealing import Sealed
from complaints.checkpoints.verification.rounds import Round
from complaints.checkpoints.verification.verify import Verified, verify
from complaints.context.decision_context import Context
from complaints.management.improvement.themes import OpenTheme
from complaints.management.record import RecordKind
from complaints.values.casework.retention import (
    CountedFrom,
    KeptData,
    RetentionBasis,
    RetentionRule,
    RetentionRun,
)
from complaints.values.people import COMPLAINANT, MACHINE
from functions.use_cases.cases.case_command import entry_named_by as named_by
from functions.use_cases.cases.mails_of_entries import remove_mails
from functions.workers import checkpoints, erasure
from infrastructure.local.aws.stream import TableStream, streams_client
from tests.builders import PAULA, RUTH
from tests.complaints.checkpoints.fakes import HeldEvidence, HeldSigner
from tests.complaints.management.improvement import builders
from tests.faults.mail_installation import Mails, installed

URL = "https://complaints.example.org"
HOUR = timedelta(hours=1)
A_DAY = date(2026, 3, 1)
"""Of a run of the retention rules that ended; on the day after another one goes on."""


class Snapshot(NamedTuple):
    """All items of the table by their keys, all files of the evidence bucket, and those of cases."""

    items: dict[tuple[str, str], dict[str, Any]]
    files: dict[str, bytes]
    stored: dict[str, bytes]


def always() -> bool:
    return True


class SealedInstallation:
    """One installation; `files` is its bucket, `mails` what leaves it."""

    def __init__(self, mails: Mails, endpoint: str) -> None:
        self.mails, self.installation = mails, mails.installation
        self.world = mails.installation.world
        self.files, self.signer = HeldEvidence(), HeldSigner()
        self.world.evidence, self.world.signer = self.files, self.signer
        self.world.settings = replace(self.world.settings, url=URL, evidence="evidence")
        self._stream = TableStream(streams_client(endpoint), models.Item.describe_table()["LatestStreamArn"])
        self._read: dict[str, str | None] = {}
        self.first_case = self.second_case = ""

    @property
    def stored(self) -> dict[str, bytes]:
        """The store of files, as somebody with full access to it has it."""
        return self.mails.service.files

    def write_by_mail(self, reference: str, id: str) -> None:
        """The person answers by mail, with a picture."""
        self.mails.answer(reference, id)
        self.mails.take(self.mails.arrivals.pop())

    def snapshot(self) -> "Snapshot":
        return Snapshot(all_items(), dict(self.files.files), dict(self.stored))

    def go_back(self, snapshot: "Snapshot") -> None:
        """Table and bucket as they were, whatever was done to them."""
        now = all_items()
        for key in now.keys() - snapshot.items.keys():
            drop(*key)
        for key, raw in snapshot.items.items():
            if now.get(key) != raw:
                put(raw)
        self.files.files = dict(snapshot.files)
        self.stored.clear()
        self.stored.update(snapshot.stored)
        self.mails.service.locked.clear()
        self.follow()
        for key in all_items().keys() - snapshot.items.keys():
            drop(*key)

    def told(self) -> list[dict[str, Any]]:
        """What the stream tells that was written since, as a function gets it."""
        found = []
        for shard in self._stream.shards():
            while records := self._stream.records(shard, self._read.get(shard)):
                self._read[shard] = records[-1].sequence
                found += [record.event for record in records]
        return found

    def follow(self) -> None:
        """The stream tells what was written since, and it is noted."""
        notes = DynamoCheckpointNotes()
        images = (event["dynamodb"].get("NewImage") for event in self.told())
        notes.note(self.world.now(), [leaf for image in images if image and (leaf := notes.leaf_in(image))])

    def seal(self) -> Sealed:
        """An hour passes, and what was told in it is sealed."""
        self.follow()
        self.installation.clock.moment += HOUR
        return checkpoints.seal(self.world)

    def verify_daily(self) -> Round:
        """The scheduled run."""
        self.installation.clock.moment += timedelta(seconds=1)
        return checkpoints.verify_record(self.world, always)

    def verify(self) -> Verified:
        """All of it, as an operator does."""
        return verify(self.files, self.world.ledger, checkpoints.trust(self.world))

    def first(self) -> Difference | None:
        return next(iter(self.verify().differences), None)

    def complain(self, box: str, key: str) -> str:
        """A complaint whose letters leave, and meet the fate that the box names."""
        reference = self.mails.complain(box, key)
        self.mails.write(reference)
        self.mails.recover(reference)
        return reference

    def note(self, reference: str, text: str) -> None:
        self.mails.does(reference, Note(text=text))

    def redact(self, reference: str, number: int) -> None:
        case, command = self.world.cases.load(reference), Redact(message=number, reason="A name.")
        assert case is not None
        passage = named_by(self.world, command, case.complaint)
        terms = self.world.sites.terms("demo")
        context = Context(now=self.world.now(), by=RUTH, terms=terms, passage=passage)
        remove_mails(self.world, self.world.sites, case.complaint, command, context)
        self.world.casework.carry_out(case, command, context)

    def erase(self, reference: str) -> None:
        """The person withdraws the complaint, and who protects data erases it."""
        terms = self.world.sites.terms("demo")
        for by, command in ((COMPLAINANT, Withdraw()), (PAULA, Erase(ground=ErasureGround.NOT_NEEDED))):
            case = self.world.cases.load(reference)
            assert case is not None
            context = Context(now=self.world.now(), by=by, terms=terms)
            self.world.casework.carry_out(case, command, context)
        assert erasure.erase(self.world, reference, lambda: True) == [reference]

    def remove(self, reference: str, data: KeptData) -> None:
        """The person withdraws the complaint, and a rule of retention removes one kind of its data."""
        rule = RetentionRule(
            data=data,
            months=1,
            counted_from=CountedFrom.CLOSING,
            basis=RetentionBasis.OWN,
            source="Nobody reads them again.",
        )
        terms = self.world.sites.terms("demo")
        for by, command in ((COMPLAINANT, Withdraw()), (MACHINE, RemoveWithWhole(rule=rule))):
            case = self.world.cases.load(reference)
            assert case is not None
            context = Context(now=self.world.now(), by=by, terms=terms)
            self.world.casework.carry_out(case, command, context)
        assert erasure.erase(self.world, reference, lambda: True) == [reference]

    def open_theme(self) -> None:
        theme = self.world.management_records.load(RecordKind.THEME, "demo.late-parcels")
        command = OpenTheme(title="Parcels come late", owner="ruth")
        self.world.records_service.carry_out(theme, command, builders.context(now=self.world.now()))

    def apply_retention(self) -> None:
        """The run of a day begins and ends; that of the next one has not ended."""
        now = self.world.now()
        run = RetentionRun(site="demo", day=A_DAY, began_at=now, revision=1)
        self.world.retention.keep(run)
        self.world.retention.keep(
            replace(run, revision=2, ended_at=now, erased={"case": 1}, cases=(self.first_case,))
        )
        self.world.retention.keep(replace(run, day=A_DAY + timedelta(days=1)))


@contextmanager
def sealed(table: str, endpoint: str) -> Iterator[SealedInstallation]:
    with installed(table) as mails:
        yield SealedInstallation(mails, endpoint)


def lived(table: str, endpoint: str) -> Iterator[SealedInstallation]:
    """One in which something happened over some hours: `first` and `second` are complaints."""
    with sealed(table, endpoint) as house:
        house.seal()
        house.first_case = house.complain("success", "1")
        house.seal()
        house.second_case = house.complain("bounce", "2")
        house.write_by_mail(house.first_case, "a-mail")
        house.note(house.first_case, "Asked the depot.")
        house.seal()
        house.installation.deactivate()
        house.open_theme()
        house.apply_retention()
        house.seal()
        for text in ("The depot has it.", "It is on its way."):
            house.note(house.first_case, text)
        # What happened in an hour is sealed in the next one.
        house.seal()
        house.seal()
        yield house


def items_of(pk: str) -> list[dict[str, Any]]:
    """The items of a partition as they lie in the table."""
    found = _client().query(
        TableName=_table(),
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": pk}},
        ConsistentRead=True,
    )
    return list(found["Items"])


def all_items() -> dict[tuple[str, str], dict[str, Any]]:
    """All items of the table by their keys."""
    pages = _client().get_paginator("scan").paginate(TableName=_table(), ConsistentRead=True)
    return {(raw["pk"]["S"], raw["sk"]["S"]): raw for page in pages for raw in page["Items"]}


def item(pk: str, sk: str) -> dict[str, Any]:
    return next(found for found in items_of(pk) if found["sk"]["S"] == sk)


def put(raw: dict[str, Any]) -> None:
    """Writes an item as who has full access to the table does."""
    _client().put_item(TableName=_table(), Item=raw)


def drop(pk: str, sk: str) -> None:
    """Removes an item, in the same way."""
    _client().delete_item(TableName=_table(), Key={"pk": {"S": pk}, "sk": {"S": sk}})


def keys_table() -> str:
    """The table of data keys."""
    return table.data_keys_table(_table())


def _client() -> Any:
    return table.connection().client


def _table() -> str:
    return str(models.Item.Meta.table_name)
