"""Figures before and after a change in words."""

from pathlib import Path

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.reporting.figure import Figure
from functions.desk.reports.effect import TITLES, rows_of
from infrastructure.package.build import ROOT

CATALOGUES = Catalogues(Path(ROOT) / "templates/locale")


def test_a_figure_that_is_told_of_one_period_alone_stands_beside_fewer_than_five() -> None:
    before = [
        Figure("easy", 4, 5, mean="4.2"),
        Figure("days_to_decision", 12, None, "percentile", "50"),
        Figure("days_to_decision", 31, None, "percentile", "90"),
        Figure("refused", 2, 8),
        Figure("refused", 1, 6, "level", "1"),
    ]
    rows = {row.name: row for row in rows_of(CATALOGUES, "en", before, [Figure("refused", 1, 4)])}
    assert len(rows) == len(TITLES)
    assert rows["Easy to complain"].before == "4.2 of 5; 80% agree (5 answers)"
    assert rows["Days until the decision"].before == "12 days (median)"
    assert rows["Refused by the complainant"].before.startswith("2 of 8")
    assert {row.after for row in rows.values()} == {"fewer than five"}
