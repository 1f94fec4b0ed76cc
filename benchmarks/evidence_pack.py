"""What an evidence pack costs: `python -m benchmarks.evidence_pack 1000 50000`.

The cases are generated: the chain of one whole story, sealed anew under each reference, so that no table of
that size has to be filled; two letters of each are sealed with it. All else is the product: its stages, its
archive, its proofs, and the verifier, which is run on the pack by this Python, or by the one that is named
behind the sizes. Reads of a table come on top: two for each case, one for each page of a hundred.
"""

import gzip
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from benchmarks.product.installation import SITE, installed
from complaints.adapters.container import Container, container, use_container
from complaints.audit_trail.hash_chain import StoredEntry, hash_of, known
from complaints.case.correspondence.letters import LetterSent
from complaints.casework.command import Command
from complaints.casework.correspondence.letters import LetterTaken
from complaints.checkpoints.leaf import ChainLeaf, Leaf, LetterLeaf, sorted_lines
from complaints.checkpoints.merkle_tree import MerkleTree
from complaints.checkpoints.places import checkpoint_key, leaves_key, public_key_key
from complaints.checkpoints.signature import key_id
from complaints.checkpoints.statement import Statement, statement_bytes, to_stored
from complaints.checkpoints.statement import hash_of as hash_of_statement
from complaints.context.case import Case, QueueCard
from complaints.delivery.delivery_state import SENT
from complaints.management.evaluation.evidence_packs import EvidencePack, OrderPack
from complaints.management.record import ManagementRecord, RecordKind
from complaints.reporting.list_rows import QueueEntry, QueuePage, Row
from complaints.values.people import Actor, Role
from functions.use_cases.management.evidence_files import pack_key
from functions.use_cases.management.management_records import records_context
from functions.workers.evidence.make_packs import make_evidence
from infrastructure.local.aws.evidence import LocalEvidenceFiles, LocalSigner
from infrastructure.local.aws.packs import LocalPackFiles
from infrastructure.local.aws.s3 import PresignedUrls
from tests.builders import DEMO, MONDAY, Story

HOUR = timedelta(hours=1)
SAMPLE = 60
DANGEROUS = 50
"""One case in so many is about safety, and so it is in the pack whole."""


class MailedStory(Story):
    """One whose letters say of what bytes they were, and to whom they went."""

    def does(self, by: Actor, command: Command, *of: Any) -> "MailedStory":
        if isinstance(command, LetterTaken):
            command = replace(command, digest="5e" * 32, recipient="committed:" + "w" * 43)
        return super().does(by, command, *of)


class Template:
    """A whole story, whose chain is sealed anew under any reference."""

    def __init__(self, safety: int) -> None:
        story = (
            MailedStory(DEMO, whole=True)
            .received()
            .acknowledged()
            .assigned()
            .assessed(safety=safety, immediate_action=safety)
        )
        story = story.found().decided().responded().accepted()
        self._told, self._case = list(story.cases.entries(story.reference)), story.case
        self._was = story.reference.encode()

    def entries(self, reference: str) -> list[StoredEntry]:
        made: list[StoredEntry] = []
        for told in self._told:
            data = told.data.replace(self._was, reference.encode())
            if made:
                before = hash_of(self._told[len(made) - 1].data)
                data = data.replace(before.encode(), hash_of(made[-1].data).encode())
            made.append(StoredEntry(told.number, data, told.private))
        return made

    def leaves(self, reference: str) -> list[Leaf]:
        """What is sealed of the case: its last entry, and its letters."""
        last = self.entries(reference)[-1]
        sent = [fact for each in self._told for _, fact in known(each.data) if isinstance(fact, LetterSent)]
        return [
            ChainLeaf(f"case#{reference}", last.number, hash_of(last.data)),
            *(LetterLeaf(f"{reference}/{each.letter}", each.digest, each.recipient, SENT) for each in sent),
        ]

    def case(self, reference: str) -> Case:
        seal = hash_of(self.entries(reference)[-1].data)
        return replace(self._case, complaint=replace(self._case.complaint, reference=reference, seal=seal))


class GeneratedCases:
    """So many cases (ports `Cases` and `Queues`, as far as a pack reads them)."""

    def __init__(self, number: int) -> None:
        self._usual, self._dangerous = Template(0), Template(2)
        self.number = number

    def reference(self, number: int) -> str:
        return f"C-{number:05d}-00000-0"

    def entries(self, reference: str) -> Sequence[StoredEntry]:
        return self._of(reference).entries(reference)

    def leaves(self, reference: str) -> Sequence[Leaf]:
        return self._of(reference).leaves(reference)

    def load_all(self, references: Iterable[str]) -> dict[str, Case]:
        return {each: self._of(each).case(each) for each in references}

    def _of(self, reference: str) -> Template:
        return self._usual if int(reference[2:7]) % DANGEROUS else self._dangerous

    def by_urgency(self, *_: Any, **__: Any) -> QueuePage:
        return QueuePage((), None)

    def closed(self, *_: Any, after: str | None, limit: int, **__: Any) -> QueuePage:
        begin = int(after or 0)
        end = min(begin + limit, self.number)
        items = tuple(self._entry(self.reference(each)) for each in range(begin, end))
        return QueuePage(items, str(end) if end < self.number else None)

    def _entry(self, reference: str) -> QueueEntry:
        row = Row(reference=reference, stage="closed", received_at="")
        return QueueEntry(row=row, card=QueueCard(), site=SITE, level=1, assignee=None, place="")


class NoLetters:
    """No letter is kept, and each turn is taken (port `Outbox`, as far as a pack uses it)."""

    def of_case(self, reference: str) -> Sequence[Any]:
        return ()

    def kept(self, reference: str, letter: str) -> None:
        return None

    def may_leave(self, allowance: object) -> bool:
        return True


def seal(world: Container, cases: GeneratedCases, hours: int) -> None:
    """The checkpoints of so many hours until now, in which the cases ended one after the other."""
    now = world.now().replace(minute=0, second=0, microsecond=0)
    key, previous = key_id(world.signer.public_key), ""
    world.evidence.put(public_key_key(key), world.signer.public_key, "application/x-pem-file")
    for hour in range(hours):
        since = now - HOUR * (hours - hour)
        numbers = range(hour * cases.number // hours, (hour + 1) * cases.number // hours)
        lines = sorted_lines(leaf for each in numbers for leaf in cases.leaves(cases.reference(each)))
        tree = MerkleTree(lines)
        statement = Statement(
            kind="hour",
            installation=world.settings.url,
            since=since,
            until=since + HOUR,
            size=tree.size,
            root=tree.root.hex(),
            previous=previous,
            key=key,
        )
        data = statement_bytes(statement)
        previous = hash_of_statement(data)
        world.evidence.put(leaves_key(statement), gzip.compress(b"\n".join(lines)), "application/gzip")
        stored = to_stored(data, world.signer.sign(data))
        world.evidence.put(checkpoint_key("hour", since), stored, "application/json")


def measure(number: int, folder: Path, python: str) -> str:
    """Makes a pack of so many cases, verifies it by its file alone, and says what both took."""
    world = container()
    packs = LocalPackFiles(
        folder / "packs", PresignedUrls("http://localhost", b"secret", world.now), world.now
    )
    cases = GeneratedCases(number)
    made = Container(
        world.settings,
        evidence=LocalEvidenceFiles(folder / "evidence"),
        signer=LocalSigner(folder / "signing.pem"),
        pack_files=packs,
    )
    vars(made).update(cases=cases, queues=cases, outbox=NoLetters())
    use_container(made)
    seal(made, cases, 24 * 31)
    record = _ordered(made, f"{SITE}.bench-{number}")
    event = SimpleNamespace(context=SimpleNamespace(get_remaining_time_in_millis=lambda: 300_000))
    begun, cpu = time.perf_counter(), time.process_time()
    while isinstance(record.content, EvidencePack) and record.content.is_waiting:
        done = make_evidence(event)
        assert not done["failed"], "the log says why"
        # The last minute of a turn is left to the next one.
        time.sleep(0 if done["steps"] else 1)
        record = made.management_records.load(record.kind, record.id)
    took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    pack = record.content
    assert isinstance(pack, EvidencePack)
    path = folder / "packs" / pack_key(record)
    begun = time.perf_counter()
    verifier = Path("templates/evidence/verify.py").resolve()
    verified = run([python, "-I", str(verifier), str(path)], capture_output=True, text=True, check=False)
    verifying = time.perf_counter() - begun
    last = verified.stdout.strip().splitlines()[-1]
    return (
        f"{number} cases: {pack.files} files, {path.stat().st_size / 1e6:.1f} MB, {pack.sampled} whole; "
        f"{took:.0f} s ({cpu:.0f} s of processor time), {peak} MB at most; "
        f"verified in {verifying:.0f} s: {last}"
    )


def _ordered(world: Container, id: str) -> ManagementRecord:
    """A pack of the time in which the story happened."""
    record = ManagementRecord(kind=RecordKind.EVIDENCE_PACK, id=id)
    by = Actor("staff", "Ayla", (Role.AUDITOR,))
    day = MONDAY.date()
    command = OrderPack(since=day - timedelta(days=30), until=day + timedelta(days=60), size=SAMPLE)
    context = replace(records_context(world, record, by), today=day + timedelta(days=90))
    return world.records_service.carry_out(record, command, context)


def main(sizes: Sequence[int], python: str) -> None:
    """The peak of memory is that of the process, so the smallest size comes first."""
    with installed() as installation, TemporaryDirectory() as made:
        for number in sizes:
            installation.furnish()
            folder = Path(made) / str(number)
            folder.mkdir()
            print(measure(number, folder, python), flush=True)


if __name__ == "__main__":
    named = [each for each in sys.argv[1:] if not each.isdigit()]
    main([int(each) for each in sys.argv[1:] if each.isdigit()], named[0] if named else sys.executable)
