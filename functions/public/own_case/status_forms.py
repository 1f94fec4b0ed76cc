"""What the forms of the status page ask for, and what is said beside a field that is wrong."""

from collections.abc import Container, Mapping
from typing import NamedTuple

from complaints.casework.command import Command
from complaints.casework.correspondence.messages import Add
from complaints.casework.outcome.feedback import Insist
from complaints.casework.outcome.remedies import DeclineOwnRemedy
from complaints.casework.outcome.survey import AnswerSurvey, DeclineSurvey
from complaints.casework.process.closing import Withdraw
from complaints.casework.process.escalation import Answer
from complaints.values.errors import Invalid, NotNow, Refusal, TooMany, Unavailable, Wrong
from functions.forms.inputs import FormError
from functions.http.parsing.validation import read


class StatusForm(NamedTuple):
    """One form: the command that it asks for, and what it always `says`.

    What it sends as `text` stands in a `text_field` of the command; `input` is the id of it on the page.
    """

    kind: type[Command]
    verb: str
    says: Mapping[str, bool] = {}
    text_field: str | None = None
    input: str | None = None


FORMS: Mapping[str, StatusForm] = {
    "add": StatusForm(Add, "add", text_field="text", input="text"),
    "answer": StatusForm(Answer, "answer", {"accepts": True}),
    "refuse": StatusForm(Answer, "answer", {"accepts": False}, text_field="reason", input="refusal"),
    "withdraw": StatusForm(Withdraw, "withdraw", text_field="reason", input="text"),
    "convert": StatusForm(Insist, "convert"),
    "decline_remedy": StatusForm(DeclineOwnRemedy, "decline_own_remedy"),
    "survey": StatusForm(AnswerSurvey, "survey", text_field="text", input="survey"),
    "decline_survey": StatusForm(DeclineSurvey, "decline_survey"),
}
"""The forms of the page by their `action`."""

_STEPS = {"text": "add", "refusal": "answer", "survey": "survey"}
"""What must be possible for the page to have each of these inputs."""
MARKS = ("easy", "respect", "understood", "time", "outcome")
"""The statements of the survey, each a choice from 1 to 5."""
_CHOICES = frozenset("12345")

_WORDS = {
    NotNow: "pages.errors.not_now",
    TooMany: "pages.errors.too_many",
    Unavailable: "pages.errors.unavailable",
}
_WRONG_TEXT = ("missing", "too-long")


def command(form: Mapping[str, str]) -> Command:
    """What a form asks for. Raises `Invalid`."""
    asked = _asked(form)
    if asked is None:
        raise Invalid(Wrong("/action", "unknown-value"))
    marks = _marks(form) if asked.kind is AnswerSurvey else {}
    text = {asked.text_field: form.get("text", "").strip()} if asked.text_field else {}
    remedy = {"remedy": form.get("remedy", "")} if asked.kind is DeclineOwnRemedy else {}
    return read(asked.kind, {**asked.says, **marks, **text, **remedy})


def too_late(form: Mapping[str, str], possible: tuple[str, ...]) -> NotNow | None:
    """What is said of a form whose step the complaint does not allow now, however it is filled in."""
    asked = _asked(form)
    return NotNow(possible) if asked and asked.verb not in possible else None


def typed(form: Mapping[str, str]) -> Mapping[str | None, str]:
    """What was typed and chosen, by the inputs of the page."""
    return {_text_input(form): form.get("text", "")} | {name: form[name] for name in MARKS if name in form}


def left_over(typed: Mapping[str | None, str], possible: Container[str]) -> str:
    """What was typed into a field that the page does not have any more: it is shown, and not lost."""
    return "".join(text for field, text in typed.items() if field in _STEPS and _STEPS[field] not in possible)


def _marks(form: Mapping[str, str]) -> dict[str, int]:
    return {name: int(form[name]) for name in MARKS if form.get(name) in _CHOICES}


def errors_of(form: Mapping[str, str], refusal: Refusal) -> list[FormError]:
    """What the page says of a refusal: the wrong field, if any, and words; nothing if no form causes it."""
    if isinstance(refusal, Invalid):
        wrong = [each for each in refusal.errors if each.code in _WRONG_TEXT]
        fields = [(_field(form, each), each.code) for each in wrong]
        return [FormError(field, f"pages.errors.{field}.{code}") for field, code in fields]
    return [FormError(None, words) for kind, words in _WORDS.items() if isinstance(refusal, kind)]


def _field(form: Mapping[str, str], wrong: Wrong) -> str | None:
    """The input of the page that a value came from."""
    name = wrong.pointer.removeprefix("/")
    return name if name in MARKS else _text_input(form)


def _asked(form: Mapping[str, str]) -> StatusForm | None:
    return FORMS.get(form.get("action", ""))


def _text_input(form: Mapping[str, str]) -> str | None:
    asked = _asked(form)
    return asked.input if asked else None
