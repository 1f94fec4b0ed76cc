"""Details that staff add or put right: what holds from then on, and what is refused."""

from typing import Any

import pytest

from complaints.case.process.receipt import Received
from complaints.casework.record.details import CorrectDetails, told_in_force
from complaints.casework.record.redaction import Redact
from complaints.handling import verify_chain
from complaints.handling.lifecycle import decide
from complaints.values.errors import Invalid
from complaints.values.own_fields import FieldChoice, FieldType, OwnField, stored
from tests.builders import ADA, RUTH, TUESDAY, Story, a_complaint

FIELDS = (
    OwnField(code="serial", type=FieldType.TEXT, labels={"en": "Serial number"}),
    OwnField(
        code="size",
        type=FieldType.CHOICE,
        labels={"en": "Size"},
        choices=(FieldChoice(code="large", labels={"en": "Large one"}),),
    ),
)
WHY = "She read it out on the telephone."


def received(**fields: Any) -> Story:
    return a_complaint(fields=FIELDS).received(**fields)


def corrected(story: Story, **fields: Any) -> Story:
    return story.does(ADA, CorrectDetails(**{"reason": WHY} | fields), TUESDAY)


def in_force(story: Story) -> Received:
    receipt = told_in_force(story.numbered_facts, story.build())
    assert receipt is not None
    return receipt


def test_what_is_added_or_put_right_holds_and_the_rest_stays() -> None:
    story = received(taken_elsewhere="The ombudsman", own_fields=stored({"serial": "1", "size": "large"}))
    corrected(story, earlier_reference="AB-12", fields={"serial": "4711"})
    receipt = in_force(story)
    assert (receipt.earlier_reference, receipt.taken_elsewhere) == ("AB-12", "The ombudsman")
    assert receipt.own_fields == stored({"serial": "4711", "size": "large"})
    corrected(story, earlier_reference="AB-13")
    assert in_force(story).earlier_reference == "AB-13"
    assert in_force(story).own_fields == stored({"serial": "4711", "size": "large"})


@pytest.mark.parametrize("name", ["earlier_reference", "taken_elsewhere"])
def test_what_no_longer_holds_is_removed_and_may_be_told_anew(name: str) -> None:
    story = corrected(received(**{name: "AB-12"}), remove=name)
    assert getattr(in_force(story), name) is None
    assert getattr(in_force(corrected(story, **{name: "CD-34"})), name) == "CD-34"


def test_an_answer_that_no_longer_holds_is_removed() -> None:
    story = corrected(received(own_fields=stored({"serial": "1"})), remove="fields.serial")
    assert in_force(story).own_fields is None


def test_details_are_private_and_the_state_names_their_entries() -> None:
    story = corrected(received(), earlier_reference="zebra", fields={"serial": "quagga"})
    assert story.build().details.numbers == {1, 2}
    chain = story.cases.entries(story.reference)[1].data
    assert b"zebra" not in chain
    assert b"quagga" not in chain


def test_redaction_removes_them_and_the_chain_still_verifies() -> None:
    story = corrected(received(), earlier_reference="zebra", fields={"serial": "quagga"})
    story.does(RUTH, Redact(message=2, reason="It is of somebody else."))
    receipt = in_force(story)
    assert (receipt.earlier_reference, receipt.own_fields) == ("", None)
    assert list(verify_chain.flaws(story.build(), story.cases.entries(story.reference))) == []


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({}, [""]),
        ({"fields": {"serial": " "}}, [""]),
        ({"fields": {"colour": "red", "size": "huge"}}, ["/fields/colour", "/fields/size"]),
        ({"remove": "description"}, ["/remove"]),
        ({"remove": "fields.colour"}, ["/remove"]),
        ({"remove": "fields.serial", "fields": {"serial": "2"}}, ["/remove"]),
        ({"remove": "taken_elsewhere", "taken_elsewhere": "A court"}, ["/remove"]),
    ],
)
def test_every_wrong_value_is_named_at_once(fields: dict[str, Any], at: list[str]) -> None:
    story = received()
    command = CorrectDetails(reason=WHY, **fields)
    with pytest.raises(Invalid) as refused:
        decide(story.build(), command, story.context())
    assert sorted(each.pointer for each in refused.value.errors) == at
