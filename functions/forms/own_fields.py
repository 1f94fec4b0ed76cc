"""The own fields of a site as a form for staff asks for them; each may be left empty."""

from complaints.site.site import Site
from complaints.values.own_fields import FieldType, OwnField, label_in
from functions.forms.fields import FormField
from functions.forms.inputs import Choice, Input
from functions.forms.widgets import Widget

POINTER = "/fields"
"""Where the answers stand in a body, by the codes of the fields."""

_WIDGETS = {
    FieldType.TEXT: Widget.LINE,
    FieldType.CHOICE: Widget.CHOICE,
    FieldType.NUMBER: Widget.MONEY,
    FieldType.DATE: Widget.DAY,
}
"""The widget of each type of own field; an amount is a decimal number too."""


def own_fields(site: Site) -> tuple[FormField, ...]:
    """The fields that are asked for now, in their order."""
    return tuple(
        FormField(f"fields.{field.code}", f"{POINTER}/{field.code}", _WIDGETS[field.type], required=False)
        for field in _asked(site)
    )


def own_inputs(site: Site, language: str, prefix: str = "") -> tuple[Input, ...]:
    """An empty input for each, in the words of the site."""
    return tuple(
        Input(
            id=f"{prefix}{known.name}",
            name=known.name,
            label="",
            words=label_in(field.labels, language, site.language) or field.code,
            widget=known.widget,
            required=False,
            value="",
            options=tuple(
                Choice(each.code, label_in(each.labels, language, site.language) or each.code)
                for each in field.offered
            )
            or None,
        )
        for field, known in zip(_asked(site), own_fields(site), strict=True)
    )


def _asked(site: Site) -> list[OwnField]:
    return [field for field in site.fields if not field.retired]
