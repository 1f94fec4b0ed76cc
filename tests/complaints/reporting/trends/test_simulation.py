"""The tables of `docs/trends.md`: what they state is what the rule does."""

import pytest

from infrastructure.trends.page import BEGIN, END, PAGE, RUNS, Cell, cells, stated, written

CELLS = tuple(cells())
STATED = stated(PAGE.read_text("utf-8"))
PROMISED = 0.05
"""The chance of a false alarm that the page promises, at most."""

FEW_RUNS = 25
"""Of the same seeds as the first of the table. So few find a rule that became another one."""


def test_every_number_is_stated() -> None:
    assert {(each.table, each.row, each.column) for each in CELLS} == STATED.keys()


@pytest.mark.iso10002("8.2 analysis and evaluation: trends")
def test_no_stated_rate_of_false_alarms_is_above_what_is_promised() -> None:
    for (table, row, column), share in STATED.items():
        if table == "false alarms" and "by the year" not in row[0]:
            assert share <= PROMISED, (row, column)


def test_rises_that_matter_are_found() -> None:
    assert STATED["power", ("8", "0"), "3 times as many"] > 0.7
    assert STATED["power", ("20", "0.05"), "5 times as many"] > 0.9


@pytest.mark.parametrize("cell", CELLS[::4], ids=lambda cell: f"{cell.table}-{cell.row}-{cell.column}")
def test_a_part_of_the_simulation_agrees_with_what_is_stated(cell: Cell) -> None:
    """Within four standard errors; the seeds are fixed, so it does not depend on luck."""
    share = STATED[cell.table, cell.row, cell.column]
    found = cell.simulate(range(FEW_RUNS)) / FEW_RUNS
    error = max(share * (1 - share), 0.5 / FEW_RUNS) / FEW_RUNS
    assert abs(found - share) <= 4 * error**0.5


@pytest.mark.soak
def test_the_page_is_what_the_simulation_writes() -> None:
    text = PAGE.read_text("utf-8")
    assert written(text, RUNS) == text, "`make trends` writes it anew"


def test_each_table_is_written_once_also_where_none_stood() -> None:
    empty = f"One.\n\nTwo.\n\n{BEGIN}\n\n{END}\n\nThree.\n"
    page = written(empty, runs=1)
    assert [page.count(head) for head in ("| months vary", "| complaints a month before")] == [1, 1]
    assert (page.partition(BEGIN)[0], page.partition(END)[2]) == ("One.\n\nTwo.\n\n", "\n\nThree.\n")
    text = PAGE.read_text("utf-8")
    assert text.count("| months vary") == 1
