"""`make dashboard`: draws the dashboard for docs/alarms.md, from the definition that is deployed.

It shows what stands where, and each threshold. It shows no values: none were measured.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from infrastructure.template.alarms.dashboard import WIDTH, widgets
from infrastructure.template.intrinsics import Json

FILE = Path(__file__).parents[3] / "docs/dashboard.svg"

COLUMN, ROW = 46, 26
"""Pixels."""

MARGIN, GAP = 8, 3
NAMES_ACROSS = 7
LINE = 0.62
"""Where in a graph its threshold is drawn, from the top."""

STYLE = """
text { font: 11px system-ui, sans-serif; fill: #16191f }
.page { fill: #f2f3f3 } .card { fill: #fff; stroke: #d5dbdb }
.title { font-weight: 600; font-size: 12px } .group { font-weight: 600; font-size: 15px }
.small { fill: #545b64; font-size: 10px } .state { fill: #fafafa; stroke: #aab7b8 }
.axis { stroke: #d5dbdb } .threshold { stroke: #d13212; stroke-dasharray: 4 3 }
"""


def picture() -> str:
    """The dashboard as SVG."""
    shown = widgets()
    height = max(each["y"] + each["height"] for each in shown) * ROW + 2 * MARGIN
    width = WIDTH * COLUMN + 2 * MARGIN
    parts = [part for each in shown for part in _drawn(each)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' aria-label="The dashboard: the states of all alarms, and a graph for each">'
    )
    page = f'<rect class="page" width="{width}" height="{height}"/>'
    return "\n".join([head, f"<style>{STYLE}</style>", page, *parts, "</svg>"]) + "\n"


def _drawn(widget: Json) -> Iterator[str]:
    x, y = widget["x"] * COLUMN + MARGIN, widget["y"] * ROW + MARGIN
    width, height = widget["width"] * COLUMN - GAP, widget["height"] * ROW - GAP
    properties = widget["properties"]
    if widget["type"] == "text":
        yield _text(x + 2, y + 17, properties["markdown"].lstrip("# "), "group")
        return
    yield f'<rect class="card" x="{x}" y="{y}" width="{width}" height="{height}" rx="3"/>'
    yield _text(x + 8, y + 16, properties["title"], "title")
    if widget["type"] == "alarm":
        yield from _states(x, y, width, properties["alarms"])
    else:
        yield from _graph(x, y, width, height, properties)


def _states(x: int, y: int, width: int, arns: list[str]) -> Iterator[str]:
    across = (width - 12) // NAMES_ACROSS
    for place, arn in enumerate(arns):
        row, column = divmod(place, NAMES_ACROSS)
        left, top = x + 8 + column * across, y + 24 + row * 21
        yield f'<rect class="state" x="{left}" y="{top}" width="{across - 4}" height="18" rx="2"/>'
        yield _text(left + 6, top + 13, arn.removeprefix("${").removesuffix(".Arn}"))


def _graph(x: int, y: int, width: int, height: int, properties: Json) -> Iterator[str]:
    ((namespace, metric, *dimensions),) = properties["metrics"]
    (line,) = properties["annotations"]["horizontal"]
    base, level = y + height - 8, y + round(height * LINE)
    yield _text(x + 8, y + 31, f"{_plain(namespace)}: {metric}", "small")
    of = ", ".join(_plain(each) for each in dimensions[1::2]) or "the account"
    yield _text(x + 8, y + 44, f"{of}; {properties['stat']} of {properties['period']} s", "small")
    yield f'<line class="axis" x1="{x + 8}" y1="{base}" x2="{x + width - 8}" y2="{base}"/>'
    yield f'<line class="threshold" x1="{x + 8}" y1="{level}" x2="{x + width - 8}" y2="{level}"/>'
    yield _text(x + width - 8, level + 12, f"{line['value']:,}", "small", ' text-anchor="end"')


def _plain(name: str) -> str:
    return name.replace("${AWS::StackName}", "<stack>").removeprefix("${").removesuffix("}")


def _text(x: int, y: int, words: str, kind: str = "", more: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{named}{more}>{escape(words)}</text>'


if __name__ == "__main__":
    FILE.write_text(picture(), encoding="utf-8")
