"""The form for a complaint that staff record: what it asks, and where each answer stands in the body."""

from collections.abc import Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from complaints.site.site import Site, SiteTerms
from complaints.values.codes import Code, CodeList
from complaints.values.errors import Refusal
from complaints.values.field_types import Channel, Feedback
from functions.forms.fields import FormField, field_at
from functions.forms.input_errors import input_errors
from functions.forms.inputs import Choice, Input
from functions.forms.own_fields import own_fields, own_inputs
from functions.forms.to_json import body_of
from functions.forms.urlencoded import FormData
from functions.forms.widgets import Widget
from functions.public.form.form_definition import data_rights
from functions.public.form.inputs import DATA_RIGHT, DETAILS, POINTERS, YES
from functions.serializers.labels import label
from functions.use_cases.submission.form_validation import WAYS
from functions.use_cases.submission.submission_schema import ToldForm

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


Form = Mapping[str, str]

_CAME = ("channel", "received_at", "feedback", "data_right")
_PERSON = (
    "name", "email", "phone", "post", "preferred_way", "language", "special_needs", "behalf_name",
    "behalf_relation", "behalf_authority",
)  # fmt: skip
_TOLD = (each.name for details in DETAILS.values() for each in details)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "came": _CAME,
    "person": _PERSON,
    "matter": ("description", *(name for name in _TOLD if name not in (*_CAME, *_PERSON)), "consent"),
}
"""In the order in which they are asked."""

DATA = Feedback.PERSONAL_DATA
MUST_BE_CHOSEN = frozenset({"feedback", "language"})
"""What staff say of each complaint, though the API takes what is usual."""

CATEGORIES = CodeList.CATEGORIES
CHANNELS = (Channel.TELEPHONE, Channel.LETTER, Channel.IN_PERSON, Channel.CFPB_PORTAL)


@cache
def fields() -> dict[str, FormField]:
    """Every field by the name of its input, in order."""
    return {name: _field(name) for group in GROUPS.values() for name in group}


def body(form: FormData, terms: SiteTerms) -> dict[str, Any]:
    """What was typed, as a body of `POST /v1/desk/complaints`; empty answers are left out."""
    asked = (*fields().values(), *own_fields(terms.site))
    answers = {"site": terms.site.key, "complainant": {}} | body_of(asked, form, terms.zone)
    return answers | {"consent": form.get("consent") == YES}


def inputs(
    catalogues: "Catalogues", terms: SiteTerms, language: str, form: Form, wrong: Mapping[str, str]
) -> dict[str, list[Input]]:
    """The inputs of each group, with what was typed."""
    groups = {
        group: [
            _input(catalogues, fields()[name], terms, language, form, wrong)
            for name in names
            if name != DATA_RIGHT or terms.site.takes_data_requests
        ]
        for group, names in GROUPS.items()
    }
    return groups | {"own": _own_inputs(terms, language, form, wrong)}


def wrong_in(
    catalogues: "Catalogues", language: str, refusal: Refusal, form: Form, terms: SiteTerms
) -> dict[str, str]:
    """What is said beside each input; what no input can mend stands under ''."""
    asked = (*fields().values(), *own_fields(terms.site))
    return input_errors(asked, refusal, form, partial(catalogues.text, language))


def _own_inputs(terms: SiteTerms, language: str, form: Form, wrong: Mapping[str, str]) -> list[Input]:
    """The inputs of the site's own fields, in its words."""
    return [
        asked._replace(value=form.get(asked.name, ""), wrong=wrong.get(asked.name))
        for asked in own_inputs(terms.site, language)
    ]


def _field(name: str) -> FormField:
    field = field_at(ToldForm, POINTERS[name])
    return field._replace(
        name=name,
        widget=Widget.DAY if name == "occurred_on" else field.widget,
        required=field.required or name in MUST_BE_CHOSEN,
    )


def _input(
    catalogues: "Catalogues",
    asked: FormField,
    terms: SiteTerms,
    language: str,
    form: Form,
    wrong: Mapping[str, str],
) -> Input:
    return Input(
        id=asked.name,
        name=asked.name,
        label=f"intake.{asked.name}",
        widget=asked.widget,
        required=asked.required,
        value=form.get(asked.name, _usual(asked.name, terms)),
        wrong=wrong.get(asked.name),
        options=_options(catalogues, asked.name, terms, language),
    )


def _usual(name: str, terms: SiteTerms) -> str:
    return {"feedback": Feedback.COMPLAINT, "language": terms.site.language}.get(name, "")


def _options(
    catalogues: "Catalogues", name: str, terms: SiteTerms, language: str
) -> tuple[Choice, ...] | None:
    words, site = catalogues, terms.site
    match name:
        case "channel":
            return tuple(Choice(each, words.text(language, f"case.channel.{each}")) for each in CHANNELS)
        case "preferred_way":
            return tuple(Choice(way, words.text(language, f"api.form.way.{way}")) for way in WAYS)
        case "danger":
            yes = {"true": "widget.danger_yes", "false": "widget.danger_no"}
            return tuple(Choice(each, words.text(language, value)) for each, value in yes.items())
        case "feedback":
            kinds = [each for each in Feedback if each is not DATA or site.takes_data_requests]
            return tuple(Choice(each, words.text(language, f"api.feedback.{each}")) for each in kinds)
        case "data_right":
            return tuple(Choice(each.code, each.label) for each in data_rights(words, language))
        case "language":
            tags = site.languages
            return tuple(Choice(tag, words.text(words.spoken(tag), "words.language")) for tag in tags)
        case "category":
            return tuple(
                Choice(each.code, _category(words, site, each, language))
                for each in site.codes.offered(CATEGORIES)
            )
        case "consent":
            return (Choice(YES, words.text(language, "case.intake.consent.yes")),)
    return None


def _category(catalogues: "Catalogues", site: Site, code: Code, language: str) -> str:
    """What a category is called. Who tells of wrongdoing asks before who will know of it."""
    called = label(catalogues, site.codes, CATEGORIES, code.code, language, site.language)
    return catalogues.text(language, "case.intake.sealed", label=called) if code.sealed else called
