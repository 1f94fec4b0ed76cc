"""The standard texts that somebody may choose for a command on a case, filled in for this case."""

from chalice.app import Response
from msgspec import Struct

from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor
from functions.use_cases.cases.case_access import open_case
from functions.use_cases.cases.case_command import kind_of
from functions.use_cases.cases.case_texts import CaseTexts, OfferedText, matching


class OfferedTexts(Struct, frozen=True, kw_only=True):
    """The texts by title; of those that are sought by words those that are so called first."""

    items: list[OfferedText]
    next: Cursor


def list_for_command(visit: Visit, reference: str, verb: str) -> Response:
    """The texts for a command, filled in for this case; with `q` those that have all of its words."""
    kind_of(verb)
    at = open_case(visit, reference, verb, auth.claims(visit, verb))
    texts = CaseTexts(visit.deps, at, visit.language).offered(verb)
    return json_response(
        OfferedTexts(items=list(matching(texts, visit.request.query.get("q", ""))), next=None)
    )
