"""What is private is stored encrypted with the data key of its case, and forgotten with it.

The key stands in a table of its own: the table, its backups and its stream hold no word of a person.

Threat 114.
"""

import json
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.dynamodb.case_items import card_of
from complaints.adapters.dynamodb.encryption import decrypted, encrypted
from complaints.adapters.dynamodb.entry_items import chain_of
from complaints.adapters.dynamodb.key_schema import data_key_pk, entry_sk, head_key, private_pk
from complaints.adapters.dynamodb.models import (
    DataKeyItem,
    EntryItem,
    Head,
    Item,
    MailItem,
    PrivateItem,
    RenderedItem,
)
from complaints.adapters.dynamodb.reads import get_all
from complaints.adapters.stores.cases.case_messages import DynamoMessages
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.adapters.stores.cases.erasures import DynamoDataKeys
from complaints.adapters.stores.correspondence.inbound_mail import DynamoInboundMail
from complaints.adapters.stores.correspondence.outbox import DynamoOutbox
from complaints.adapters.stores.lists.case_queues import DynamoQueues
from complaints.case.correspondence.mail import MailOutcome, ReceivedMail
from complaints.case.record.erasure import ErasureGround
from complaints.casework.correspondence.messages import Add, Message
from complaints.casework.process.closing import Withdraw
from complaints.casework.record.erasure import Erase
from complaints.context.case import Case, CaseWrite, QueueCard, VersionConflict
from complaints.handling import verify_chain
from complaints.reporting.list_rows import Filter
from complaints.values.field_types import Stage
from complaints.values.people import COMPLAINANT
from infrastructure.local.aws.stream import TableStream, streams_client
from tests.builders import ADA, MONDAY, PAULA
from tests.contracts.writes import following, opening

SECRET = "The courier is called Zebedee Quux."
ADDRESS = "ngozi@okafor.example"
CARD = ("Six cups in the rain", "Ngozi Okafor")
"""Subject and name of the case, as its card has them."""
PLACE, KEY = ("private#C-7K3M9-QX2HT-7", "entry#000001"), b"k" * 32


@given(data=st.binary(max_size=99), at=st.integers(0), flip=st.integers(1, 255))
def test_what_was_changed_or_moved_is_unreadable_and_breaks_nothing(data: bytes, at: int, flip: int) -> None:
    sealed = encrypted(data, KEY, PLACE)
    assert decrypted(sealed, KEY, PLACE) == data
    changed = bytearray(sealed)
    changed[1 + at % (len(sealed) - 1)] ^= flip
    assert decrypted(bytes(changed), KEY, PLACE) is None
    for length in range(1, len(sealed)):
        assert decrypted(sealed[:length], KEY, PLACE) is None
    assert decrypted(sealed, KEY, (PLACE[0], "entry#000002")) is None
    assert decrypted(sealed, b"j" * 32, PLACE) is decrypted(sealed, None, PLACE) is None


def test_the_same_words_are_never_stored_the_same_twice() -> None:
    assert encrypted(b"yes", KEY, PLACE) != encrypted(b"yes", KEY, PLACE)


def test_what_has_no_key_is_stored_and_read_as_it_is() -> None:
    assert encrypted(b"{}", b"", PLACE) == b"{}" == decrypted(b"{}", KEY, PLACE)


@pytest.fixture
def everything(table: str, engine_endpoint: str) -> Callable[[], str]:
    """All that the table, without the data keys, and its stream hold, in a form in which words are found."""

    def read() -> str:
        client: Any = boto3.client("dynamodb")
        described = client.describe_table(TableName=table)["Table"]
        stream = TableStream(streams_client(engine_endpoint), described["LatestStreamArn"])
        records = [record.event for shard in stream.shards() for record in stream.records(shard, None)]
        assert records
        return " ".join(texts_in([client.scan(TableName=table)["Items"], records]))

    return read


def texts_in(value: object) -> Iterator[str]:
    """Every text and every bytes of a value, however deep they stand; base64 and zlib streams undone."""
    match value:
        case dict():
            for name, each in value.items():
                yield from texts_in(b64decode(each) if name == "B" and isinstance(each, str) else each)
        case list():
            for each in value:
                yield from texts_in(each)
        case bytes():
            yield value.decode("latin-1")
            with suppress(zlib.error):
                yield zlib.decompress(value).decode("latin-1")
        case str():
            yield value


def with_a_message(text: str = SECRET) -> tuple[CaseWrite, CaseWrite]:
    """A case in which entry 2 is a message of the complainant, as it was written."""
    opened = opening()
    written = following(opened.case, Add(text=text), COMPLAINANT)
    DynamoCases().write(opened)
    DynamoCases().write(written)
    return opened, written


def reference_of(case: Case) -> str:
    return case.complaint.reference


def test_the_key_comes_with_the_first_entry_in_one_transaction(table: str) -> None:
    with counted() as tally:
        DynamoCases().write(opening())
    assert tally.operations == ["TransactWriteItems"]
    [key] = DataKeyItem.scan(consistent_read=True)
    assert len(key.key) == 32
    assert [item.pk for item in Item.scan(consistent_read=True) if item.pk.startswith("key#")] == []


def test_a_case_that_is_not_opened_leaves_the_key_of_the_one_that_is(table: str) -> None:
    opened = opening()
    DynamoCases().write(opened)
    for again in (opening(), replace(opening(), case=replace(opening(body="b-2").case, data_key=b"x" * 32))):
        with pytest.raises(Exception, match="collision"):
            DynamoCases().write(again)
    [key] = DataKeyItem.scan(consistent_read=True)
    assert key.key == opened.case.data_key


def test_no_word_stands_in_the_table_or_its_stream(everything: Callable[[], str]) -> None:
    opened, _ = with_a_message()
    assert [value for _, value in DynamoCases().entries(reference_of(opened.case))[1].private.values()] == [
        SECRET
    ]
    found = everything()
    for word in ("Zebedee", ADDRESS, "12 Marina", *CARD):
        assert word not in found


def test_the_text_of_a_case_is_read_with_its_key_in_the_calls_of_before(table: str) -> None:
    opened, written = with_a_message()
    reference, cases = reference_of(opened.case), DynamoCases()
    cases.load(reference)
    with counted() as tally:
        found = cases.look_up(reference, last=9)
        assert [entry.private for entry in found.entries] == [opened.private, written.private]
        assert [entry.private for entry in DynamoMessages().of_entries(reference, [2])] == [written.private]
    assert tally.operations == ["BatchGetItem", "BatchGetItem"]
    assert found.case == written.case
    with counted() as tally:
        assert [entry.private for entry in cases.entries(reference)] == [opened.private, written.private]
    assert tally.operations == ["Query", "Query", "BatchGetItem"]


def test_the_words_of_several_cases_are_read_each_with_its_own_key(table: str) -> None:
    writings = [opening(f"k-{number}") for number in range(3)]
    writings = [
        replace(each, case=replace(each.case, data_key=bytes([number]) * 32))
        for number, each in enumerate(writings)
    ]
    for each in writings:
        DynamoCases().write(each)
    DynamoDataKeys().destroy(reference_of(writings[1].case))
    found = DynamoMessages().of_cases({reference_of(each.case): [1] for each in writings})
    private = [found[reference_of(each.case)][0].private for each in writings]
    assert private == [writings[0].private, {}, writings[2].private]


def test_a_destroyed_key_makes_the_words_forgotten_in_every_copy(table: str) -> None:
    opened, _ = with_a_message()
    reference = reference_of(opened.case)
    copy = [item.serialize() for item in Item.scan(consistent_read=True)]
    DynamoDataKeys().destroy(reference)
    for raw in copy:
        Item.from_raw_data(raw).save()
    cases = DynamoCases()
    case = cases.load(reference)
    assert case is not None
    assert case.data_key == b""
    entries = cases.entries(reference)
    assert [entry.private for entry in entries] == [{}, {}]
    assert {flaw.harm for flaw in verify_chain.flaws(case.complaint, entries)} == {"text-missing"}


def test_a_case_goes_on_after_its_words_were_forgotten(table: str) -> None:
    """What a machine still notes of it is no failure: it is another key, or none, that is missing."""
    opened, written = with_a_message()
    DynamoDataKeys().destroy(reference_of(opened.case))
    late = following(written.case, Message(text=SECRET), ADA)
    DynamoCases().write(late)
    assert DynamoCases().entries(reference_of(opened.case))[2].private == {}


def moved(item: PrivateItem) -> None:
    """The words of the second entry in the place of those of the first."""
    other = PrivateItem.get(item.pk, entry_sk(2))
    item.values = other.values
    item.save()


def changed(item: PrivateItem) -> None:
    item.values = item.values[:-1] + bytes([item.values[-1] ^ 1])
    item.save()


def spoilt(item: PrivateItem) -> None:
    item.values = b"{no values"
    item.save()


def cut(item: PrivateItem) -> None:
    """The beginning of what is deflated, and no more."""
    item.values = b"x\x9c"
    item.save()


def removed(item: PrivateItem) -> None:
    item.delete()


@pytest.mark.parametrize("tamper", [moved, changed, spoilt, cut, removed])
def test_what_was_tampered_with_is_named(table: str, tamper: Callable[[PrivateItem], None]) -> None:
    opened, written = with_a_message()
    reference = reference_of(opened.case)
    tamper(PrivateItem.get(private_pk(reference), entry_sk(1)))
    found = list(verify_chain.flaws(written.case.complaint, DynamoCases().entries(reference)))
    assert [(flaw.number, flaw.harm) for flaw in found] == [(1, "text-missing")]


def test_plain_words_in_the_place_of_encrypted_ones_are_named(table: str) -> None:
    opened, written = with_a_message()
    reference = reference_of(opened.case)
    item = PrivateItem.get(private_pk(reference), entry_sk(2))
    salt = next(iter(written.private.values()))[0]
    item.values = json.dumps(dict.fromkeys(written.private, (salt, "Something else."))).encode()
    item.save()
    found = list(verify_chain.flaws(written.case.complaint, DynamoCases().entries(reference)))
    assert [(flaw.number, flaw.harm) for flaw in found] == [(2, "text-changed")]


def test_a_case_of_before_there_were_keys_is_read_and_written_as_it_was(
    everything: Callable[[], str],
) -> None:
    opened = opening()
    opening_before = replace(opened.case.opening, keyed=False)
    older = replace(opened, case=replace(opened.case, opening=opening_before, data_key=None))
    DynamoCases().write(older)
    case = DynamoCases().load(reference_of(older.case))
    assert case is not None
    later = following(case, Add(text=SECRET), COMPLAINANT)
    DynamoCases().write(later)
    assert [entry.private for entry in DynamoCases().entries(reference_of(case))] == [
        opened.private,
        later.private,
    ]
    assert list(DataKeyItem.scan(consistent_read=True)) == []
    assert "Zebedee" in everything()


def test_a_case_whose_key_was_not_read_is_written_with_it_all_the_same(everything: Callable[[], str]) -> None:
    opened = opening()
    DynamoCases().write(opened)
    unread = replace(opened.case, data_key=None)
    DynamoCases().write(following(unread, Add(text=SECRET), COMPLAINANT))
    found = everything()
    assert [word for word in ("Zebedee", *CARD) if word in found] == []
    assert DynamoCases().load(reference_of(unread)) is not None


def test_cases_of_a_list_come_with_their_keys_and_cards_in_one_call(table: str) -> None:
    opened = [opening(f"k-{number}") for number in range(3)]
    for each in opened:
        DynamoCases().write(each)
    with counted() as tally:
        found = DynamoCases().load_all(reference_of(each.case) for each in opened)
    assert tally.operations == ["BatchGetItem"]
    assert found == {reference_of(each.case): each.case for each in opened}


def test_the_card_of_a_submission_that_came_again_is_not_read_and_stays_as_it_is(table: str) -> None:
    """One call tells that the case is there, and another key than its own was made for it."""
    opened = opening()
    DynamoCases().write(opened)
    with pytest.raises(VersionConflict) as lost:
        DynamoCases().write(replace(opened, case=replace(opened.case, data_key=b"x" * 32)))
    DynamoCases().write(following(lost.value.case))
    case = DynamoCases().load(reference_of(opened.case))
    assert case is not None
    assert (case.complaint.number, case.card) == (2, QueueCard(*CARD))


@pytest.mark.iso10002("4 confidentiality: erasure")
def test_a_copy_of_a_head_says_neither_subject_nor_name_once_the_key_is_destroyed(
    everything: Callable[[], str],
) -> None:
    opened = opening()
    DynamoCases().write(opened)
    reference = reference_of(opened.case)
    [copy] = get_all([head_key(reference)])
    assert isinstance(copy, Head)
    assert card_of(copy, opened.case.data_key) == QueueCard(*CARD)
    DynamoDataKeys().destroy(reference)
    assert [word for word in CARD if word in str(copy.serialize())] == []
    copy.save()
    case = DynamoCases().load(reference)
    assert case is not None
    assert (case.card.subject, case.card.name) == ("", "")
    page = DynamoQueues().by_urgency(("demo",), ("open",), Filter(), after=None, limit=9)
    [entry] = DynamoQueues().with_cards(page.items)
    assert (entry.row.reference, entry.card.subject, entry.card.name) == (reference, "", "")
    found = everything()
    assert [word for word in CARD if word in found] == []


def test_the_card_of_another_case_is_not_read(table: str) -> None:
    one, other = opening("k-1"), opening("k-2")
    for each in (one, other):
        DynamoCases().write(each)
    heads = {head.pk: head for head in get_all([head_key(reference_of(each.case)) for each in (one, other)])}
    head, moved_to = (heads[head_key(reference_of(each.case))[0]] for each in (one, other))
    assert isinstance(head, Head)
    assert isinstance(moved_to, Head)
    moved_to.card = head.card
    moved_to.save()
    case = DynamoCases().load(reference_of(other.case))
    assert case is not None
    assert (case.card.subject, case.card.name) == ("", "")


def test_the_card_of_a_case_whose_key_is_lost_is_left_as_it_is_until_the_key_is_back(table: str) -> None:
    """It goes on with what needs no words, and says its subject again with its key."""
    opened = opening()
    DynamoCases().write(opened)
    reference = reference_of(opened.case)
    DynamoDataKeys().destroy(reference)
    case = DynamoCases().load(reference)
    assert case is not None
    DynamoCases().write(following(case, Withdraw(), COMPLAINANT))
    DataKeyItem(data_key_pk(reference), key=opened.case.data_key).save()
    case = DynamoCases().load(reference)
    assert case is not None
    assert (case.complaint.stage, case.card) == (Stage.WITHDRAWN, QueueCard(*CARD))


def test_a_letter_is_kept_encrypted_with_its_address(everything: Callable[[], str]) -> None:
    outbox = DynamoOutbox()
    opened = opening()
    asked = following(opened.case, Message(text=SECRET), ADA)
    DynamoCases().write(opened)
    DynamoCases().write(asked)
    letter = asked.letters[0]
    claimed = outbox.claim(letter.reference, letter.id, "a-1", MONDAY)
    assert claimed is not None
    for data_key in (opened.case.data_key, None):
        for message in (b"Subject: " + SECRET.encode(), SECRET.encode() * 2_000):
            outbox.keep(claimed, message, ADDRESS, data_key)
            with counted() as tally:
                assert outbox.kept(letter.reference, letter.id) == (message, ADDRESS)
            assert tally.operations == ["BatchGetItem"]
            found = everything()
            assert "Zebedee" not in found
            assert ADDRESS not in found
    DynamoDataKeys().destroy(letter.reference)
    assert outbox.kept(letter.reference, letter.id) is None
    assert [
        item.to
        for item in RenderedItem.query(private_pk(letter.reference), RenderedItem.sk.startswith("letter#"))
    ] == [""]


def a_mail(reference: str | None, **also: Any) -> ReceivedMail:
    return ReceivedMail(
        id="0" * 64,
        received_at=MONDAY,
        outcome=MailOutcome.JOINED if reference else MailOutcome.NO_CASE,
        raw="inbound/1",
        site="demo",
        reference=reference,
        sender=ADDRESS,
        text=SECRET,
        **also,
    )


def mails_of(reference: str) -> Iterator[ReceivedMail]:
    """A mail, by each way to read it."""
    store = DynamoInboundMail()
    yield from store.page("demo", after=None, limit=9)[0]
    yield from store.taken_by([reference], "demo", MONDAY + timedelta(hours=1))
    found = store.find("demo", store.name_of(a_mail(reference)))
    if found:
        yield found


def test_a_mail_of_a_case_is_kept_encrypted_and_forgotten_with_it(everything: Callable[[], str]) -> None:
    opened = opening()
    DynamoCases().write(opened)
    reference = reference_of(opened.case)
    mail = a_mail(reference)
    DynamoInboundMail().keep(mail)
    assert list(mails_of(reference)) == [mail] * 3
    found = everything()
    assert "Zebedee" not in found
    assert ADDRESS not in found
    DynamoDataKeys().destroy(reference)
    for forgotten in mails_of(reference):
        assert forgotten.removed
        assert (forgotten.id, forgotten.received_at, forgotten.reference) == (mail.id, MONDAY, reference)
        assert (forgotten.sender, forgotten.text) == ("", "")


def test_a_mail_that_comes_when_its_case_was_erased_is_kept_without_its_words(
    everything: Callable[[], str],
) -> None:
    opened = opening()
    DynamoCases().write(opened)
    withdrawn = following(opened.case, Withdraw(), COMPLAINANT)
    DynamoCases().write(withdrawn)
    DynamoCases().write(following(withdrawn.case, Erase(ground=ErasureGround.OBJECTED), PAULA))
    reference = reference_of(opened.case)
    DynamoDataKeys().destroy(reference)
    for keep in (DynamoInboundMail().keep, DynamoInboundMail().settle):
        kept = keep(a_mail(reference, name="Zebulon Trask"))
        assert kept.removed
        assert list(mails_of(reference)) == [kept] * 3
    found = everything()
    assert [word for word in ("Zebedee", ADDRESS, "Zebulon") if word in found] == []


def test_a_mail_of_no_case_waits_for_staff_as_it_is(table: str) -> None:
    mail = a_mail(None)
    DynamoInboundMail().settle(mail)
    [item] = MailItem.query("private#inbox#demo")
    assert item.case is None
    assert DynamoInboundMail().find("demo", DynamoInboundMail().name_of(mail)) == mail


@pytest.mark.usefixtures("table")
def test_nothing_but_a_case_is_asked_for_a_key() -> None:
    """Bytes that look encrypted, in the history of a setting: no function may read a key for it."""
    PrivateItem("private#site#demo", entry_sk(1), number=1, values=b"\x01spoilt", is_message=False).save()
    EntryItem("site#demo", entry_sk(1), number=1, data=b"{}").save()
    with counted() as tally:
        [stored] = chain_of("site#demo", "site#demo")
    assert stored.private == {}
    assert tally.operations == ["Query", "Query"]


def test_the_key_of_a_case_is_found_by_its_reference(table: str) -> None:
    opened = opening()
    DynamoCases().write(opened)
    assert DataKeyItem.get(data_key_pk(reference_of(opened.case))).key == opened.case.data_key
