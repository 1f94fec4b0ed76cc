"""The inputs of a complaint, whoever fills them in: how each is asked, and where its answer stands."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class InputType(StrEnum):
    """What a field is filled in with."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    TELEPHONE = "tel"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


class Detail(NamedTuple):
    """A field that every site has, before it has words: `label` is a msgid."""

    pointer: str
    label: str
    type: InputType = InputType.TEXT
    autocomplete: str = "off"

    @property
    def name(self) -> str:
        return self.pointer.rpartition("/")[2]


CATEGORY, WAY, DANGER, FEEDBACK = "category", "preferred_way", "danger", "feedback"
DATA_RIGHT = "data_right"

DETAILS: Mapping[str, tuple[Detail, ...]] = {
    "widget.other_way": (
        Detail("/complainant/phone", "widget.phone", InputType.TELEPHONE, "tel"),
        Detail("/complainant/post", "widget.post", InputType.LONG_TEXT, "street-address"),
        Detail(f"/complainant/{WAY}", "api.form.preferred_way", InputType.CHOICE),
    ),
    "": (
        Detail(f"/{DANGER}", "widget.danger", InputType.YES_NO),
        Detail("/danger_details", "widget.danger_details", InputType.LONG_TEXT),
        Detail("/complainant/name", "widget.name", autocomplete="name"),
        Detail("/subject", "widget.subject"),
        Detail(f"/{CATEGORY}", "widget.category", InputType.CHOICE),
        Detail("/occurred_on", "widget.occurred_on", InputType.DATE),
        Detail("/remedy_sought", "widget.remedy", InputType.LONG_TEXT),
        Detail(f"/{FEEDBACK}", "pages.complain.field.feedback", InputType.CHOICE),
        Detail(f"/{DATA_RIGHT}", "api.form.data_right", InputType.CHOICE),
    ),
    "widget.more": (
        Detail("/product", "api.form.product"),
        Detail("/order_number", "api.form.order_number"),
        Detail("/place", "api.form.place"),
        Detail("/earlier_reference", "api.form.earlier_reference"),
        Detail("/taken_elsewhere", "api.form.taken_elsewhere", InputType.LONG_TEXT),
        Detail("/special_needs", "widget.needs", InputType.LONG_TEXT),
    ),
}
"""What may be told beside the description, in the order in which it is asked, by the msgid of its fold."""

POINTERS = {
    **{
        name: f"/{name}"
        for name in ("channel", "received_at", "anonymous", "language", "description", "consent")
    },
    "email": "/complainant/email",
    **{f"behalf_{name}": f"/on_behalf_of/{name}" for name in ("name", "relation", "authority")},
    **{each.name: each.pointer for details in DETAILS.values() for each in details},
}
"""Where the answer to each input of a complaint stands in the body, whoever fills it in."""

YES = "yes"
"""What the inputs of the consent, and of a danger to somebody, send."""
