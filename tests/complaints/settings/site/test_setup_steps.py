"""The steps that set a site up are read off its settings."""

import pytest

from complaints.case.correspondence.letterhead import Letterhead
from complaints.settings.changes import (
    SettingCommand,
)
from complaints.settings.commands import (
    ChangeCodes,
    ChangePacks,
    ChangeTexts,
    CodePut,
)
from complaints.settings.member_commands import WithdrawInvitation
from complaints.settings.site.setup_steps import Step, setup_steps
from complaints.values.codes import CodeList
from complaints.values.people import Role
from tests.builders import DEMO
from tests.complaints.settings.members.test_invitations import invited
from tests.settings_stores import OPERATOR, Organisation, change_site

WHY = "It was agreed."


def new_site() -> Organisation:
    """A site as it is added: nothing of it was changed yet."""
    organisation = Organisation()
    organisation.does(change_site(contact=None, windows=None), by=OPERATOR)
    return organisation


def done(organisation: Organisation, *, has_complaint: bool = False) -> set[Step]:
    steps = setup_steps(DEMO.key, organisation.settings_store.all(), has_complaint=has_complaint)
    assert [each.step for each in steps] == list(Step)
    return {each.step for each in steps if each.is_done}


def test_nothing_is_done_at_a_new_site() -> None:
    assert done(new_site()) == set()


LOCKER = CodePut(list=CodeList.CATEGORIES, code="delivery.locker", labels={"en": "Locker", "tr": "Dolap"})
CHANGES: dict[Step, SettingCommand] = {
    Step.ORGANISATION: change_site(contact="1 Rain Street", windows=None),
    Step.HOURS: change_site(contact=None, windows={"mon": (("09:00", "17:00"),)}),
    Step.PROMISES: ChangePacks(packs=("another",), reason=WHY),
    Step.CATEGORIES: ChangeCodes(put=(LOCKER,), reason=WHY),
    Step.WORDS: ChangeTexts(introduction={"en": "We are sorry.", "tr": "Üzgünüz."}, reason=WHY),
    Step.LOOK: ChangeTexts(letterhead=Letterhead(contact="https://shop.example/contact"), reason=WHY),
}


@pytest.mark.parametrize("step", CHANGES)
@pytest.mark.iso10002("6.1 planning in general: steps")
def test_a_step_is_done_when_its_setting_says_something_of_its_own(step: Step) -> None:
    organisation = new_site()
    organisation.does(CHANGES[step], by=OPERATOR)
    assert done(organisation) == {step}


def test_a_team_has_two_people_and_a_site_a_complaint_to_try_it() -> None:
    organisation = new_site()
    organisation.has("ruth", Role.REVIEWER)
    assert done(organisation, has_complaint=True) == {Step.TEAM, Step.TEST}


def test_a_colleague_who_is_invited_makes_a_team_until_the_invitation_is_withdrawn() -> None:
    organisation = new_site()
    invited(organisation, by=OPERATOR)
    assert done(organisation) == {Step.TEAM}
    organisation.does(WithdrawInvitation(reason=WHY), "i-1", by=OPERATOR)
    assert done(organisation) == set()
