"""Types of fields that many answers share, with what the description of the API says of them.

Amounts of time as answers have them.
"""

from datetime import timedelta
from typing import Annotated

from msgspec import Meta

Moment = Annotated[
    str, Meta(description="RFC 3339, with the offset of the site", extra_json_schema={"format": "date-time"})
]
Reference = Annotated[str, Meta(examples=["C-7K3M9-QX2HT-7"])]
Cursor = Annotated[str, Meta(description="Where the list goes on, good for a day; null at its end")] | None
Level = Annotated[
    int, Meta(ge=1, le=3, description="1 front line, 2 review by somebody else, 3 outside the organisation")
]
Member = Annotated[str, Meta(description="The id of a member of staff")]
Priority = Annotated[int, Meta(ge=0, le=3)]
Version = Annotated[int, Meta(ge=1, description="What `If-Match` names")]


def duration(time: timedelta) -> str:
    """ISO 8601, in hours at most and to the second: `PT27H30M`."""
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    parts = zip((*divmod(minutes, 60), seconds), "HMS", strict=True)
    return "PT" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0S")
