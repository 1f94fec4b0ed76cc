"""Quality samples: drawn so that anybody can draw them again, marked by others, told by team only."""

from datetime import date

import pytest
from msgspec.structs import replace

from complaints.management.evaluation.samples import (
    CaseTeam,
    ConcludeSample,
    DrawSample,
    Ended,
    MarkCase,
    Sample,
    SampleMark,
    remarks,
    results,
)
from complaints.management.record import RecordKind
from complaints.reporting.random_sample import drawn
from complaints.values.errors import AlreadySo, Forbidden, Invalid, NotNow
from complaints.values.text.case_reference import written
from tests.complaints.management.evaluation_records import AUDREY, GRACE, QUINN, REX, Kept

CASES = [written(f"{number:010d}") for number in range(30)]
ENDED = [
    Ended(case, CaseTeam.REVIEW if place < 5 else CaseTeam.FRONT_LINE) for place, case in enumerate(CASES)
]
SINCE, UNTIL = date(2026, 2, 1), date(2026, 2, 28)


def a_sample(size: int = 10) -> Kept:
    kept = Kept(RecordKind.SAMPLE)
    kept.do(DrawSample(since=SINCE, until=UNTIL, size=size), gathered=ENDED)
    return kept


def content(kept: Kept) -> Sample:
    assert isinstance(kept.record.content, Sample)
    return kept.record.content


def marking(case: str, mark: int = 4, note: str | None = None) -> MarkCase:
    return MarkCase(case=case, tone=mark, completeness=mark, fairness=5, time=1, note=note)


def marks(team: CaseTeam, count: int) -> list[SampleMark]:
    return [SampleMark(team=team, tone=4, completeness=3, fairness=5, time=1 + n % 2) for n in range(count)]


def test_what_is_drawn_can_be_drawn_again_by_the_seed_that_is_on_record() -> None:
    sample = content(a_sample())
    assert (sample.seed, sample.population) == ("demo.spring", 30)
    assert tuple(each.case for each in sample.cases) == drawn("demo.spring", CASES, 10)
    assert {each.case: each.team for each in sample.cases}.items() <= dict(ENDED).items()


@pytest.mark.iso10002("8.5 auditing: marks")
def test_a_case_is_marked_once_by_somebody_who_had_no_part_in_it() -> None:
    kept = a_sample()
    case = content(kept).cases[0].case
    with pytest.raises(Invalid) as refused:
        kept.do(marking(case), by=GRACE, gathered={"grace"})
    assert [(each.pointer, each.code) for each in refused.value.errors] == [("/case", "own-case")]
    with pytest.raises(Invalid):
        kept.do(marking(case), by=QUINN, gathered={"grace"}, accounts={"quinn", "grace"})
    kept.do(marking(case.lower().replace("-", " ")), by=GRACE, gathered={"rex"})
    assert content(kept).cases[0].marked_by == "grace"
    with pytest.raises(AlreadySo):
        kept.do(marking(case), by=REX)
    with pytest.raises(Invalid):
        kept.do(marking(written("9999999999")), by=REX)


def test_marks_stand_in_no_order_and_beside_no_case_or_person() -> None:
    kept = a_sample()
    for case, mark in zip(content(kept).waiting[:3], (5, 1, 3), strict=True):
        kept.do(marking(case, mark, note=f"It was worth {mark}."), by=GRACE)
    assert [each.tone for each in content(kept).marks if each.team is CaseTeam.FRONT_LINE] == sorted(
        each.tone for each in content(kept).marks if each.team is CaseTeam.FRONT_LINE
    )
    assert not {"case", "marked_by", "by"} & set(SampleMark.__struct_fields__)


def test_who_audits_marks_nothing_and_what_is_marked_is_done() -> None:
    kept = a_sample(1)
    with pytest.raises(Forbidden):
        kept.do(marking(content(kept).waiting[0]), by=AUDREY)
    kept.do(marking(content(kept).waiting[0]), by=REX)
    with pytest.raises(NotNow):
        kept.do(marking(content(kept).cases[0].case), by=QUINN)
    assert content(kept).waiting == ()
    kept.do(ConcludeSample(conclusion="The tone is good."))


@pytest.mark.parametrize("ends", [date(2026, 1, 31), date(2026, 3, 3), date(2028, 1, 1)])
def test_a_period_that_cannot_be_is_refused(ends: date) -> None:
    with pytest.raises(Invalid) as refused:
        Kept(RecordKind.SAMPLE).do(DrawSample(since=date(2026, 2, 1), until=ends, size=1), gathered=ENDED)
    assert {each.pointer for each in refused.value.errors} == {"/until"}


def test_of_a_period_in_which_no_case_ended_nothing_is_drawn() -> None:
    with pytest.raises(Invalid) as refused:
        Kept(RecordKind.SAMPLE).do(DrawSample(since=SINCE, until=UNTIL, size=1), gathered=())
    assert [each.code for each in refused.value.errors] == ["nothing-in-period"]


def test_there_is_no_mean_of_fewer_than_five() -> None:
    (few,) = results(marks(CaseTeam.FRONT_LINE, 4))
    assert (few.marked, few.means, few.spread) == (4, {}, {})
    (enough,) = results(marks(CaseTeam.FRONT_LINE, 5))
    assert enough.means == {"tone": "4.0", "completeness": "3.0", "fairness": "5.0", "time": "1.4"}
    assert enough.spread["time"] == (3, 2, 0, 0, 0)


def test_no_remark_is_told_of_fewer_than_five() -> None:
    said = [replace(each, note=f"Kind {n}.") for n, each in enumerate(marks(CaseTeam.FRONT_LINE, 5))]
    assert remarks(said[:4]) == []
    assert remarks(said[:4] + marks(CaseTeam.REVIEW, 1)) == ["Kind 0.", "Kind 1.", "Kind 2.", "Kind 3."]


def test_no_team_is_told_where_the_difference_would_tell_a_small_one() -> None:
    front, review = marks(CaseTeam.FRONT_LINE, 8), marks(CaseTeam.REVIEW, 4)
    assert [each.team for each in results(front + review)] == [None]
    assert [each.team for each in results(front + marks(CaseTeam.REVIEW, 5))] == [None, *CaseTeam]
