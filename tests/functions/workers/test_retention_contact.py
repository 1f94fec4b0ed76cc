"""The last contact of a case that ended before its head said so."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from msgspec.structs import replace

from complaints.context.stores import CaseStore
from functions.workers.retention import with_contact
from tests.builders import MONDAY, a_complaint


@dataclass(frozen=True)
class Stores:
    """Where the case is."""

    cases: CaseStore


def test_of_a_case_whose_head_says_no_contact_its_entries_tell() -> None:
    story = a_complaint().received().acknowledged().assigned().assessed().found().decided()
    story.responded().accepted().wrote("Thank you.", MONDAY + timedelta(days=20))
    at = story.build().contacted_at
    assert at
    older = replace(story.case, complaint=replace(story.build(), contacted_at=None))
    deps: Any = Stores(cast("CaseStore", story.cases))
    assert with_contact(deps, older).complaint.contacted_at == at
