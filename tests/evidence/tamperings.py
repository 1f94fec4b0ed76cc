"""What somebody does who has full write access to the table, or got around the lock of the bucket."""

import gzip
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from complaints.adapters.dynamodb.case_items import to_head
from complaints.adapters.dynamodb.compression import pack
from complaints.adapters.dynamodb.encryption import encrypted
from complaints.adapters.dynamodb.entry_items import data_key_of
from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk, head_key, private_pk, retention_run_key
from complaints.audit_trail import hash_chain
from complaints.case.record.erasure import ErasureGround
from complaints.casework.workflow.tasks import AddTask
from complaints.checkpoints.checkpoint_chain import names
from complaints.checkpoints.places import CHECKPOINTS, leaves_key
from complaints.checkpoints.signature import key_id
from complaints.checkpoints.statement import from_stored, read_statement, statement_bytes, to_stored
from complaints.checkpoints.verification.restores import state_restore
from complaints.context.case import QueueCard
from complaints.erasure import ListedErasure
from complaints.handling.replay import replayed
from complaints.values.people import Actor
from functions.workers import checkpoints
from tests.complaints.checkpoints.fakes import HeldSigner
from tests.evidence.sealed_installation import (
    A_DAY,
    HOUR,
    URL,
    SealedInstallation,
    drop,
    item,
    items_of,
    put,
)

House = SealedInstallation
MALLORY = Actor("staff", "Mallory")


def change(pk: str, sk: str, **values: Any) -> None:
    put(item(pk, sk) | values)


def rewrite(house: House, reference: str, number: int) -> None:
    """Says that Mallory did what stands in an entry; all that follows, and the state, are made to fit."""
    entries = list(house.world.cases.entries(reference))
    before = hash_chain.hash_of(entries[number - 2].data) if number > 1 else ""
    for place in range(number - 1, len(entries)):
        entry = hash_chain.decode(entries[place].data)
        facts = entry.facts
        if place == number - 1:
            facts = tuple(replace(fact, by=MALLORY) for fact in facts)
        data = hash_chain.encode(replace(entry, before=before, facts=facts))
        entries[place] = replace(entries[place], data=data)
        before = hash_chain.hash_of(data)
        change(case_pk(reference), entry_sk(place + 1), data={"B": data})
    restate(house, reference)


def restate(house: House, reference: str) -> None:
    """Makes the state fit the entries that are there."""
    case = house.world.cases.load(reference)
    assert case is not None
    complaint = replayed(reference, house.world.cases.entries(reference))
    to_head(replace(case, complaint=complaint)).save()


def cut(house: House, reference: str) -> None:
    last = house.world.cases.entries(reference)[-1].number
    drop(case_pk(reference), entry_sk(last))
    drop(private_pk(reference), entry_sk(last))


def cut_and_restate(house: House) -> None:
    cut(house, house.first_case)
    restate(house, house.first_case)


def restate_head(house: House, **values: Any) -> None:
    """Changes the stored state of the first case alone."""
    head = item(case_pk(house.first_case), "head")
    state = msgspec.json.decode(head["state"]["S"]) | values
    put(head | {"state": {"S": msgspec.json.encode(state).decode()}})


def swap(house: House, one: int, other: int) -> None:
    pk = case_pk(house.first_case)
    data = [item(pk, entry_sk(number))["data"] for number in (one, other)]
    change(pk, entry_sk(one), data=data[1])
    change(pk, entry_sk(other), data=data[0])


def retell(house: House, value: str) -> None:
    """Puts other words in place of those of a note, as items of before are stored: not encrypted."""
    words = {"0.NoteAdded.text": ("AAAAAAAAAAAAAAAAAAAAAA==", value)}
    change(private_pk(house.first_case), entry_sk(noted(house)), values={"B": pack(words)})


def retell_encrypted(house: House, value: str) -> None:
    """Other words in place of those of a note, by somebody who has the key of the case, too."""
    reference = house.first_case
    words = {"0.NoteAdded.text": ("AAAAAAAAAAAAAAAAAAAAAA==", value)}
    place = private_pk(reference), entry_sk(noted(house))
    change(*place, values={"B": encrypted(pack(words), data_key_of(reference) or b"", place)})


def noted(house: House) -> int:
    """The number of the first entry that holds a note."""
    entries = house.world.cases.entries(house.first_case)
    return next(each.number for each in entries if b'"NoteAdded"' in each.data)


def sent_letter(house: House) -> tuple[str, str]:
    pk = case_pk(house.first_case)
    return pk, next(each["sk"]["S"] for each in items_of(pk) if each.get("state") == {"S": "sent"})


def rendered(house: House) -> tuple[str, str]:
    return private_pk(house.first_case), sent_letter(house)[1]


def readdress(house: House) -> None:
    """Another address beside the words of a letter, as items of before are stored: not encrypted."""
    kept = house.world.outbox.kept(house.first_case, rendered(house)[1].removeprefix("letter#"))
    assert kept is not None
    change(*rendered(house), message={"B": kept[0]}, to={"S": "mallory@example.org"})


def failed_letter(house: House) -> tuple[str, str]:
    pk = case_pk(house.second_case)
    return pk, next(each["sk"]["S"] for each in items_of(pk) if each.get("state") == {"S": "failed"})


def forget(*partitions: str) -> None:
    for pk in partitions:
        for each in items_of(pk):
            drop(pk, each["sk"]["S"])


def restate_setting(house: House) -> None:
    setting = item("members", "member#Deniz")
    record = msgspec.json.decode(setting["settings"]["S"]) | {"name": "Mallory"}
    put(setting | {"settings": {"S": msgspec.json.encode(record).decode()}})


def restate_record(house: House) -> None:
    theme = item("records#demo", "theme#demo.late-parcels")
    content = msgspec.json.decode(theme["content"]["S"]) | {"title": "Nothing comes late"}
    put(theme | {"content": {"S": msgspec.json.encode(content).decode()}})


def unbegin_setting(house: House) -> None:
    forget("member#Deniz")
    change("members", "member#Deniz", number={"N": "0"})


def invent(house: House, pk: str) -> None:
    """An entry in a partition of which the product knows nothing; it is sealed in the next hour."""
    put(item("member#Deniz", entry_sk(1)) | {"pk": {"S": pk}})
    house.seal()


def forget_setting(house: House) -> None:
    forget("member#Deniz", "private#member#Deniz")
    drop("members", "member#Deniz")


def forget_record(house: House) -> None:
    forget("record#theme#demo.late-parcels", "private#record#theme#demo.late-parcels")
    drop("records#demo", "theme#demo.late-parcels")


RUN = retention_run_key("demo", A_DAY)


def retell_run(old: str, new: str) -> None:
    """Says something else of a run of the retention rules that ended."""
    stored = item(*RUN)["run"]["S"]
    assert old in stored
    change(*RUN, run={"S": stored.replace(old, new)})


def kept(house: House) -> str:
    """Where the file of the first case lies."""
    return next(key for key in house.stored if key.startswith(f"kept/{house.first_case}/"))


def keep_another(house: House) -> None:
    """Another file, put there as the product does."""
    key = kept(house).removeprefix("kept/")
    house.stored[f"quarantine/{key}"] = b"Another picture."
    house.world.files.promote(key)


def checkpoint(house: House, place: int) -> str:
    return f"{CHECKPOINTS}{names(house.files)[place]}.json"


def leaves(house: House, place: int) -> str:
    data = from_stored(house.files.files[checkpoint(house, place)])[0]
    return leaves_key(read_statement(data))


def lose(house: House, key: str) -> None:
    del house.files.files[key]


def forge(house: House, *, own_key: bool) -> None:
    """A checkpoint without its leaves, signed by another key, or by none."""
    key = checkpoint(house, 3)
    data, signature = from_stored(house.files.files[key])
    other = HeldSigner(2)
    statement = read_statement(data)
    if own_key:
        statement = replace(statement, key=key_id(other.public_key))
        house.files.files[f"keys/{statement.key}.pem"] = other.public_key
    house.files.files[f"keys/{read_statement(data).key}.pem"] = other.public_key
    changed = statement_bytes(replace(statement, size=0))
    house.files.files[key] = to_stored(changed, other.sign(changed) if own_key else signature)


def move(house: House, source: int, target: int) -> None:
    house.files.files[checkpoint(house, target)] = house.files.files[checkpoint(house, source)]


def leave_a_leaf_out(house: House) -> None:
    key = leaves(house, 3)
    lines = gzip.decompress(house.files.files[key]).splitlines()
    house.files.files[key] = gzip.compress(b"\n".join(lines[1:]))


def excuse(house: House) -> None:
    """Cuts a tail, and says that the table was restored, signed by another key."""
    cut(house, house.first_case)
    now = house.world.now()
    state_restore(house.files, HeldSigner(2), URL, now - 9 * HOUR, now)


def copy_a_restore(house: House) -> None:
    checkpoints.put_restore_on_record(house.world, house.world.now() - timedelta(seconds=1))
    stated = next(house.files.keys("restores/"))
    house.files.files["restores/9999-01-01T00-00-00.json"] = house.files.files[stated]


class Tampering(NamedTuple):
    """What is done, and what and harm of the first difference that names it."""

    does: Callable[[House], object]
    what: str
    harm: str


TABLE = {
    "an entry says something else": Tampering(
        lambda it: change(
            case_pk(it.first_case),
            entry_sk(1),
            data={"B": item(case_pk(it.first_case), entry_sk(1))["data"]["B"].replace(b"demo", b"dem0")},
        ),
        "entry",
        "changed",
    ),
    "an entry is of somebody else, and all after it fits": Tampering(
        lambda it: rewrite(it, it.first_case, 2), "entry", "changed"
    ),
    "the last entry is of somebody else, and the state fits": Tampering(
        lambda it: rewrite(it, it.first_case, len(it.world.cases.entries(it.first_case))), "entry", "changed"
    ),
    "an entry in the middle is gone": Tampering(
        lambda it: drop(case_pk(it.first_case), entry_sk(2)), "entry", "missing"
    ),
    "the tail is cut": Tampering(lambda it: cut(it, it.first_case), "entry", "missing"),
    "the tail is cut, and the state fits": Tampering(cut_and_restate, "entry", "missing"),
    "two entries are swapped": Tampering(lambda it: swap(it, 2, 3), "entry", "changed"),
    "an entry is that of another case": Tampering(
        lambda it: change(
            case_pk(it.first_case), entry_sk(2), data=item(case_pk(it.second_case), entry_sk(2))["data"]
        ),
        "entry",
        "foreign",
    ),
    "an entry cannot be read": Tampering(
        lambda it: change(case_pk(it.first_case), entry_sk(2), data={"B": b"{"}), "entry", "unreadable"
    ),
    "a whole case is gone": Tampering(
        lambda it: forget(case_pk(it.first_case), private_pk(it.first_case)), "case", "missing"
    ),
    "the state of a case is gone": Tampering(
        lambda it: drop(case_pk(it.first_case), "head"), "case", "state-changed"
    ),
    "a case is somebody else's": Tampering(
        lambda it: restate_head(it, assignee="Mallory"), "case", "state-changed"
    ),
    "words are others": Tampering(lambda it: retell(it, "Nothing was found."), "entry", "text-changed"),
    "words are others, and encrypted as ours are": Tampering(
        lambda it: retell_encrypted(it, "Nothing was found."), "entry", "text-changed"
    ),
    "words are gone": Tampering(
        lambda it: drop(private_pk(it.first_case), entry_sk(noted(it))), "entry", "text-missing"
    ),
    "a letter is gone": Tampering(lambda it: drop(*sent_letter(it)), "letter", "missing"),
    "a letter is another one": Tampering(
        lambda it: change(*sent_letter(it), digest={"S": "0" * 64}), "letter", "changed"
    ),
    "a letter went to somebody else": Tampering(
        lambda it: change(*sent_letter(it), recipient={"S": "committed:x"}), "letter", "changed"
    ),
    "a letter that failed was sent": Tampering(
        lambda it: change(*failed_letter(it), state={"S": "sent"}), "letter", "state-changed"
    ),
    "a letter as it is kept says something else": Tampering(
        lambda it: change(*rendered(it), message={"B": b"From: us\r\n\r\nNo."}), "letter", "words-changed"
    ),
    "a letter as it is kept is gone": Tampering(lambda it: drop(*rendered(it)), "letter", "words-missing"),
    "a letter as it is kept is for somebody else": Tampering(readdress, "letter", "recipient-changed"),
    "the history of a setting says something else": Tampering(
        lambda it: change(
            "member#Deniz",
            entry_sk(1),
            data={"B": item("member#Deniz", entry_sk(1))["data"]["B"].replace(b"operator", b"0perator")},
        ),
        "entry",
        "changed",
    ),
    "a setting is another one": Tampering(restate_setting, "setting", "state-changed"),
    "a setting is gone with its history": Tampering(forget_setting, "setting", "missing"),
    "a record says something else": Tampering(restate_record, "record", "state-changed"),
    "a record is gone with its history": Tampering(forget_record, "record", "missing"),
    "a setting has no history and says that it has none": Tampering(unbegin_setting, "entry", "missing"),
    "a promise is due in many years": Tampering(
        lambda it: change(
            case_pk(it.first_case), "head", due_sk={"S": f"2099-01-01T00:00:00Z#{it.first_case}"}
        ),
        "case",
        "index-changed",
    ),
    "a case stands in no queue": Tampering(lambda it: leave_the_queue(it), "case", "index-changed"),
    "a case is in lists of another category": Tampering(
        lambda it: change(case_pk(it.first_case), "head", category={"S": "safety.injury"}),
        "case",
        "index-changed",
    ),
    "lists show another stage of a case": Tampering(
        lambda it: show_in_lists(it, stage="closed"), "case", "index-changed"
    ),
    "lists show a case due in many years": Tampering(
        lambda it: show_in_lists(it, due="2099-01-01T00:00:00Z"), "case", "index-changed"
    ),
    "lists show that nobody has asked again": Tampering(
        lambda it: show_in_lists(it, has_news=False), "case", "index-changed"
    ),
    "lists show another subject, in clear": Tampering(
        lambda it: show_card(it, QueueCard(subject="Nothing came late")), "case", "index-changed"
    ),
    "lists show another subject, encrypted as ours are": Tampering(
        lambda it: show_card(it, encrypted_card(it, b'{"subject":"Nothing came late"}')),
        "case",
        "index-changed",
    ),
    "lists show no subject": Tampering(lambda it: show_card(it, QueueCard()), "case", "index-changed"),
    "lists show the subject of another case": Tampering(
        lambda it: change(case_pk(it.first_case), "head", card=item(case_pk(it.second_case), "head")["card"]),
        "case",
        "index-changed",
    ),
    "lists show a task due in many years": Tampering(
        lambda it: put_a_task_off(it, "row"), "case", "index-changed"
    ),
    "a task stands among those due in many years": Tampering(
        lambda it: put_a_task_off(it, "owner_sk"), "case", "index-changed"
    ),
    "a task is in no list": Tampering(lambda it: drop(*a_task(it)), "case", "index-changed"),
    "the state of a case cannot be read": Tampering(
        lambda it: change(case_pk(it.first_case), "head", state={"S": "{"}), "case", "unreadable"
    ),
    "a retention run says that it erased other cases": Tampering(
        lambda it: retell_run(it.first_case, it.second_case), "run", "changed"
    ),
    "a retention run has not ended": Tampering(
        lambda _: retell_run('"ended_at"', '"began_again"'), "run", "changed"
    ),
    "a retention run cannot be read": Tampering(lambda _: change(*RUN, run={"S": "{"}), "run", "changed"),
    "a retention run is gone": Tampering(lambda _: drop(*RUN), "run", "missing"),
    "an entry is of a chain that there is not": Tampering(
        lambda it: invent(it, "foo#bar"), "setting", "missing"
    ),
    "an entry is of a record without a name": Tampering(
        lambda it: invent(it, "record#policy"), "record", "missing"
    ),
}

STORE = {
    "a file is gone": Tampering(lambda it: it.stored.pop(kept(it)), "file", "missing"),
    "a file is another one": Tampering(
        lambda it: it.stored.__setitem__(kept(it), b"Another picture."), "file", "changed"
    ),
    "a mail as it came is gone": Tampering(lambda it: it.stored.pop("inbound/a-mail"), "mail", "missing"),
    "a mail as it came is another one": Tampering(
        lambda it: it.stored.__setitem__("inbound/a-mail", b"From: mallory"), "mail", "changed"
    ),
    "a file is another one, and the store tells its checksum": Tampering(keep_another, "file", "changed"),
}


def leave_the_queue(house: House) -> None:
    head = item(case_pk(house.first_case), "head")
    put({name: value for name, value in head.items() if name not in ("queue_pk", "queue_sk")})


def show_in_lists(house: House, **values: Any) -> None:
    head = item(case_pk(house.first_case), "head")
    row = msgspec.json.decode(head["row"]["S"])
    assert row | values != row
    put(head | {"row": {"S": msgspec.json.encode(row | values).decode()}})


def show_card(house: House, card: QueueCard) -> None:
    change(case_pk(house.first_case), "head", card={"S": msgspec.json.encode(card).decode()})


def encrypted_card(house: House, data: bytes) -> QueueCard:
    reference = house.first_case
    return QueueCard(encrypted=encrypted(data, data_key_of(reference) or b"", head_key(reference)))


def a_task(house: House) -> tuple[str, str]:
    """The key of a task that is asked of the team."""
    pk = case_pk(house.first_case)
    house.mails.does(house.first_case, AddTask(text="Ask the depot.", due=date(2026, 3, 9)))
    return pk, next(each["sk"]["S"] for each in items_of(pk) if each["sk"]["S"].startswith("task#"))


def put_a_task_off(house: House, where: str) -> None:
    key = a_task(house)
    stored = item(*key)[where]["S"]
    assert "2026-03-09" in stored
    put(item(*key) | {where: {"S": stored.replace("2026-03-09", "2099-03-09")}})


def plant_an_erasure(house: House) -> None:
    """Of a case that goes on, asked for as if by the machine."""
    asked = ListedErasure(house.first_case, house.world.now() - HOUR, ErasureGround.OBJECTED)
    name = f"{asked.requested_at:%Y/%m/%d}/{house.first_case}"
    house.files.put(f"erasures/{name}.json", msgspec.json.encode(asked), "application/json")


BUCKET = {
    "a checkpoint is gone": Tampering(lambda it: lose(it, checkpoint(it, 2)), "checkpoint", "missing"),
    "the last checkpoint is gone": Tampering(
        lambda it: lose(it, checkpoint(it, -1)), "checkpoint", "rolled-back"
    ),
    "all checkpoints are gone": Tampering(lambda it: it.files.files.clear(), "checkpoint", "rolled-back"),
    "the first checkpoint is gone": Tampering(
        lambda it: lose(it, checkpoint(it, 0)), "checkpoint", "out-of-order"
    ),
    "a checkpoint is signed by another key": Tampering(
        lambda it: forge(it, own_key=True), "checkpoint", "forged"
    ),
    "a checkpoint is not what was signed": Tampering(
        lambda it: forge(it, own_key=False), "checkpoint", "forged"
    ),
    "a checkpoint is that of another hour": Tampering(lambda it: move(it, 1, 3), "checkpoint", "misplaced"),
    "a cut tail is excused by a restore that nobody of ours stated": Tampering(
        excuse, "checkpoint", "forged"
    ),
    "the statement of a restore is copied": Tampering(copy_a_restore, "checkpoint", "misplaced"),
    "a checkpoint cannot be read": Tampering(
        lambda it: it.files.files.__setitem__(checkpoint(it, 2), b"{}"), "checkpoint", "unreadable"
    ),
    "leaves are gone": Tampering(lambda it: lose(it, leaves(it, 3)), "checkpoint", "leaves-missing"),
    "a leaf is left out": Tampering(leave_a_leaf_out, "checkpoint", "leaves-changed"),
    "an erasure that nobody asked for is listed": Tampering(plant_an_erasure, "erasure", "unasked"),
    "leaves cannot be read": Tampering(
        lambda it: it.files.files.__setitem__(leaves(it, 3), b"x"), "checkpoint", "leaves-changed"
    ),
}
