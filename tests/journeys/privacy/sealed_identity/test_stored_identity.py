"""Where a sealed identity is stored: encrypted, and gone when the case is erased."""

from datetime import timedelta

from complaints.adapters.dynamodb.key_schema import identity_pk
from complaints.adapters.dynamodb.models import Item
from infrastructure.local import engine
from tests.journeys.privacy.sealed_identity.sealed_case import SEALED
from tests.journeys.steps import (
    Complaint,
    Staff,
    clock,
    complain,
    go_to,
    new_word,
    settle,
)
from tests.local_run import TABLE, LocalRun
from tests.stored.stored_bytes import compact, encodings_of
from tests.stored.stored_items import looking_into


def kept(run: LocalRun, complaint: Complaint) -> set[str]:
    """The sort keys of what is sealed of a case."""
    run.stop()
    try:
        with engine.running(run.data / "cases.db") as endpoint, looking_into(endpoint, TABLE):
            return {item.sk for item in Item.query(identity_pk(complaint.reference), consistent_read=True)}
    finally:
        run.start()


def test_the_table_holds_it_nowhere_in_plain_and_an_erasure_removes_it(run: LocalRun) -> None:
    word = new_word()
    person = {"name": f"Ada {word}", "email": f"{word}@example.org"}
    sealed, other = complain(run, category=SEALED, complainant=person), complain(run, subject=f"A {word}x")
    settle(run)
    run.stop()
    compact(run.data / "cases.db")
    stored = (run.data / "cases.db").read_bytes()
    run.start()
    assert any(each in stored for each in encodings_of(other.reference)), "what is there is found"
    assert not any(each in stored for each in encodings_of(word)), "in the subject of another case neither"
    assert kept(run, sealed) == {"entry#000001", "letter#000001.1"}
    sealed.say("withdrawal", {"reason": "It is all right."})
    Staff(run, "Paula", "privacy").does(sealed, "erase", {"ground": "not_needed"})
    go_to(run, clock(run) + timedelta(hours=26))
    settle(run)
    assert kept(run, sealed) == set()
    audit = Staff(run, "Paula", "privacy").call("GET", f"/complaints/{sealed.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])
    assert other.view()["subject"] == f"A {word}x"
