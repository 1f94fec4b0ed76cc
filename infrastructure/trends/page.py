"""The tables of `docs/trends.md`, and what each of their numbers is simulated from."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from infrastructure.trends.simulation import FEW, MANY, SIZES, SOME, Setting, alarms_found, false_alarms

PAGE = Path(__file__).parents[2] / "docs" / "trends.md"
BEGIN, END = "<!-- begin: make trends -->", "<!-- end: make trends -->"

RUNS = 1000
"""How many sites each number is of."""

_SIZES = {FEW: "0.3 to 6", SOME: "1 to 50", MANY: "5 to 300"}
_VARYING = {
    "as chance has it": Setting(()),
    "more, dispersion 0.05": Setting((), 0.05),
    "more, dispersion 0.2": Setting((), 0.2),
    "each fifth series more, 0.3": Setting((), 0.3, uneven=True),
    "by the year, a third up and down": Setting((), season=0.3),
    "as chance has it, five months old": Setting((), months=6),
}
_FACTORS = (2, 3, 5)
_MEANS = (0.5, 1, 3, 8, 20, 50)


class Cell(NamedTuple):
    """One number of a table: in how many sites of these runs it came so."""

    table: str
    row: tuple[str, ...]
    column: str
    simulate: Callable[[Iterable[int]], int]


def cells() -> Iterator[Cell]:
    """All that the page shows."""
    for varying, setting in _VARYING.items():
        for size, words in _SIZES.items():
            of_size = setting._replace(means=SIZES[size])
            yield Cell("false alarms", (varying,), words, partial(false_alarms, of_size))
    for dispersion in (0.0, 0.05):
        setting = Setting(SIZES[SOME], dispersion)
        for mean in _MEANS:
            for factor in _FACTORS:
                yield Cell(
                    "power",
                    (f"{mean:g}", f"{dispersion:g}"),
                    f"{factor} times as many",
                    partial(alarms_found, setting, mean, factor),
                )


def tables(runs: int = RUNS) -> str:
    """Both tables as Markdown, in percent of the runs."""
    shown = {(each.table, each.row, each.column): each.simulate(range(runs)) / runs for each in cells()}
    return "\n\n".join(
        _table(shown, table, head)
        for table, head in (
            ("false alarms", ("months vary",)),
            ("power", ("complaints a month before", "dispersion")),
        )
    )


def stated(text: str) -> dict[tuple[str, tuple[str, ...], str], float]:
    """The shares that a page states, by table, row and column."""
    numbers = {}
    for table, block in zip(("false alarms", "power"), _between(text).strip().split("\n\n"), strict=True):
        head, _, *lines = block.splitlines()
        columns = [each.strip() for each in head.strip("|").split("|")]
        for line in lines:
            values = [each.strip() for each in line.strip("|").split("|")]
            names = [column for column in columns if column.startswith("complaints of") or "times" in column]
            row = tuple(values[: len(values) - len(names)])
            for name, value in zip(names, values[len(row) :], strict=True):
                numbers[table, row, name.removeprefix("complaints of ")] = float(value.rstrip(" %")) / 100
    return numbers


def written(text: str, runs: int = RUNS) -> str:
    """The page with its tables computed anew."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{begin}\n\n{tables(runs)}\n\n{end}{after}"


def _between(text: str) -> str:
    return text.partition(BEGIN)[2].partition(END)[0]


def _table(shown: dict[tuple[str, tuple[str, ...], str], float], table: str, names: tuple[str, ...]) -> str:
    of_table = {key: share for key, share in shown.items() if key[0] == table}
    columns = list(dict.fromkeys(column for _, _, column in of_table))
    prefix = "complaints of " if table == "false alarms" else ""
    lines = [
        "| " + " | ".join((*names, *(prefix + column for column in columns))) + " |",
        "| " + " | ".join(["---"] * len(names) + ["--:"] * len(columns)) + " |",
    ]
    for row in dict.fromkeys(row for _, row, _ in of_table):
        shares = (f"{100 * of_table[table, row, column]:.1f} %" for column in columns)
        lines.append("| " + " | ".join((*row, *shares)) + " |")
    return "\n".join(lines)
