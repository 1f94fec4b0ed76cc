"""What the forms of the status page ask for, and what is said beside a field that is wrong."""

from collections.abc import Mapping, Sequence

from complaints.commands import Add, Answer, Command, Withdraw
from complaints.feedback_commands import Insist
from complaints.refusals import Invalid, NotNow, Refusal, TooMany, Unavailable, Wrong
from functions.reading import read

Errors = Sequence[dict[str, str | None]]

FIELDS = {"add": "text", "refuse": "refusal", "withdraw": "text"}
"""The field of each form that has one; all of them send it as `text`."""
ACTIONS = ("add", "answer", "refuse", "withdraw", "convert")

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
            return _refuses(text)
        case "withdraw":
            return read(Withdraw, {"reason": text})
        case "convert":
            return Insist()
    raise Invalid(Wrong("/action", "unknown-value"))


def _refuses(text: str) -> Command:
    if not text:
        raise Invalid(Wrong("/reason", "missing"))
    return read(Answer, {"accepts": False, "reason": text})


def errors_of(form: Mapping[str, str], refusal: Refusal) -> Errors:
    """What the page says of a refusal: the wrong field, if any, and words; nothing if no form causes it."""
    if isinstance(refusal, Invalid):
        field = FIELDS.get(form.get("action", ""))
        codes = [wrong.code for wrong in refusal.errors if wrong.code in _WRONG_TEXT]
        return [{"field": field, "words": f"pages.errors.{field}.{code}"} for code in codes]
    return [{"field": None, "words": words} for kind, words in _WORDS.items() if isinstance(refusal, kind)]
