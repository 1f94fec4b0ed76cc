"""The sampled cases whole: each sealed entry for the verifier, and a page to read.

Names, texts, letters and files are there where they were ordered with a reason. Entries that a case shows to
no auditor (answers of the survey, who needs particular care) have their hash alone.
"""

import email
import email.policy
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.outcome.survey import SurveyAnswered, SurveyTextCleared
from complaints.case.people.vulnerability import VulnerabilityNoted
from complaints.case.record.attachments import FileType
from complaints.casework.people.vulnerability import told_to
from complaints.casework.record.attachments import file_key
from complaints.checkpoints.verification.stored_files import named_files
from complaints.delivery.delivery_state import DeliveryState
from complaints.evidence.pack_work import Stage
from complaints.files.file_names import ENDINGS
from complaints.handling.replay import replayed
from complaints.management.evaluation.evidence_packs import People
from complaints.values.people import MACHINE
from functions.serializers.exports.case_cells import cells, columns
from functions.serializers.exports.case_record import case_record
from functions.serializers.parts.entries_with_texts import opened
from functions.workers.evidence.building import PARTS, Building
from functions.workers.evidence.case_stage import fact_row

STEP = 25
"""How many cases one step adds: of each ten files of 10 MB at most, one of which is in memory."""

_HASH_OF_FILE = ".AttachmentArrived.digest"

SHOWN_TO_NOBODY = (SurveyAnswered, SurveyTextCleared, VulnerabilityNoted)


def step(building: Building) -> None:
    """Adds the next cases."""
    references = building.work.sample.references
    begin = int(building.work.place or 0)
    for reference in references[begin : begin + STEP]:
        with building.naming("case", reference):
            _add(building, reference)
    if begin + STEP < len(references):
        building.go_on(place=str(begin + STEP))
    else:
        building.go_on(stage=Stage.PARTS, place=None)


def _add(building: Building, reference: str) -> None:
    number = building.work.heads[f"case#{reference}"]
    stored = building.deps.cases.entries(reference)
    entries = [each for each in stored if each.number <= number]
    of_people = building.pack.people is not People.NONE
    is_whole = reference not in building.work.failed
    complaint = replayed(reference, entries) if is_whole else None
    files = dict(_add_files(building, complaint)) if complaint and of_people else {}
    gone = _removed_meanwhile(building, reference, entries, files)
    chain = chain_lines(f"case#{reference}", entries, of_people=of_people, gone=gone)
    building.lines(6, f"{reference}/chain.jsonl", chain)
    if complaint is None:
        return
    said = opened(entries if of_people else [StoredEntry(each.number, each.data, {}) for each in entries])
    names = columns(building.terms.site, of_people=of_people)
    record = case_record(complaint, said, of_people=of_people, of_care=False)
    of_case: Sequence[DeliveryState] = ()
    with building.naming("letter", reference):
        of_case = building.deps.outbox.of_case(reference)
    letters = [each for each in of_case if int(each.letter.id.partition(".")[0]) <= number]
    names_of_letters = dict(_add_letters(building, reference, letters)) if of_people else {}
    page = building.page(
        "whole_case.html",
        reference=reference,
        fields=[each for each in zip(names, cells(record, names), strict=True) if each[1] not in (None, "")],
        facts=[fact_row(reference, at, fact)[1:] for at, fact in told_to(MACHINE, said)],
        letters=[(each, names_of_letters.get(each.letter.id)) for each in letters],
        files=[name for name in files.values() if name],
    )
    building.archive.add(f"{PARTS[6]}/{reference}/index.html", page)


def _removed_meanwhile(
    building: Building, reference: str, entries: Sequence[StoredEntry], files: Mapping[str, str | None]
) -> frozenset[int]:
    """The entries by which files came that lay in the store no more and that, by facts which came after the
    state that the pack tells, need not."""
    if all(files.values()):
        return frozenset()
    # The fact comes before the removal: what was not found and is to be removed says so by now.
    still = {each.key for each in named_files(reference, building.deps.cases.entries(reference))}
    named = named_files(reference, entries)
    return frozenset(
        each.number for each in named if each.key in files and not files[each.key] and each.key not in still
    )


def chain_lines(
    name: str, entries: Sequence[StoredEntry], *, of_people: bool, gone: Collection[int] = ()
) -> Iterator[Mapping[str, Any]]:
    """A chain as the verifier reads it: the exact text of each entry, and private values with their salts;
    without the hashes of files that were removed meanwhile, which the entries that are `gone` hold."""
    for entry in entries:
        line = {"chain": name, "number": entry.number}
        if _is_withheld(entry):
            yield line | {"seal": hash_chain.hash_of(entry.data), "withheld": "shown to nobody"}
        else:
            private = {
                place: list(value)
                for place, value in entry.private.items()
                if of_people and not (entry.number in gone and place.endswith(_HASH_OF_FILE))
            }
            yield line | {"entry": entry.data.decode(errors="replace"), "private": private}


def _is_withheld(entry: StoredEntry) -> bool:
    return any(f'"{kind.__name__}"'.encode() in entry.data for kind in SHOWN_TO_NOBODY)


def _add_letters(
    building: Building, reference: str, letters: Sequence[DeliveryState]
) -> Iterator[tuple[str, str]]:
    """Letters to the people of the case as they left, the secrets of their links masked: file by id."""
    for each in letters:
        text = None
        with building.naming("letter", f"{reference}/{each.letter.id}"):
            text = _text_of(building, reference, each)
        if text is not None:
            name = f"letters/{each.letter.id}.txt"
            building.archive.add(f"{PARTS[6]}/{reference}/{name}", text)
            yield each.letter.id, name


def _text_of(building: Building, reference: str, letter: DeliveryState) -> bytes | None:
    """A letter as plain text, where it is kept."""
    kept = building.deps.outbox.kept(reference, letter.letter.id)
    masked = building.deps.ses.masked(kept[0]) if kept else None
    body = email.message_from_bytes(masked, policy=email.policy.default) if masked else None
    plain = body.get_body(("plain",)) if body else None
    if body is None or plain is None:
        return None
    return f"{body['to']}\n{body['date']}\n{body['subject']}\n\n{plain.get_content()}".encode()


def _add_files(building: Building, complaint: Complaint) -> Iterator[tuple[str, str | None]]:
    """Adds the files that the case has; by the key of each what it is called, unless it is not there."""
    for number, file in enumerate((each for each in complaint.attachments if each.is_kept), start=1):
        key = file_key(complaint.reference, file.id)
        content = name = None
        with building.naming("file", key):
            content = building.deps.files.kept(key)
        if content is not None:
            name = f"files/{number:02d}{ENDINGS[file.type]}"
            is_packed = file.type is not FileType.TEXT
            building.archive.add(f"{PARTS[6]}/{complaint.reference}/{name}", content, is_packed=is_packed)
        yield key, name
