"""What a report answers, as types."""

from datetime import date
from typing import Annotated, TypedDict

from msgspec import Meta

Count = Annotated[int, Meta(ge=0)]


class ReportedFigure(TypedDict):
    """One figure: `count` complaints, `of` so many where it is a part of them.

    Of fewer than five there is no percentage. `value` is one of what complaints are sorted `by`; the empty
    category is that of complaints without one.
    """

    figure: str
    by: str | None
    value: str | None
    count: Count
    of: Count | None
    percent: Annotated[int, Meta(ge=0, le=100)] | None


Report = TypedDict(
    "Report",
    {"name": str, "from": date, "to": date, "sites": list[str], "figures": list[ReportedFigure]},
)
