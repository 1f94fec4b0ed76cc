"""Erasing a person: the cases that were chosen of those that belong together, by a command for each."""

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from chalice.app import Response

from complaints.casework.record.erasure import Erase
from complaints.values.errors import Invalid, NotNow, Refusal, Stale, Unavailable, Wrong
from complaints.values.text import case_reference
from functions.desk.case.people.person import MOST
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.forms.urlencoded import read_fields
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.use_cases.cases.case_access import open_case
from functions.use_cases.cases.case_command import run_command

OTHER = "other"
REASONS = (
    "stage", "legal-hold", "restricted", "remedies-owed", "part-of-another", "erased", "proposed",
    Stale.code, OTHER,
)  # fmt: skip
"""Why a case is kept, as the page says it."""


class PersonErased(NamedTuple):
    """What became of a choice: how many cases are being erased, and which are not and why."""

    number: int
    kept: list[tuple[str, str]]


@desk_page
def erase(visit: Visit, reference: str) -> Response:
    """Erases the chosen cases, and leads back to the person, where it stands which are kept and why."""
    found = auth.claims(visit, Erase.verb)
    fields = read_fields(visit.request.raw, visit.request.headers.get("content-type", ""), MOST_FIELDS)
    form = dict(fields)
    if "sure" not in form:
        raise Invalid(Wrong("/sure", "missing"))
    command = read(Erase, {"ground": form.get("ground", "")})
    kept, number = [], 0
    for name, _, version in [value.partition(".") for field, value in fields if field == "case"][:MOST]:
        key = sha256(f"{form.get('once', '')}|{name}".encode()).hexdigest()
        body = f"{name}.{version}|{command.ground}".encode()
        sent = visit.request.sending(body, if_match=f'"{version}"', idempotency_key=key)
        try:
            at = open_case(visit._replace(request=sent), name, Erase.verb, found, command)
            done = run_command(visit._replace(request=sent), at, command, sent.version())
            if done.case.complaint.erasure:
                number += 1
            else:
                kept.append(f"{name}_proposed")
        except Unavailable:
            # Nothing is known of this case: the same choice, sent again, goes on from here.
            raise
        except Refusal as refusal:
            why = refusal.rule if isinstance(refusal, NotNow) else refusal.code
            kept.append(f"{name}_{why if why in REASONS else OTHER}")
    told = {"erased": str(number), "kept": ",".join(kept)}
    address = link(visit.deps.settings, f"/desk/cases/{auth.reference_in(reference)}/person", told)
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def report(query: Mapping[str, str]) -> PersonErased | None:
    """What the address of the page says about a choice; nothing where it says nothing of sense."""
    number = query.get("erased", "")
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        return None
    parts = [part.partition("_")[::2] for part in query.get("kept", "").split(",") if part]
    kept = [(name, why) for name, why in parts if why in REASONS and _is_ours(name)]
    return PersonErased(int(number), kept)


def _is_ours(name: str) -> bool:
    try:
        return case_reference.read(name) == name
    except case_reference.NotAReference:
        return False
