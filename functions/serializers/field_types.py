"""Types of fields that many answers share, with what the description of the API says of them."""

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
