"""The fields of the form without a script: what they ask for, and what is said beside one that is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from complaints.case.people.adjustments import AdjustmentKind
from complaints.values.codes import CodeList, is_standard
from complaints.values.errors import Invalid, KeyReused, Refusal, Unavailable, Wrong
from functions.forms.inputs import FormError
from functions.forms.urlencoded import put_at_pointer
from functions.http.parsing.validation import cleaned
from functions.public.form import inputs
from functions.public.form.form_definition import AskedField, OfferedCategory
from functions.public.form.inputs import DETAILS, YES, InputType

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


_LAST = {
    "feedback": "pages.complain.field.feedback",
    "data_right": "api.form.data_right",
    "consent": "widget.consent",
}
_REACH, _MATTER, _MORE = (
    {each.name: each.label for each in details if each.name not in _LAST} for details in DETAILS.values()
)
LABELS = {
    "anonymous": "pages.complain.field.anonymous",
    "email": "widget.email",
    **_REACH,
    "description": "widget.description",
    **_MATTER,
    **_MORE,
    "special_needs": "pages.complain.field.special_needs",
    "behalf_name": "pages.complain.field.behalf_name",
    "behalf_relation": "pages.complain.field.behalf_relation",
    "behalf_authority": "pages.complain.field.behalf_authority",
    **_LAST,
}
"""What each field asks, in this order: in the words of the widget, wherever it asks the same."""

POINTERS = {field: inputs.POINTERS[field] for field in LABELS}
"""Where each field stands in the body of `POST /v1/complaints`."""

ADJUSTMENTS = {f"needs.{kind}": kind for kind in AdjustmentKind}
"""The boxes of what a person may need, by their names."""

FOLDED = {
    "reach": (*_REACH,),
    "details": tuple(name for name in _MORE if name != "special_needs"),
    "needs": (*ADJUSTMENTS, "special_needs"),
    "behalf": ("behalf_name", "behalf_relation", "behalf_authority"),
}
"""Fields that are folded away until somebody needs them."""

TRAP = "website"
_FIELDS = {pointer: field for field, pointer in POINTERS.items()}
_ORDER = ("", *POINTERS)
_OWN_WORDS = {
    ("description", "missing"): "widget.description_wrong",
    ("behalf_name", "missing"): "pages.complain.wrong.behalf_name",
    (None, "trap"): "pages.complain.wrong.trap",
}
_NOT_TAKEN = {KeyReused: "pages.complain.wrong.reused", Unavailable: "pages.errors.unavailable"}


def body_of_form(
    fields: Mapping[str, str], site: str, language: str, own: Iterable[AskedField] = ()
) -> dict[str, Any]:
    """What was typed, as a body of `POST /v1/complaints`; empty fields are left out."""
    body: dict[str, Any] = {"site": site, "language": language, "complainant": {}}
    for asked in own:
        typed = fields.get(asked.name, "").strip()
        is_number = asked.type is InputType.NUMBER
        # Given empty too: then the site is asked for what is missing.
        put_at_pointer(body, asked.pointer, typed.replace(",", ".") if is_number else typed)
    for field, pointer in POINTERS.items():
        if fields.get(field, "").strip():
            is_ticked = field in ("danger", "anonymous") and fields[field] == YES
            put_at_pointer(body, pointer, True if is_ticked else fields[field])
    if needed := [kind for name, kind in ADJUSTMENTS.items() if fields.get(name) == YES]:
        body["adjustments"] = needed
    return body | {"consent": fields.get("consent") == YES, TRAP: fields.get(TRAP)}


def grouped(categories: Iterable[OfferedCategory]) -> dict[str, list[OfferedCategory]]:
    """Categories by the msgid of what they are about: many are plain only beside that."""
    groups: dict[str, list[OfferedCategory]] = {}
    for category in categories:
        family = category.code.partition(".")[0]
        group = family if is_standard(CodeList.CATEGORIES, category.code) else "own"
        groups.setdefault(f"pages.complain.group.{group}", []).append(category)
    return groups


def unfolded(
    fields: Mapping[str, str], errors: Sequence[FormError], own: Iterable[AskedField] = ()
) -> set[str]:
    """Which folds are open: something was typed in them, or is wrong."""
    folds = FOLDED | {"own": tuple(asked.name for asked in own if asked.categories)}
    shown = {field for field, typed in fields.items() if typed.strip()} | {each.field for each in errors}
    return {fold for fold, within in folds.items() if shown.intersection(within)}


def errors_of(
    catalogues: "Catalogues",
    refusal: Refusal,
    fields: Mapping[str, str],
    language: str,
    own: Iterable[AskedField] = (),
) -> list[FormError]:
    """What the form says of a refusal, in the order of its fields; nothing of one that no form causes."""
    if isinstance(refusal, Invalid):
        named = {asked.pointer: asked for asked in own}
        found = [
            FormError(
                named[wrong.pointer].name,
                "case.wrong.at",
                _of_own(catalogues, named[wrong.pointer], wrong, language),
            )
            if wrong.pointer in named
            else _error(catalogues, wrong, fields, language)
            for wrong in refusal.errors
        ]
        return sorted(found, key=_place)
    return list(_not_taken(refusal))


def _place(error: FormError) -> int:
    """Where its field stands; the own fields of a site are asked for behind the remedy."""
    field = error.field or ""
    return _ORDER.index(field if field in _ORDER else "remedy_sought")


def _of_own(catalogues: "Catalogues", asked: AskedField, wrong: Wrong, language: str) -> dict[str, object]:
    """What is said of an answer to an own field, with what was asked."""
    what = catalogues.text(language, f"api.wrong.{wrong.code}", limit=wrong.limit or "")
    return {"field": asked.label, "what": what}


def _not_taken(refusal: Refusal) -> Iterator[FormError]:
    for kind, words in _NOT_TAKEN.items():
        if isinstance(refusal, kind):
            yield FormError(None, words)


def _error(catalogues: "Catalogues", wrong: Wrong, fields: Mapping[str, str], language: str) -> FormError:
    field = _FIELDS.get(wrong.pointer)
    if field and wrong.code == "too-long" and isinstance(wrong.limit, int):
        label = catalogues.text(language, LABELS[field])
        values = {"field": label, "over": len(cleaned(fields[field])) - wrong.limit}
        return FormError(field, f"pages.complain.too_long.{wrong.limit}", values)
    words = _OWN_WORDS.get((field, wrong.code), f"api.wrong.{wrong.code}")
    return FormError(field, words, {"limit": wrong.limit or ""})
