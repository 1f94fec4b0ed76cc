"""The webhook of a site as a setting: where it may go, and whose secret signs it."""

import pytest

from complaints.settings.commands import (
    RotateSecret,
)
from complaints.settings.rules import allowed
from complaints.site.site import SiteRecord
from complaints.values.errors import Invalid, Wrong
from tests.builders import DEMO, MONDAY
from tests.settings_stores import OPERATOR, SAM, Organisation, change_site

ADDRESS = "https://shop.example/hooks"
ROTATE = RotateSecret(reason="It stood in a log.")


def record(organisation: Organisation) -> SiteRecord:
    found = organisation.settings_store.load(ROTATE.kind, DEMO.key).record
    assert isinstance(found, SiteRecord)
    return found


def test_an_address_that_is_none_is_refused_and_pointed_at() -> None:
    with pytest.raises(Invalid) as refused:
        Organisation().does(change_site(webhook="https://ada:secret@shop.example/"))
    assert refused.value.errors == (Wrong("/webhook", "not-a-webhook"),)


def test_a_secret_changes_by_a_rotation_alone_and_no_other_change_takes_it_back() -> None:
    organisation = Organisation()
    organisation.does(change_site(webhook=ADDRESS))
    assert (record(organisation).webhook_secret, record(organisation).webhook_rotated) == (1, None)
    organisation.does(ROTATE)
    organisation.does(change_site(webhook=f"{ADDRESS}/new"))
    assert (record(organisation).webhook_secret, record(organisation).webhook_rotated) == (2, MONDAY)


def test_who_has_no_webhook_is_offered_no_other_secret_for_it() -> None:
    organisation = Organisation()
    before = organisation.settings_store.load(ROTATE.kind, DEMO.key)
    after = organisation.does(change_site(webhook=ADDRESS))
    both = ("change", "put_checklist", "put_transactions", "put_retention")
    assert [allowed(each, SAM) for each in (before, after)] == [both, (*both, "rotate")]


def test_the_file_of_the_operator_leaves_the_secret_as_it_is() -> None:
    organisation = Organisation()
    organisation.does(ROTATE)
    number = organisation.settings_store.load(ROTATE.kind, DEMO.key).number
    organisation.enrolment.site(DEMO, organisation.context(OPERATOR), "As before.")
    assert record(organisation).webhook_secret == 2
    assert organisation.settings_store.load(ROTATE.kind, DEMO.key).number == number
