"""Each case is exported to a bucket as it is now, whatever the stream brings twice, late or never."""

import json
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk
from complaints.audit_trail.hash_chain import Passage, StoredEntry
from complaints.casework.correspondence.messages import Note
from complaints.casework.record.redaction import Redact
from complaints.values.people import Actor
from functions.serializers.exports.case_record import COLUMNS
from functions.use_cases.files.bucket_export import export_case
from functions.workers.case_stream import follow_cases
from infrastructure.cli.data.export_cases import export_all
from tests.builders import ADA, MONDAY, RUTH, context
from tests.fakes import HeldExports
from tests.installation import Installation, opened

SITE = "demo"


@pytest.fixture
def held() -> HeldExports:
    return HeldExports()


@pytest.fixture
def installation(table: str, held: HeldExports) -> Iterator[Installation]:
    with opened(table, export_files=held) as installation:
        exporting(installation, texts="yes")
        yield installation


def exporting(installation: Installation, texts: str = "") -> None:
    world = installation.world
    world.settings = replace(world.settings, exports="exports", export_texts=texts)


def does(
    installation: Installation, reference: str, command: Any, by: Actor = ADA, passage: Passage | None = None
) -> None:
    deps = installation.world
    case = deps.cases.load(reference)
    assert case is not None
    seen = replace(context(by, terms=deps.sites.terms(SITE)), passage=passage)
    deps.casework.carry_out(case, command, seen)


def followed(reference: str, *numbers: int) -> None:
    records: Any = [
        SimpleNamespace(
            keys={"pk": {"S": case_pk(reference)}, "sk": {"S": entry_sk(number)}},
            new_image=None,
            event_name="INSERT",
            sequence_number="1",
        )
        for number in numbers
    ]
    assert follow_cases(records) == {"batchItemFailures": []}


def lines(held: HeldExports, folder: str, reference: str) -> list[dict[str, Any]]:
    content = held.files[f"{folder}/site={SITE}/month={MONDAY:%Y-%m}/{reference}.jsonl"]
    return [json.loads(line) for line in content.splitlines()]


def test_a_case_is_a_line_and_so_is_each_of_its_facts(installation: Installation, held: HeldExports) -> None:
    reference = installation.take("k-1")
    followed(reference, 2, 1, 1)
    [case] = lines(held, "cases", reference)
    assert {"reference", "record", *COLUMNS, "name", "fields"} <= set(case)
    assert (case["reference"], case["name"]) == (reference, "Ngozi Okafor")
    facts = lines(held, "facts", reference)
    assert [each["number"] for each in facts] == sorted(each["number"] for each in facts)
    received = next(each for each in facts if each["fact"] == "Received")
    assert set(received) == {"reference", "site", "number", "fact", "at", "by", "details"}
    assert json.loads(received["details"])["name"] == "Ngozi Okafor"


def test_what_was_redacted_is_gone_from_what_was_exported(
    installation: Installation, held: HeldExports
) -> None:
    reference = installation.take("k-1")
    does(installation, reference, Note(text="Zebra lives at number 9."))
    case = installation.world.cases.load(reference)
    assert case is not None
    noted = case.complaint.number
    followed(reference, noted)
    assert b"Zebra" in b"".join(held.files.values())
    entry = installation.world.cases.entries(reference)[-1]
    redact = Redact(message=noted, reason="It names somebody else.")
    does(installation, reference, redact, RUTH, Passage(entry=entry))
    followed(reference, noted + 1)
    assert b"Zebra" not in b"".join(held.files.values())
    assert "Redacted" in {each["fact"] for each in lines(held, "facts", reference)}


def test_without_texts_no_word_and_no_name_leaves(installation: Installation, held: HeldExports) -> None:
    exporting(installation)
    reference = installation.take("k-1")
    does(installation, reference, Note(text="Zebra rang."))
    followed(reference, 1)
    written = b"".join(held.files.values())
    assert not [word for word in (b"Okafor", b"okafor", b"Zebra") if word in written]
    [case] = lines(held, "cases", reference)
    assert (case["channel"], case["name"], case["description"]) == ("web", None, None)


def test_a_worker_that_read_earlier_and_writes_later_leaves_the_later_state(
    installation: Installation, held: HeldExports
) -> None:
    reference = installation.take("k-1")
    earlier: Sequence[StoredEntry] = installation.world.cases.entries(reference)
    does(installation, reference, Note(text="Rang again."))
    export_case(installation.world, lambda _: earlier, reference)
    assert "NoteAdded" in {each["fact"] for each in lines(held, "facts", reference)}


def test_the_command_writes_what_the_stream_did_not_and_goes_on_after_a_crash(
    installation: Installation, held: HeldExports
) -> None:
    references = [installation.take(f"k-{number}") for number in range(3)]
    followed(references[0], 1)
    by_the_stream = dict(held.files)
    assert export_all() == 2
    assert by_the_stream.items() <= held.files.items()
    assert {key.rpartition("/")[2] for key in held.files} == {f"{each}.jsonl" for each in references}
    held.states.popitem()
    assert export_all() == 1
    assert export_all() == 0


def test_nothing_is_exported_where_nobody_asked_for_it(installation: Installation, held: HeldExports) -> None:
    world = installation.world
    world.settings = replace(world.settings, exports="")
    followed(installation.take("k-1"), 1)
    assert held.files == {}
