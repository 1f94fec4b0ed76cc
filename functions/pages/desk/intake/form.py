"""The form for a complaint that staff record: what it asks, and where each answer stands in the body."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from complaints.adapters.container import container
from complaints.site.site import SiteTerms
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, Wrong
from complaints.values.values import Channel, Feedback
from functions.pages.desk.case.choices import Choice
from functions.pages.desk.case.fields import Widget
from functions.pages.desk.case.form_to_json import local_moment
from functions.pages.desk.case.forms import Input, said_beside
from functions.pages.forms.urlencoded import put_at_pointer
from functions.serializers.labels import label

Form = Mapping[str, str]


class Question(NamedTuple):
    """One question: `pointer` is where its answer stands in the body of `POST /v1/desk/complaints`."""

    name: str
    pointer: str
    widget: Widget = Widget.LINE
    required: bool = False


GROUPS: Mapping[str, tuple[Question, ...]] = {
    "came": (
        Question("channel", "/channel", Widget.CHOICE, True),
        Question("received_at", "/received_at", Widget.MOMENT, True),
        Question("feedback", "/feedback", Widget.CHOICE, True),
    ),
    "person": (
        Question("name", "/complainant/name"),
        Question("email", "/complainant/email"),
        Question("phone", "/complainant/phone"),
        Question("post", "/complainant/post", Widget.TEXT),
        Question("language", "/language", Widget.CHOICE, True),
        Question("special_needs", "/special_needs", Widget.TEXT),
        Question("behalf_name", "/on_behalf_of/name"),
        Question("behalf_relation", "/on_behalf_of/relation"),
        Question("behalf_authority", "/on_behalf_of/authority", Widget.TEXT),
    ),
    "matter": (
        Question("description", "/description", Widget.TEXT, True),
        Question("subject", "/subject"),
        Question("category", "/category", Widget.CHOICE),
        Question("product", "/product"),
        Question("occurred_on", "/occurred_on", Widget.DAY),
        Question("remedy_sought", "/remedy_sought", Widget.TEXT),
        Question("consent", "/consent", Widget.CHOICE, True),
    ),
}
"""In the order in which they are asked."""

CATEGORIES = CodeList.CATEGORIES
CHANNELS = (Channel.TELEPHONE, Channel.LETTER, Channel.IN_PERSON, Channel.CFPB_PORTAL)
CONSENT = "yes"


def all_questions() -> Iterable[Question]:
    """Every question, in order."""
    return (asked for group in GROUPS.values() for asked in group)


def body(form: Form, terms: SiteTerms) -> dict[str, Any]:
    """What was typed, as a body of `POST /v1/desk/complaints`; empty answers are left out."""
    zone = terms.zone
    told: dict[str, Any] = {"site": terms.site.key, "complainant": {}}
    for asked in all_questions():
        text = form.get(asked.name, "").strip()
        if text:
            put_at_pointer(
                told, asked.pointer, local_moment(text, zone) if asked.widget is Widget.MOMENT else text
            )
    return told | {"consent": form.get("consent") == CONSENT}


def inputs(terms: SiteTerms, language: str, form: Form, wrong: Mapping[str, str]) -> dict[str, list[Input]]:
    """The inputs of each group, with what was typed."""
    return {
        group: [_input(asked, terms, language, form, wrong) for asked in questions]
        for group, questions in GROUPS.items()
    }


def wrong_in(refusal: Invalid, language: str) -> dict[str, str]:
    """What is said beside each input; what no input can mend stands under ''."""
    return dict(_said(wrong, language) for wrong in refusal.errors)


def _said(wrong: Wrong, language: str) -> tuple[str, str]:
    asked = next((each for each in all_questions() if each.pointer == wrong.pointer), None)
    return (asked.name if asked else ""), said_beside(wrong, asked and asked.widget, language)


def _input(asked: Question, terms: SiteTerms, language: str, form: Form, wrong: Mapping[str, str]) -> Input:
    return Input(
        id=asked.name,
        name=asked.name,
        label=f"intake.{asked.name}",
        widget=asked.widget,
        required=asked.required,
        value=form.get(asked.name, _usual(asked.name, terms)),
        wrong=wrong.get(asked.name),
        options=_options(asked.name, terms, language),
    )


def _usual(name: str, terms: SiteTerms) -> str:
    return {"feedback": Feedback.COMPLAINT, "language": terms.site.language}.get(name, "")


def _options(name: str, terms: SiteTerms, language: str) -> tuple[Choice, ...] | None:
    words, site = container().catalogues, terms.site
    match name:
        case "channel":
            return tuple(Choice(each, words.text(language, f"case.channel.{each}")) for each in CHANNELS)
        case "feedback":
            return tuple(Choice(each, words.text(language, f"api.feedback.{each}")) for each in Feedback)
        case "language":
            tags = site.languages
            return tuple(Choice(tag, words.text(words.spoken(tag), "words.language")) for tag in tags)
        case "category":
            codes = [each.code for each in site.codes.offered(CATEGORIES)]
            return tuple(
                Choice(code, label(site.codes, CATEGORIES, code, language, site.language)) for code in codes
            )
        case "consent":
            return (Choice(CONSENT, words.text(language, "case.intake.consent.yes")),)
    return None
