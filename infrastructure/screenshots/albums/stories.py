"""Complaints in three languages, each brought to four stages."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path

import msgspec

from infrastructure.screenshots.local_run import Stage
from infrastructure.screenshots.page_states import LANGUAGES

DAY = timedelta(days=1)
LONGEST = 4 * DAY
"""Since when there are complaints, when the last has come."""

BY = "Deniz"

Receipt = dict[str, str]
"""What a complainant gets: `reference` and `access`."""


class ComplaintTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A complaint and its messages, in one language."""

    name: str
    email: str
    subject: str
    description: str
    remedy: str
    question: str
    finding: str
    reasons: str


def texts_in(language: str) -> ComplaintTexts:
    """The words of a language."""
    return _all()[language]


def complaints(run: Stage) -> dict[str, dict[str, Receipt]]:
    """A complaint at each stage in each language, by stage and language."""
    made = {stage: _complained(run, stage) for stage in ("closed", "answered", "waiting")}
    _a_day_later(run, made.values(), _assess)
    _a_day_later(run, [made["closed"], made["answered"]], _decide)
    _a_day_later(run, [made["waiting"]], _ask)
    _a_day_later(run, [made["closed"]], _accept)
    made["received"] = _complained(run, "received")
    run.wait(timedelta())
    return made


@cache
def _all() -> dict[str, ComplaintTexts]:
    file = Path(__file__).with_suffix(".json")
    return msgspec.json.decode(file.read_bytes(), type=dict[str, ComplaintTexts])


def _complained(run: Stage, stage: str) -> dict[str, Receipt]:
    return {language: _complain(run, stage, language) for language in LANGUAGES}


def _complain(run: Stage, stage: str, language: str) -> Receipt:
    words = texts_in(language)
    form = {
        "site": "demo",
        "language": language,
        "complainant": {"name": words.name, "email": words.email},
        "subject": words.subject,
        "description": words.description,
        "category": "delivery.damaged",
        "remedy_sought": words.remedy,
        "consent": True,
    }
    return run.api_client.complain(form, f"{stage}-{language}")


def _a_day_later(
    run: Stage, each: Iterable[dict[str, Receipt]], act: Callable[[Stage, Receipt, ComplaintTexts], None]
) -> None:
    run.wait(DAY)
    for by_language in each:
        for language, receipt in by_language.items():
            act(run, receipt, texts_in(language))
    run.wait(timedelta())


def _assess(run: Stage, receipt: Receipt, words: ComplaintTexts) -> None:
    scales = ("severity", "safety", "complexity", "impact", "urgency", "immediate_action")
    run.api_client.command(receipt, BY, "assign", {"to": BY})
    run.api_client.command(receipt, BY, "assess", dict.fromkeys(scales, 1))


def _ask(run: Stage, receipt: Receipt, words: ComplaintTexts) -> None:
    run.api_client.command(receipt, BY, "ask", {"text": words.question})


def _decide(run: Stage, receipt: Receipt, words: ComplaintTexts) -> None:
    decision = {
        "outcome": "upheld",
        "reasons": words.reasons,
        "remedies": [{"kind": "refund", "amount": "49.90", "currency": "EUR"}],
    }
    finding = {"finding": words.finding, "root_cause": "procedure_not_followed"}
    for verb, body in (("find", finding), ("decide", decision), ("respond", {})):
        run.api_client.command(receipt, BY, verb, body)


def _accept(run: Stage, receipt: Receipt, words: ComplaintTexts) -> None:
    run.api_client.say(receipt, "answer", {"accepts": True}, f"accept-{receipt['reference']}")
