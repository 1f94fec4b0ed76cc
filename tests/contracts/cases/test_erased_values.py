"""What every store of cases promises of an erasure: no private value is left, a sealed identity neither."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.adapters.stores.cases.erasures import DynamoErasures
from complaints.adapters.stores.settings.sites import terms_of
from complaints.context.ports import Cases
from complaints.handling.service import Submission
from complaints.values.codes import Code, Codes
from complaints.values.people import COMPLAINANT
from tests.builders import DEMO, context, receive, told
from tests.contracts.writes import Recorder, casework, following
from tests.fakes import FakeCases

SEALED = "conduct.unequal_treatment"


class Store(NamedTuple):
    """The store of cases, and how the erasing function removes what is private of one."""

    cases: Cases
    remove_private: Callable[[str], None]


@pytest.fixture(params=["fake", "dynamo"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "fake":
        fake = FakeCases()
        return Store(fake, fake.remove_private)
    request.getfixturevalue("table")
    return Store(DynamoCases(), DynamoErasures().remove_private)


def private(store: Store, reference: str) -> list[str]:
    """All private values of a case, with those of a sealed identity."""
    entries = store.cases.entries(reference, with_identity=True)
    return [value for entry in entries for _, value in entry.private.values()]


@pytest.mark.parametrize("is_sealed", [True, False])
def test_nothing_private_is_left_of_a_case_and_all_of_another(store: Store, is_sealed: bool) -> None:
    codes = Codes(categories=(Code(code=SEALED, sealed=is_sealed, state="retired"),))
    terms = told(terms_of(replace(DEMO, codes=codes)))
    references = []
    for key in ("erased", "other"):
        recorder = Recorder()
        submission = Submission(site="demo", key=key, body="b")
        received = casework(recorder).receive(
            receive(category=SEALED), context(COMPLAINANT, terms=terms), submission
        )
        store.cases.write(recorder.writings[0])
        store.cases.write(following(received.case))
        references.append(received.case.complaint.reference)
    erased, other = references
    assert "Ngozi Okafor" in private(store, erased)
    store.remove_private(erased)
    store.remove_private(erased)
    assert private(store, erased) == []
    assert {"Ngozi Okafor", "Rang the courier."} <= set(private(store, other))
