"""The yearly report: its figures tell nobody, and a second person looks before it is public."""

from datetime import date

import pytest

from complaints.management.evaluation.published_figures import PublishedFigures, published_figures
from complaints.management.evaluation.yearly_reports import (
    ApproveReport,
    PrepareReport,
    PublishReport,
    WithdrawReport,
    WriteReport,
    YearlyReport,
)
from complaints.management.record import RecordCommand, RecordKind
from complaints.management.service import allowed
from complaints.reporting.figure import Figure
from complaints.reporting.suppression import Cell
from complaints.values.errors import Forbidden, Invalid, NotNow, SecondPersonNeeded, Wrong
from complaints.values.people import Actor, Role
from tests.builders import DEMO
from tests.complaints.management.evaluation_records import AUDREY, GRACE, QUINN, REX, Kept

ADA = Actor("staff", "ada", (Role.ADMIN,))
YEAR = PrepareReport(since=date(2025, 1, 1), until=date(2025, 12, 31))
WORDS = dict.fromkeys(DEMO.languages, "Parcels came late, so a second carrier was named.")
WRITTEN = WriteReport(learned=WORDS, changed=WORDS)
FIGURES = published_figures({"volume": [Figure("received", 41)]})
NAMING = (
    "Write to ada@example.org.",
    "See C-7K3M9-QX2HT-7.",
    "Call +90 212 555 01 02.",
    "Call +90 (212) 555-01-02.",
    "Call +4930123456.",
    "Call 0212 555 01 02.",
    "Call (0212) 555 01 02.",
    "Call 030/1234567.",
    "Since 2025 0212 555 01 02 is answered day and night.",
    "On 2026-01-31 we began to answer 0532 123 45 67.",
    "In 2024/2025: 00441632960961.",
    "Call 532 123 45 67.",
    "Call 532-123-45-67, day and night.",
    "Call (212) 555-0142.",
    "Call 212.555.0142.",
    "Call (612) 345 678.",
    "Call 532 1234567 or write.",
    "Call 5321234567.",
    "Appelez le 6 12 34 56 78.",
)
ORDINARY = (
    "In 2024/2025 we hired two.",
    "From 2024 - 2025 it fell.",
    "Since 2024-25 it fell.",
    "On 2026-01-31 it was settled.",
    "From 2026-01-01 to 2026-12-31, from 2026-01-01/2026-12-31.",
    "From 01/01/2025-31/12/2025 it fell, from 01.01.2025 - 05.12.2025 too.",
    "It fell (2025-2026).",
    "It cost 12 000 000 EUR.",
    "It cost 12 050 000 000 EUR, or 1,050,000,000 or 1.050.000.000.",
    "Of 1200 500 were late, and 0 of 2000.",
    "It rose by +12 000 000, or 0.123456789 of all.",
    "It cost 12 345 678.90 EUR, of 123 456 789.",
    "In 2024 2025 2026 it fell.",
    "Of 41 in 2026 3 were late, 12-15 a month, 1 200 in all.",
    "Parcels 1500000, and 1 in 100000000.",
)


def a_report(*commands: RecordCommand) -> Kept:
    kept = Kept(RecordKind.YEARLY_REPORT, "2025")
    kept.do(YEAR, gathered=FIGURES)
    for command in commands:
        kept.do(command, by=REX if isinstance(command, ApproveReport) else QUINN)
    return kept


def content(kept: Kept) -> YearlyReport:
    assert isinstance(kept.record.content, YearlyReport)
    return kept.record.content


def tables(figures: PublishedFigures) -> dict[str, dict[str, Cell]]:
    return {each.name: {cell.value: cell for cell in each.cells} for each in figures.tables}


def test_it_is_published_once_a_second_person_approved_it() -> None:
    kept = a_report(WRITTEN)
    assert allowed(kept.record, QUINN) == ("prepare", "write", "approve")
    with pytest.raises(NotNow):
        kept.do(PublishReport())
    with pytest.raises(SecondPersonNeeded):
        kept.do(ApproveReport(), by=QUINN)
    with pytest.raises(SecondPersonNeeded):
        kept.do(ApproveReport(), by=REX, accounts={"rex", "quinn"})
    kept.do(ApproveReport(), by=REX)
    kept.do(PublishReport())
    edition = content(kept).published
    assert edition
    assert (edition.number, edition.learned, edition.figures) == (1, WORDS, FIGURES)


def test_whoever_prepared_its_figures_does_not_approve_it() -> None:
    kept = a_report()
    kept.do(WRITTEN, by=ADA)
    with pytest.raises(SecondPersonNeeded):
        kept.do(ApproveReport(), by=QUINN)
    kept.do(ApproveReport(), by=REX)


@pytest.mark.parametrize(
    ("since", "until", "overlaps"),
    [
        (date(2025, 1, 1), date(2025, 11, 30), True),
        (date(2025, 12, 31), date(2026, 2, 1), True),
        (date(2024, 6, 1), date(2025, 1, 1), True),
        (date(2026, 1, 1), date(2026, 2, 1), False),
        (date(2024, 1, 1), date(2024, 12, 31), False),
    ],
)
def test_a_period_that_overlaps_another_published_one_is_not_published(
    since: date, until: date, *, overlaps: bool
) -> None:
    public = a_report(WRITTEN, ApproveReport(), PublishReport())
    kept = Kept(RecordKind.YEARLY_REPORT, "another")
    kept.do(PrepareReport(since=since, until=until), gathered=FIGURES)
    kept.do(WRITTEN)
    kept.do(ApproveReport(), by=REX)
    if overlaps:
        with pytest.raises(Invalid) as refused:
            kept.do(PublishReport(), records=(public.record, kept.record))
        assert refused.value.errors == (Wrong("/since", "overlapping-period"),)
        public.do(WithdrawReport(reason="Another period is told."))
    kept.do(PublishReport(), records=(public.record, kept.record))
    kept.do(WRITTEN)
    kept.do(ApproveReport(), by=REX)
    kept.do(PublishReport(), records=(public.record, kept.record))


def test_what_is_changed_is_approved_anew_and_replaces_the_edition() -> None:
    kept = a_report(WRITTEN, ApproveReport(), PublishReport())
    kept.do(WriteReport(learned=WORDS, changed={**WORDS, "en": "Two carriers, now."}))
    published = content(kept).published
    assert published
    assert published.changed == WORDS
    with pytest.raises(NotNow):
        kept.do(PublishReport())
    kept.do(ApproveReport(), by=REX)
    kept.do(PublishReport())
    replaced = content(kept).published
    assert replaced
    assert (replaced.number, replaced.changed["en"]) == (2, "Two carriers, now.")


def test_it_is_withdrawn_with_a_reason() -> None:
    kept = a_report(WRITTEN, ApproveReport(), PublishReport())
    kept.do(WithdrawReport(reason="A number is wrong."))
    assert content(kept).published is None
    with pytest.raises(NotNow):
        kept.do(WithdrawReport(reason="Again"))
    with pytest.raises(NotNow):
        kept.do(PublishReport())


@pytest.mark.parametrize("naming", NAMING)
def test_what_names_somebody_is_not_written(naming: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_report(WriteReport(learned=WORDS, changed={**WORDS, "en": naming}))
    assert [(each.pointer, each.code) for each in refused.value.errors] == [("/changed/en", "names-somebody")]


@pytest.mark.parametrize("ordinary", ORDINARY)
def test_dates_years_and_sums_of_money_are_no_telephone_numbers(ordinary: str) -> None:
    kept = a_report(WriteReport(learned=WORDS, changed={**WORDS, "en": ordinary}))
    assert content(kept).changed["en"] == ordinary


def test_each_language_of_the_site_has_its_words() -> None:
    with pytest.raises(Invalid) as refused:
        a_report(WriteReport(learned={}, changed=WORDS))
    assert {each.pointer for each in refused.value.errors} == {f"/learned/{tag}" for tag in DEMO.languages}


@pytest.mark.parametrize("by", [GRACE, AUDREY])
def test_neither_agents_nor_auditors_write_it(by: object) -> None:
    with pytest.raises(Forbidden):
        a_report().do(WRITTEN, by=by)  # type: ignore[arg-type]


def test_its_tables_tell_no_small_count() -> None:
    figures = published_figures(
        {
            "volume": [
                Figure("received", 41),
                Figure("received", 20, 41, "category", "delivery.late"),
                Figure("received", 18, 41, "category", "product.defective"),
                Figure("received", 3, 41, "category", "conduct.rude"),
                Figure("closed", 4),
            ],
            "timeliness": [
                Figure("decided_in_time", 39, 40),
                Figure("outcomes", 30, 40, "outcome", "upheld"),
                Figure("outcomes", 10, 40, "outcome", "not_upheld"),
                Figure("days_to_decision", 9, None, "percentile", "50"),
            ],
            "survey": [Figure("easy", 15, 20, mean="4.1"), Figure("easy", 3, 20, "mark", "4")],
        }
    )
    found = tables(figures)
    category = found["received_by_category"]
    assert category["conduct.rude"].is_few
    assert category["product.defective"].withheld
    assert category["delivery.late"].count == 20
    assert found["decided_in_time"]["rest"].is_few
    assert found["decided_in_time"]["part"].withheld
    assert {name: cell.count for name, cell in found["outcomes"].items()} == {"upheld": 30, "not_upheld": 10}
    closed = next(each for each in figures.tables if each.name == "closed")
    assert closed.total.is_few
    assert (figures.half, figures.most) == (9, None)
    assert [(each.question, each.mean, each.answers) for each in figures.means] == [("easy", "4.1", 20)]


def test_no_part_of_few_complaints_is_told() -> None:
    figures = published_figures(
        {"volume": [Figure("received", 4), Figure("received", 4, 4, "category", "delivery.late")]}
    )
    assert all(each.total.count in (None, 0) and not each.cells for each in figures.tables)
