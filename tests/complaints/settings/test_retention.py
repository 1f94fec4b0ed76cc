"""Retention rules as a setting: a mistake can be taken back, however often the rules were changed before."""

from datetime import timedelta

import pytest

from complaints.settings.commands import PutRetention
from complaints.settings.validation import MOST_FORMER
from complaints.site.site import SiteRecord
from complaints.values.casework.retention import CountedFrom, KeptData, RetentionBasis
from complaints.values.errors import Invalid, Wrong
from tests.builders import DEMO, MONDAY
from tests.settings_stores import Organisation


def put(organisation: Organisation, months: int | None, day: int = 0) -> SiteRecord:
    """The rule of all cases is set on a day, or removed."""
    rule = PutRetention(
        data=KeptData.CASE,
        months=months,
        counted_from=CountedFrom.CLOSING,
        basis=RetentionBasis.LAW,
        source="Commercial Code",
        reason="It was agreed.",
    )
    setting = organisation.settings_store.load(rule.kind, DEMO.key)
    context = organisation.context(now=MONDAY + timedelta(days=day))
    record = organisation.settings_service.carry_out(setting, rule, context).record
    assert isinstance(record, SiteRecord)
    return record


def test_rules_that_change_often_on_one_day_are_put_back() -> None:
    organisation = Organisation()
    for months in range(1, MOST_FORMER + 2):
        put(organisation, months)
    record = put(organisation, None)
    assert record.retention == ()
    assert [each.rules for each in record.former_retention] == [()]


def test_rules_that_still_hold_are_put_back_on_whichever_day_and_no_others() -> None:
    organisation = Organisation()
    for day in range(MOST_FORMER):
        put(organisation, 100 - day, day)
    day = MOST_FORMER
    with pytest.raises(Invalid) as refused:
        put(organisation, 1, day)
    assert refused.value.errors == (Wrong("/months", "too-many", MOST_FORMER),)
    for months in (102 - MOST_FORMER, 103 - MOST_FORMER, None):
        day += 1
        record = put(organisation, months, day)
        assert [each.months for each in record.retention] == ([months] if months else [])
        assert len(record.former_retention) <= MOST_FORMER + 1
