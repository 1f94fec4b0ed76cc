"""Nobody becomes a member under a name that a person takes for another member's."""

import pytest

from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Member, Role
from tests.settings_stores import OPERATOR, SAM, Organisation, change_member


@pytest.fixture
def organisation() -> Organisation:
    """Sam administers it; Xanthe and Bo are members."""
    organisation = Organisation()
    organisation.does(change_member(Role.ADMIN, name="sam"), "sam", OPERATOR)
    for name in ("Xanthe", "Bo"):
        organisation.does(change_member(Role.AGENT, name=name), name, OPERATOR)
    return organisation


@pytest.mark.parametrize(
    "name",
    ["xanthe", "\u0425anthe", "X\u0430nthe", "\u03a7anthe", "\u0412\u043e", "\u0392\u03bf"],
    ids=["capital", "Cyrillic X", "Cyrillic a", "Greek X", "all Cyrillic", "all Greek"],
)
def test_a_name_that_looks_like_a_members_is_refused(organisation: Organisation, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        organisation.does(change_member(Role.AGENT, name="Xanthe"), name, SAM)
    assert refused.value.errors == (Wrong("/id", "too-alike"),)


@pytest.mark.parametrize(
    "name", ["Xanthi", "\u0414\u0435\u043d\u0438\u0437", "\u0394\u03ad\u03c3\u03c0\u03c9"]
)
def test_other_names_in_any_alphabet_are_taken(organisation: Organisation, name: str) -> None:
    added = organisation.does(change_member(Role.AGENT, name=name), name, SAM)
    assert isinstance(added.record, Member)
    assert (added.record.name, added.record.roles) == (name, (Role.AGENT,))


def test_who_is_a_member_under_such_a_name_already_is_changed_as_before(organisation: Organisation) -> None:
    organisation.does(change_member(Role.AGENT, name="Xanthe"), "\u0425anthe", OPERATOR)
    changed = organisation.does(change_member(Role.REVIEWER, name="Xanthe"), "\u0425anthe", SAM)
    assert isinstance(changed.record, Member)
    assert changed.record.roles == (Role.REVIEWER,)
