"""From a row of another system to what the API is asked to take, or to the reasons why not."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from complaints.adapters.inbound_mail.html_to_text import MOST_HTML, text_of
from functions.use_cases.submission.submission_schema import LIMITS
from infrastructure.importing.mapping_file import FIELDS, Columns, Field, Mapping
from infrastructure.importing.rows import Row

_OF_PERSON = ("name", "email", "phone", "post", "kind", "preferred_way")
_OF_REPRESENTED = {"represented": "name", "relation": "relation", "authority": "authority"}
_MOMENTS = ("received_at", "ended_at")
_DAYS = ("occurred_on",)
_YES, _NO = "true", "false"
_USUAL = {
    "danger": {
        **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "1"), _YES),
        **dict.fromkeys(("false", "False", "FALSE", "no", "No", "0"), _NO),
    }
}
"""What words of a column mean where the mapping does not say it."""

_NAMED = re.compile(r"[!-~]{1,200}")
_SHORTENED = "…"


class Flaw(NamedTuple):
    """Why a row is not taken: the column, and the reason."""

    column: str
    reason: str


class NotTaken(Exception):
    """A row is not taken; `flaws` says why."""

    def __init__(self, *flaws: Flaw) -> None:
        super().__init__("not taken")
        self.flaws = flaws


class Ticket(NamedTuple):
    """What is sent: `key` names it for ever, so that it is taken once."""

    key: str
    body: dict[str, Any]


def complaint_of(row: Row, mapping: Mapping, site: str, *, acknowledge: bool) -> Ticket:
    """What the API is asked to take. Raises `NotTaken` with every reason that the file shows."""
    values: dict[str, str] = {**mapping.always}
    flaws: list[Flaw] = []
    for field in FIELDS:
        if columns := mapping.columns.get(field):
            _read(field, row, columns, mapping, values, flaws)
    answers = dict(_own_answers(row, mapping, flaws))
    if row.nameless:
        flaws.append(Flaw("", f"“{row.nameless[:60]}” stands behind the last column of the table."))
    id = row.first(mapping.id)
    if not _NAMED.fullmatch(id):
        flaws.append(Flaw(named(mapping.id), "There is no id in ASCII letters by which to know it again."))
    _see_to_status(row, mapping, values, flaws)
    if flaws:
        raise NotTaken(*flaws)
    return Ticket(f"{mapping.source}/{id}", _body(values, answers, site, acknowledge=acknowledge))


def named(columns: Columns) -> str:
    """Columns as a report names them."""
    return " or ".join(columns)


def _read(
    field: Field, row: Row, columns: Columns, mapping: Mapping, values: dict[str, str], flaws: list[Flaw]
) -> None:
    text = _text(row, columns, mapping)
    if not text:
        return
    if field in (*_MOMENTS, *_DAYS):
        moment = _moment(text, mapping)
        if moment is None:
            flaws.append(Flaw(named(columns), f"“{text[:60]}” is not a date as the mapping has them."))
            return
        text = moment.date().isoformat() if field in _DAYS else moment.isoformat(timespec="seconds")
    known = mapping.values.get(field, _USUAL.get(field))
    if known is not None:
        if text not in known:
            flaws.append(Flaw(named(columns), f"The mapping does not say what “{text[:60]}” is here."))
            return
        text = known[text]
    values[field] = text


def _text(row: Row, columns: Columns, mapping: Mapping) -> str:
    """What stands in the first of the columns that has something, as plain text."""
    name = next((name for name in columns if row.cells.get(name, "").strip()), "")
    text = row.first(columns)
    # What is longer than is read as HTML stays as it is, so that it is refused for its length and not cut.
    return text_of(text).strip() if name in mapping.html and len(text) <= MOST_HTML else text


def _own_answers(row: Row, mapping: Mapping, flaws: list[Flaw]) -> Iterator[tuple[str, str]]:
    """The answers to own fields of the site, by their codes."""
    for code, own in mapping.own.items():
        text = row.first(own.columns)
        if text and own.values and text not in own.values:
            flaws.append(Flaw(named(own.columns), f"The mapping does not say what “{text[:60]}” is here."))
        elif text:
            yield code, own.values.get(text, text)


def _moment(text: str, mapping: Mapping) -> datetime | None:
    for form in mapping.dates:
        try:
            moment = datetime.fromisoformat(text) if form == "iso" else _by(form, text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(mapping.zone))
    return None


def _by(form: str, text: str) -> datetime:
    return datetime.strptime(text, form)  # noqa: DTZ007  # a zone that is not said is that of the mapping


def _see_to_status(row: Row, mapping: Mapping, values: dict[str, str], flaws: list[Flaw]) -> None:
    """Whether it has ended, which the date of an end alone does not say."""
    status = mapping.status
    if status is None:
        return
    ended_at, word, column = values.pop("ended_at", None), row.first(status.columns), named(status.columns)
    if word in status.ended:
        if ended_at:
            values["ended_at"] = ended_at
        else:
            flaws.append(Flaw(column, f"It is “{word}”, and no date says since when."))
    elif word in status.left_out:
        flaws.append(Flaw(column, f"The mapping leaves out what is “{word}”."))
    elif word not in status.open:
        flaws.append(Flaw(column, f"The mapping does not say what “{word[:60]}” is here."))


def _body(values: dict[str, str], answers: dict[str, str], site: str, *, acknowledge: bool) -> dict[str, Any]:
    person = {field: values.pop(field) for field in _OF_PERSON if field in values}
    subject, most = values.get("subject", ""), LIMITS["subject"]
    if len(subject) > most:
        # Nothing is lost: the whole of it begins the description.
        values["description"] = f"{subject}\n\n{values.get('description', '')}"
        values["subject"] = subject[: most - 1] + _SHORTENED
    other = {name: values.pop(field) for field, name in _OF_REPRESENTED.items() if field in values}
    danger = {"danger": True} if values.pop("danger", _NO) == _YES else {}
    behalf = {"on_behalf_of": other} if other else {}
    own = {"fields": answers} if answers else {}
    asked = {"acknowledge": True} if acknowledge else {}
    return {"site": site, "complainant": person, **behalf, **values, **danger, **own, **asked}
