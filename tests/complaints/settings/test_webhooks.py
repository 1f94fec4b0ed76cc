"""The webhook of a site as a setting: where it may go, and whose secret signs it."""

import pytest

from complaints.settings.commands import RotateSecret
from complaints.settings.rules import allowed
from complaints.site.site import SiteRecord
from complaints.values.errors import Invalid, Wrong
from tests.builders import DEMO, MONDAY
from tests.settings_stores import OPERATOR, SAM, Settled, change_site

ADDRESS = "https://shop.example/hooks"
ROTATE = RotateSecret(reason="It stood in a log.")


def record(settled: Settled) -> SiteRecord:
    found = settled.settings_store.load(ROTATE.kind, DEMO.key).record
    assert isinstance(found, SiteRecord)
    return found


def test_an_address_that_is_none_is_refused_and_pointed_at() -> None:
    with pytest.raises(Invalid) as refused:
        Settled().does(change_site(webhook="https://ada:secret@shop.example/"))
    assert refused.value.errors == (Wrong("/webhook", "not-a-webhook"),)


def test_a_secret_changes_by_a_rotation_alone_and_no_other_change_takes_it_back() -> None:
    settled = Settled()
    settled.does(change_site(webhook=ADDRESS))
    assert (record(settled).webhook_secret, record(settled).webhook_rotated) == (1, None)
    settled.does(ROTATE)
    settled.does(change_site(webhook=f"{ADDRESS}/new"))
    assert (record(settled).webhook_secret, record(settled).webhook_rotated) == (2, MONDAY)


def test_who_has_no_webhook_is_offered_no_other_secret_for_it() -> None:
    settled = Settled()
    before = settled.settings_store.load(ROTATE.kind, DEMO.key)
    after = settled.does(change_site(webhook=ADDRESS))
    both = ("change", "put_checklist")
    assert [allowed(each, SAM) for each in (before, after)] == [both, (*both, "rotate")]


def test_the_file_of_the_operator_leaves_the_secret_as_it_is() -> None:
    settled = Settled()
    settled.does(ROTATE)
    number = settled.settings_store.load(ROTATE.kind, DEMO.key).number
    settled.enrolment.site(DEMO, settled.context(OPERATOR), "As before.")
    assert record(settled).webhook_secret == 2
    assert settled.settings_store.load(ROTATE.kind, DEMO.key).number == number
