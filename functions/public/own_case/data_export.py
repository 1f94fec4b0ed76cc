"""Everything about me: what is held of a complaint and of whoever made it, as data to take away."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from chalice.app import Response

from functions.http.auth import OpenedCase
from functions.http.formats import response_size
from functions.http.responses import NO_STORE, json_response
from functions.serializers.complainant.personal_data import OwnData, own_data
from functions.serializers.parts import merged_timeline
from functions.serializers.parts.entries_with_texts import all_opened_facts
from functions.serializers.parts.merged_timeline import CasePart

if TYPE_CHECKING:
    from complaints.adapters.container import Container


LASTING = timedelta(minutes=5)
"""How long the data can be fetched at an address that was given out."""

_FOR_NOBODY_ELSE = {"X-Robots-Tag": "noindex"}


def answer(deps: "Container", opened: OpenedCase) -> Response:
    """The data, as a file that a browser keeps and nobody else does.

    Where it is more than an answer can hold, the way to that file (303).
    """
    name = f"{opened.asked}.json"
    whole = json_response(
        _data(deps, opened),
        headers={"Content-Disposition": f'attachment; filename="{name}"', **_FOR_NOBODY_ELSE},
    )
    if response_size.fits(whole.body):
        return whole
    key = f"{opened.case.complaint.reference}/{uuid4().hex}"
    address = deps.files.hand_out(key, whole.body.encode(), "application/json", name, LASTING)
    headers: dict[str, str | list[str]] = {**NO_STORE, **_FOR_NOBODY_ELSE, "Location": address}
    return Response(body="", status_code=303, headers=headers)


def _data(deps: "Container", opened: OpenedCase) -> OwnData:
    """Each case that became part of it is read whole too."""
    complaint = opened.case.complaint
    language = deps.catalogues.spoken(complaint.language)
    parts = [
        CasePart(each, all_opened_facts(deps.cases, deps.catalogues, each.reference, language))
        for each in merged_timeline.parts_of(deps.cases, deps.sites, opened.case)
    ]
    return own_data(deps, parts, deps.sites.terms(complaint.site), language)
