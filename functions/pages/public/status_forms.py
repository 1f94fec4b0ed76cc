"""What the forms of the status page ask for, and what is said beside a field that is wrong."""

from collections.abc import Container, Mapping

from complaints.commands.case import Add, Answer, Command, Withdraw
from complaints.commands.feedback import Insist
from complaints.commands.survey import AnswerSurvey, DeclineSurvey
from complaints.values.errors import Invalid, NotNow, Refusal, TooMany, Unavailable, Wrong
from functions.http.validation import read
from functions.pages.forms.errors import FormError

FIELDS = {"add": "text", "refuse": "refusal", "withdraw": "text", "survey": "survey"}
"""The text field of each form that has one; all of them send it as `text`."""
_STEPS = {"text": "add", "refusal": "answer", "survey": "survey"}
"""What must be possible for the page to have each of these fields."""
ACTIONS = ("add", "answer", "refuse", "withdraw", "convert", "survey", "decline_survey")
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
    text = form.get("text", "").strip()
    match form.get("action"):
        case "add":
            return read(Add, {"text": text})
        case "answer":
            return Answer(accepts=True)
        case "refuse":
            return read(Answer, {"accepts": False, "reason": text})
        case "withdraw":
            return read(Withdraw, {"reason": text})
        case "convert":
            return Insist()
        case "survey":
            return read(AnswerSurvey, {**_marks(form), "text": text})
        case "decline_survey":
            return DeclineSurvey()
    raise Invalid(Wrong("/action", "unknown-value"))


def too_late(form: Mapping[str, str], possible: tuple[str, ...]) -> NotNow | None:
    """What is said of a form whose step the complaint does not allow now, however it is filled in."""
    action = form.get("action", "")
    verb = "answer" if action == "refuse" else action
    return NotNow(possible) if action in ACTIONS and verb not in possible else None


def typed(form: Mapping[str, str]) -> Mapping[str | None, str]:
    """What was typed and chosen, by the fields of the page."""
    text = {FIELDS.get(form.get("action", "")): form.get("text", "")}
    return text | {name: form[name] for name in MARKS if name in form}


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
    """The field of the page that a value came from."""
    name = wrong.pointer.removeprefix("/")
    return name if name in MARKS else FIELDS.get(form.get("action", ""))
