"""Themes: several cases, one cause."""

import msgspec
import pytest

from complaints.management.improvement.themes import (
    ChangeTheme,
    CloseTheme,
    DecideTheme,
    InvestigateTheme,
    LinkCases,
    OpenTheme,
    ReopenTheme,
    TellAffected,
    Theme,
    ThemeState,
    UnlinkCases,
)
from complaints.management.record import ManagementRecord, RecordCommand, RecordKind
from complaints.reporting.trends.watch import Dimension, Series
from complaints.values.errors import Forbidden, Invalid, NotNow
from tests.builders import ADA
from tests.complaints.management.improvement.builders import TODAY, a_theme, after, begun, context

FIRST, SECOND = "C-7K3M9-QX2HT-7", "C-2ABCD-EFGHJ-R"


def theme_after(*commands: RecordCommand, record: ManagementRecord | None = None) -> Theme:
    content = after(record or a_theme(), *commands).content
    assert isinstance(content, Theme)
    return content


@pytest.mark.iso10002("8.2 analysis and evaluation: theme")
def test_a_theme_goes_from_its_cases_to_a_decision_and_its_result() -> None:
    found = theme_after(
        LinkCases(cases=("c 7k3m9 qx2ht 7", SECOND)),
        InvestigateTheme(investigation="The carrier leaves parcels in one depot.", cause="supplier"),
        TellAffected(affected="All customers of the islands, told by mail", affected_number=1200),
        DecideTheme(decision="Another carrier for the islands"),
        CloseTheme(result="Two complaints a month became none"),
    )
    assert found.cases == (FIRST, SECOND)
    assert (found.cause, found.affected_number, found.state) == ("supplier", 1200, ThemeState.CLOSED)
    assert found.series == (Series(Dimension.CAUSE, "supplier"),)


def test_a_case_is_linked_once_and_can_be_taken_out() -> None:
    linked = (LinkCases(cases=(FIRST,)), LinkCases(cases=(SECOND, FIRST)))
    assert theme_after(*linked).cases == (FIRST, SECOND)
    assert theme_after(*linked, UnlinkCases(cases=(FIRST,))).cases == (SECOND,)


def test_what_is_no_reference_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        theme_after(LinkCases(cases=(FIRST, "C-7K3M9-QX2HT-8", "hello")))
    assert [each.pointer for each in refused.value.errors] == ["/cases/1", "/cases/2"]


def test_it_is_closed_once_it_is_decided_and_can_be_opened_again() -> None:
    with pytest.raises(NotNow):
        theme_after(CloseTheme(result="Fine"))
    closed = after(a_theme(), DecideTheme(decision="Wait"), CloseTheme(result="Gone"))
    with pytest.raises(NotNow):
        theme_after(LinkCases(cases=(FIRST,)), record=closed)
    assert theme_after(record=closed).closed == TODAY
    reopened = theme_after(ReopenTheme(), record=closed)
    assert (reopened.state, reopened.closed) == (ThemeState.OPEN, None)


def test_its_owner_and_its_codes_are_those_of_the_site() -> None:
    wrong = {"owner": "audrey", "category": "no.such", "cause": "none.such", "product": "lamps"}
    for kind in (OpenTheme, ChangeTheme):
        command = msgspec.convert({"title": "Lamps"} | wrong, kind)
        record = begun(RecordKind.THEME) if isinstance(command, OpenTheme) else a_theme()
        with pytest.raises(Invalid) as refused:
            after(record, command)
        assert {each.pointer for each in refused.value.errors} == {f"/{field}" for field in wrong}
    with pytest.raises(Invalid):
        theme_after(InvestigateTheme(investigation="Found", cause="none.such"))


def test_who_works_on_cases_opens_and_links_and_decides_nothing() -> None:
    opened = after(begun(RecordKind.THEME), OpenTheme(title="Late", owner="ruth"), given=context(ADA))
    assert after(opened, LinkCases(cases=(FIRST,)), given=context(ADA)).content != opened.content
    with pytest.raises(Forbidden):
        after(opened, DecideTheme(decision="Wait"), given=context(ADA))


def test_without_a_code_nothing_is_counted_for_it() -> None:
    assert theme_after().series == ()
    changed = ChangeTheme(title="Late", owner="ruth", category="delivery.late", cause="supplier")
    assert theme_after(changed).series == (
        Series(Dimension.CATEGORY, "delivery.late"),
        Series(Dimension.CAUSE, "supplier"),
    )
