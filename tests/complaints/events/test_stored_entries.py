"""The format of the chain is frozen: what was stored once is read for ever."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from complaints.audit_trail import hash_chain
from complaints.case.clock import Clock, Rung
from complaints.case.fact import Fact
from complaints.case.facts import AnyFact
from complaints.case.record.links import CaseContents
from complaints.case.upcasters import UPCASTERS, upcast
from complaints.case.workflow.safety import Danger
from complaints.values.field_types import Assessment, Remedy
from tests.builders import ACKNOWLEDGE, RESPOND, a_complaint

STORED = Path(__file__).with_name("entries")
OLDER = sorted((STORED / "older").glob("*.json"))
FACTS: tuple[type[Fact], ...] = get_args(AnyFact)
SHAPES: tuple[type[msgspec.Struct], ...] = (*FACTS, Clock, Rung, Remedy, Assessment, CaseContents, Danger)


def file_of(fact: type[Fact]) -> Path:
    return STORED / f"{re.sub(r'(?<!^)(?=[A-Z])', '_', fact.__name__).lower()}.json"


@pytest.mark.parametrize("fact", FACTS)
def test_an_entry_stored_with_each_fact_still_decodes_to_the_same_bytes(fact: type[Fact]) -> None:
    """A field that was renamed, dropped, or is written differently shows here."""
    assert file_of(fact).exists(), f"store an entry with {fact.__name__}: see entries/README.md"
    data = file_of(fact).read_bytes()
    entry = hash_chain.decode(data)
    assert any(isinstance(stored, fact) for stored in entry.facts)
    assert hash_chain.encode(entry) == data


@pytest.mark.parametrize("path", OLDER, ids=lambda path: path.stem)
def test_an_entry_of_an_older_shape_is_told_as_it_would_be_stored_today(path: Path) -> None:
    """Its bytes stay what was hashed; its clocks, once named by their ids alone, are found by their keys."""
    data = path.read_bytes()
    assert hash_chain.encode(hash_chain.decode(data)) == data
    complaint = a_complaint().received().build()
    body: list[Any] = [upcast(fact, complaint) for fact in json.loads(data)["facts"]]
    named = {fact.clock for fact in body if type(fact).__name__ in UPCASTERS}
    assert named <= {ACKNOWLEDGE, RESPOND}


def test_an_older_entry_is_kept_of_each_fact_that_changed_its_shape() -> None:
    older = {fact["fact"] for path in OLDER for fact in json.loads(path.read_bytes())["facts"]}
    assert older >= UPCASTERS.keys()


def test_every_fact_of_a_case_may_stand_in_its_chain() -> None:
    """Settings and records of the management system have chains, and facts, of their own."""
    others = ("complaints.settings.", "complaints.management.")
    assert set(FACTS) == {kind for kind in Fact.__subclasses__() if not kind.__module__.startswith(others)}


def test_each_fact_says_what_it_changes() -> None:
    assert [kind for kind in FACTS if kind.apply is Fact.apply] == []


def test_what_an_entry_leaves_out_means_what_it_always_meant() -> None:
    """A default is not written: whoever changes one changes what was stored."""
    found = {
        f"{kind.__name__}.{field.name}": field.default
        for kind in SHAPES
        for field in msgspec.structs.fields(kind)
        if field.default not in (None, (), msgspec.NODEFAULT)
    }
    expected: dict[str, Any] = {
        "ContactPlanned.tell": False,
        "Received.channel": "web",
        "Received.feedback": "complaint",
        "Received.danger": False,
        "Received.sealed": False,
        "DetailsCorrected.sealed": False,
        "RepresentationRecorded.sealed": False,
        "DecisionProposed.needs_approval": False,
        "Withdrawn.keeps_redress": False,
        "LetterSent.doubtful": False,
        "LetterSent.digest": "",
        "LetterSent.recipient": "",
        "Imported.is_quiet": True,
        "Absorbed.is_vulnerable": False,
        "Absorbed.has_needs": False,
        "CaseContents.messages": 0,
        "CaseContents.letters": 0,
        "CaseContents.attachments": 0,
        "Classified.untagged": False,
        "Clock.run": 1,
        "Clock.may_pause": False,
        "Clock.missed": False,
        "Clock.zone_data": "",
        "DueBroughtForward.zone_data": "",
        "Rung.raised": False,
        "AttachmentOffered.internal": False,
        "TaskAssigned.outside": False,
        "MessageSent.has_file": False,
        "Linked.repeats": False,
        "TaskReassigned.outside": False,
        "Erased.files": 0,
        "DataRemovalRequested.again": False,
    }
    assert found == expected
