"""Histories of two cases that nobody tampered with, for tests: what was sealed of them.

Two cases of one store live on side by side. The stream may tell twice, late and out of order, and hours may
be missed; two people write at the same time, files and mails come, words are redacted, one case becomes part
of the other, a rule of retention removes a kind of data or a hold stops it, both are erased, and the table is
taken back to an earlier moment, the store of files not, after which erasures and removals are done again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st
from msgspec.structs import replace

from complaints.adapters.dynamodb.case_items import to_head
from complaints.adapters.dynamodb.entry_items import entry_item, private_item
from complaints.adapters.dynamodb.key_schema import SEALED, case_pk
from complaints.adapters.dynamodb.letter_items import rendered_item, to_letter_item
from complaints.adapters.dynamodb.models import SealedItem
from complaints.adapters.stores.checkpoint_notes import head_leaf
from complaints.audit_trail.hash_chain import decode, hash_of
from complaints.case.correspondence.letter import Letter
from complaints.case.correspondence.mail import RawMail
from complaints.case.correspondence.messages import MessageReceived
from complaints.case.record.attachments import FileType
from complaints.case.record.erasure import ErasureGround
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.casework.correspondence.messages import AddByMail, Note
from complaints.casework.deadlines import Tick
from complaints.casework.process.closing import Withdraw
from complaints.casework.record.attachments import Arrive, Attach, file_key
from complaints.casework.record.erasure import (
    BeginRemoval,
    Erase,
    EraseAgain,
    FinishErasure,
    FinishRemoval,
    RemoveWithWhole,
    SetLegalHold,
)
from complaints.casework.record.merging import Merge
from complaints.casework.record.redaction import Redact
from complaints.checkpoints.checkpoint_chain import Trust
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.leaf import ChainLeaf, Leaf, LetterLeaf, canonical
from complaints.checkpoints.ports import Last
from complaints.checkpoints.sealing import Sealing
from complaints.checkpoints.signature import key_id
from complaints.checkpoints.verification.ledger import (
    Ledger,
    StoredCase,
    StoredLetter,
    letter_removals,
    told_of,
)
from complaints.checkpoints.verification.restores import REACH, state_restore
from complaints.checkpoints.verification.stored_files import FilesRead, NamedFile, named_files
from complaints.checkpoints.verification.verify import Scope, verify
from complaints.context.case import Case
from complaints.context.ports import FileUnreadable
from complaints.delivery.letter_digest import recipient_commitment, sent_digest
from complaints.handling import verify_chain
from complaints.values.casework.retention import KINDS, CountedFrom, KeptData, RetentionBasis, RetentionRule
from complaints.values.people import COMPLAINANT, MACHINE
from infrastructure.cli.data.copy_record import write_copy
from tests.builders import ADA, MONDAY, PAULA, RUTH, Story, a_complaint, a_member
from tests.complaints.checkpoints.fakes import HeldEvidence, HeldNotes, HeldSigner
from tests.complaints.handling.test_any_sequence import PEOPLE, REFUSALS, STEPS, TRIED
from tests.complaints.two_cases import another, does
from tests.evidence.seen_offline import Verify
from tests.evidence.verifier import put
from tests.fakes import FakeCases

URL = "https://complaints.example.org"
CASE = "case#"
DIGESTS = count(1)
DATA_KEY = b"k" * 32


class Then(Enum):
    """What happens after somebody asked for something."""

    NOTHING = "nothing"
    SEALED = "sealed"
    TOLD_AGAIN = "told again"
    RACED = "raced"
    FILED = "filed"
    MAILED = "mailed"
    REMOVED = "removed"
    MERGED = "merged"
    ERASED = "erased"
    COPIED = "copied"
    RESTORED = "restored"


class Copy(NamedTuple):
    """The table at a moment: the cases, what the mail service said of letters, and the notes."""

    at: datetime
    cases: Any
    stored: dict[str, dict[str, StoredLetter]]
    noted: list[tuple[datetime, Leaf]]
    last: Last | None
    told: dict[str, int]


def copied(value: Any) -> Any:
    """Lists and mappings within one another anew; what they hold does not change."""
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    return [copied(each) for each in value] if isinstance(value, list) else value


class Cases(Ledger):
    """A ledger of the cases of a store, whose letters are what the mail service said of them."""

    def __init__(self, store: FakeCases) -> None:
        self.store = store
        self.stored: dict[str, dict[str, StoredLetter]] = {}
        self.bucket: dict[str, bytes] = {}
        self.locked: set[str] = set()

    def chain(self, name: str) -> StoredCase | None:
        reference = name.removeprefix(CASE)
        case = self.store.load(reference)
        if case is None:
            return None
        entries = list(self.store.entries(reference))
        flaws = [(flaw.number, flaw.harm) for flaw in verify_chain.flaws(case.complaint, entries)]
        told, sent = told_of(entries)
        files = named_files(reference, entries)
        return StoredCase(
            entries, flaws, self.letters(reference), told, sent, letter_removals(entries), files
        )

    def letters(self, owner: str) -> Mapping[str, StoredLetter]:
        return self.stored.get(owner, {})

    def run(self, name: str) -> None:
        """No rule applies to them."""

    def digest(self, file: NamedFile, *, reads: bool) -> str | None:
        if file.key in self.locked:
            raise FileUnreadable
        content = self.bucket.get(file.key)
        return None if content is None else sha256(content).hexdigest()


class History:
    """Two cases, a stream that tells of them, and their checkpoints. `happened` counts what was possible."""

    def __init__(self) -> None:
        first = a_complaint().received()
        self.stories = (first, another(first))
        self.store = first.cases
        self.ledger = Cases(self.store)
        self.files, self.notes, self.signer = HeldEvidence(), HeldNotes(), HeldSigner()
        self.told: dict[str, int] = {}
        self.now = MONDAY
        self.copy: Copy | None = None
        self.erased: set[str] = set()
        self.removed: set[tuple[str, KeptData]] = set()
        self.restored_at: datetime | None = None
        self.happened: Counter[Then] = Counter()
        self.items: dict[tuple[str, str], Letter] = {}

    def asks(self, story: Story, command: Any, by: Any, case: Case | None = None) -> bool:
        """Somebody asks for something of a `case` as it was looked at. Whether anything followed."""
        before = story.build().number
        try:
            context = story.context(by, self.now, a_member("grace"))
            if isinstance(command, Redact):
                context = replace(context, passage=story.passage(command.message))
            story.casework.carry_out(case or story.case, command, context)
        except REFUSALS:
            return False
        is_done = story.build().number > before
        if isinstance(command, Redact) and is_done:
            self.take_away(story, {"mail"}, command.message)
        return is_done

    def file(self, story: Story, content: bytes) -> bool:
        """The complainant adds a file: it is kept before the case says so."""
        id, digest = f"f{next(DIGESTS)}", sha256(content).hexdigest()
        offer = Attach(id=id, name="cup.png", type=FileType.PNG, size=len(content))
        if not self.asks(story, offer, COMPLAINANT):
            return False
        self.ledger.bucket[file_key(story.reference, id)] = content
        return self.asks(story, Arrive(id=id, digest=digest), COMPLAINANT)

    def mail(self, story: Story, content: bytes) -> bool:
        """A mail of the complainant lies in the store before the case takes it."""
        key = f"m{next(DIGESTS)}"
        self.ledger.bucket[key] = content
        raw = RawMail(key=key, digest=sha256(content).hexdigest(), has_files=len(content) % 2 == 0)
        return self.asks(story, AddByMail(text="It is still broken.", raw=raw), COMPLAINANT)

    def take_away(self, story: Story, kinds: set[str], number: int | None = None) -> None:
        """What the facts name goes from the store: all of it, or that of an entry."""
        for entry in self.store.entries(story.reference):
            for each in named_files(story.reference, [entry]):
                if each.kind in kinds and number in (None, each.number):
                    self.ledger.bucket.pop(each.key, None)

    def remove(self, story: Story, data: KeptData, *, held: bool = False) -> bool:
        """A rule of retention removes a kind of data, unless it is held before that begins."""
        rule = RetentionRule(
            data=data, months=1, counted_from=CountedFrom.CLOSING, basis=RetentionBasis.OWN, source="Enough."
        )
        if not self.asks(story, RemoveWithWhole(rule=rule), MACHINE):
            return False
        self.seal()
        if held:
            self.asks(story, SetLegalHold(reason="A court asked for it."), PAULA)
        self.asks(story, BeginRemoval(data=data), MACHINE)
        if story.build().removal(data) is None:
            return True
        self.removed.add((story.reference, data))
        if data is KeptData.FILES:
            self.take_away(story, {"file"})
            for entry in self.store.entries(story.reference):
                for fact in decode(entry.data).facts:
                    if isinstance(fact, MessageReceived) and fact.raw and fact.raw.has_files:
                        self.ledger.bucket.pop(fact.raw.key, None)
        elif data is KeptData.MAILS:
            self.take_away(story, {"mail"})
        elif data is KeptData.LETTERS:
            self.empty_letters(story)
        self.seal()
        return self.asks(story, FinishRemoval(data=data, count=1), MACHINE)

    def race(self, story: Story, command: Any, by: Any) -> bool:
        """Two ask at the same time: the second one decided on a case that had changed meanwhile."""
        looked_at = story.case
        changed = self.asks(story, command, by) or self.asks(story, Note(text="Asked the depot."), ADA)
        return changed and self.asks(story, Note(text="The depot has it."), RUTH, looked_at)

    def remove_some(self, story: Story) -> bool:
        """Now this kind, now that, and sometimes a hold comes before."""
        number = story.build().number
        return self.remove(story, KINDS[number % 3], held=number % 4 == 0)

    def merge(self, source: Story, target: Story) -> bool:
        command = Merge(into=target.reference, reason="The same parcel.")
        try:
            does(source, target, command, at=self.now)
        except REFUSALS:
            return False
        return True

    def erase(self, story: Story) -> bool:
        """The person withdraws, and who protects data has the case erased, with what became part of it."""
        self.asks(story, Withdraw(), COMPLAINANT)
        if not self.asks(story, Erase(ground=ErasureGround.NOT_NEEDED), PAULA):
            return False
        parts = set(story.build().parts)
        for each in self.stories:
            if each is story:
                self.finish_erasure(each)
            elif each.reference in parts:
                self.erase_again(each)
        return True

    def empty_letters(self, story: Story) -> None:
        """What was said goes; that it was, stays."""
        stored = self.ledger.stored.get(story.reference, {})
        for id, letter in stored.items():
            stored[id] = replace(letter, words=None, lacks_words=letter.state == "sent")

    def erase_again(self, story: Story) -> None:
        if self.asks(story, EraseAgain(ground=ErasureGround.NOT_NEEDED), MACHINE):
            self.finish_erasure(story)

    def finish_erasure(self, story: Story) -> None:
        """What people wrote goes, then the case says so; what is sealed between the two verifies later."""
        self.erased.add(story.reference)
        self.take_away(story, {"file", "mail"})
        self.seal()
        self.store.remove_private(story.reference)
        self.empty_letters(story)
        self.asks(story, FinishErasure(), MACHINE)

    def answer(self, letter: Any, *, taken: bool) -> None:
        """The mail service takes a letter, or refuses it: the letter and the fact say so together."""
        story = next(each for each in self.stories if each.reference == letter.reference)
        words, to = f"letter {next(DIGESTS)}".encode(), "ngozi@example.org"
        digest, recipient = sent_digest(words), recipient_commitment(words, to)
        if taken:
            command: Any = LetterTaken(
                letter=letter.id,
                kind=letter.kind,
                message_id="m",
                about=letter.about,
                digest=digest,
                recipient=recipient,
            )
            after = StoredLetter(
                "sent",
                digest,
                recipient,
                words,
                to,
                is_enclosed=bool(letter.enclosures),
                quoted=letter.quoted_entries,
            )
        else:
            command = LetterRefused(letter=letter.id, kind=letter.kind, reason="gone", about=letter.about)
            after = StoredLetter("failed", "", "")
        if self.asks(story, command, MACHINE):
            self.ledger.stored.setdefault(story.reference, {})[letter.id] = after
            self.items[story.reference, letter.id] = letter
            line = f"{story.reference}/{letter.id}"
            self.notes.note(self.now, [LetterLeaf(line, after.digest, after.recipient, after.state)])

    def follow(self) -> None:
        for story in self.stories:
            entries = self.store.entries(story.reference)
            news = entries[self.told.get(story.reference, 0) :]
            chain = f"{CASE}{story.reference}"
            self.notes.note(self.now, [ChainLeaf(chain, each.number, hash_of(each.data)) for each in news])
            if news:
                self.notes.note(self.now, [head_leaf(chain, news[-1].number, to_head(story.case).state)])
            self.told[story.reference] = len(entries)

    def tell_again(self) -> None:
        self.notes.note(self.now, [leaf for _, leaf in reversed(self.notes.noted)])

    def seal(self) -> None:
        self.follow()
        Sealing(self.files, self.signer, self.notes, URL, self.now + timedelta(hours=2)).run()

    def take_copy(self) -> bool:
        self.follow()
        self.copy = Copy(
            at=self.now,
            cases=copied(vars(self.store)),
            stored=copied(self.ledger.stored),
            noted=list(self.notes.noted),
            last=self.notes.last,
            told=dict(self.told),
        )
        return True

    def restore(self) -> bool:
        """The table is taken back to the copy, notes and all; the bucket is not. What was erased since is
        erased again."""
        copy, at = self.copy, self.now + timedelta(days=1)
        if copy is None or not at - REACH <= copy.at < at:
            return False
        vars(self.store).update(copied(copy.cases))
        self.ledger.stored = copied(copy.stored)
        self.notes.noted, self.notes.last, self.told = list(copy.noted), copy.last, dict(copy.told)
        self.now = self.restored_at = at
        state_restore(self.files, self.signer, URL, copy.at, at)
        for story in self.stories:
            if story.reference in self.erased:
                self.erase_again(story)
            for reference, data in sorted(self.removed):
                if reference == story.reference:
                    self.remove(story, data)
        return True

    def then(self, then: Then, story: Story, command: Any) -> None:
        """What happens next, if it can."""
        other = next(each for each in self.stories if each is not story)
        match then:
            case Then.SEALED:
                self.seal()
            case Then.TOLD_AGAIN:
                self.tell_again()
            case Then.FILED if self.file(story, f"picture {len(self.ledger.bucket)}".encode()):
                self.happened[then] += 1
            case Then.MAILED if self.mail(story, f"From: ngozi {len(self.ledger.bucket)}".encode()):
                self.happened[then] += 1
            case Then.REMOVED if self.remove(
                story, KINDS[len(self.ledger.bucket) % 3], held=self.now.minute % 4 == 0
            ):
                self.happened[then] += 1
            case Then.MERGED if self.merge(story, other):
                self.happened[then] += 1
            case Then.ERASED if self.erase(story):
                self.happened[then] += 1
            case Then.COPIED if self.take_copy():
                self.happened[then] += 1
            case Then.RESTORED if self.restore():
                self.happened[then] += 1

    def differences(self) -> list[Difference]:
        trust = Trust({key_id(self.signer.public_key): self.signer.public_key}, self.notes.last)
        # What a redaction took after the moment restored to is redacted again by hand, within a week.
        now = min(self.now, self.restored_at + timedelta(days=6)) if self.restored_at else self.now
        return list(verify(self.files, self.ledger, trust, Scope(reads=FilesRead(now=now))).differences)

    def table(self) -> Iterator[dict[str, Any]]:
        """The items of the table, as the product writes them."""
        for story in self.stories:
            name = story.reference
            yield to_head(story.case).serialize()
            for each in self.store.entries(name, with_identity=True):
                yield entry_item(case_pk(name), each.number, each.data).serialize()
                if each.private:
                    values = private_item(name, each.number, dict(each.private), data_key=DATA_KEY)
                    yield values.serialize()
            for id, letter in self.ledger.letters(name).items():
                item = to_letter_item(self.items[name, id])
                item.state = letter.state
                item.digest, item.recipient = letter.digest or None, letter.recipient or None
                yield item.serialize()
                if letter.words:
                    yield rendered_item(name, id, letter.words, letter.to, DATA_KEY).serialize()
        if self.notes.last:
            yield SealedItem(*SEALED, last=canonical(self.notes.last).decode()).serialize()

    def offline(self, verify: Verify, folder: Path) -> str:
        """What a stranger is told of copies of table and buckets. What a restore brought back is removed
        again within a week: after that nobody says so here, and files are not looked at."""
        keys = [{"pk": {"S": f"key#{each.reference}"}, "key": {"B": DATA_KEY}} for each in self.stories]
        write_copy(self.table(), keys, self.now + timedelta(days=1), folder / "table")
        put(self.files.files, folder / "bucket")
        put({_place(key): content for key, content in self.ledger.bucket.items()}, folder / "files")
        is_over = self.restored_at and self.now > self.restored_at + timedelta(days=5)
        files = () if is_over or not self.ledger.bucket else ("--files", folder / "files")
        return verify(folder / "bucket", "--table", folder / "table", *files)[1]


def _place(key: str) -> str:
    return f"kept/{key}" if key.startswith("C-") else f"inbound/{key}"


STEP = st.tuples(
    st.sampled_from([Tick(), *TRIED]),
    PEOPLE,
    STEPS,
    st.sampled_from(Then),
    st.booleans(),
    st.booleans(),
)


def lived(steps: list[Any]) -> History:
    """What is left of a history that is sealed now and then."""
    history = History()
    history.seal()
    for command, by, step, then, is_other, taken in steps:
        history.now += step
        story = history.stories[is_other]
        if then is Then.RACED and history.race(story, command, by):
            history.happened[then] += 1
        elif then is not Then.RACED:
            history.asks(story, command, by)
        history.then(then, story, command)
        if history.store.letters and taken:
            history.answer(history.store.letters[-1], taken=len(steps) % 3 > 0)
    history.seal()
    return history
