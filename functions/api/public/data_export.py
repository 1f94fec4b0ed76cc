"""Everything about me: what is held of a complaint and of whoever made it, as data to take away."""

from datetime import timedelta
from uuid import uuid4

from chalice.app import Response

from complaints.adapters.container import container
from functions.http import response_size
from functions.http.auth import OpenedCase
from functions.http.responses import NO_STORE, json_response
from functions.serializers import merged_timeline
from functions.serializers.merged_timeline import CasePart
from functions.serializers.opened_entries import all_opened_facts
from functions.serializers.own_data import OwnData, own_data

LASTING = timedelta(minutes=5)
"""How long the data can be fetched at an address that was given out."""

_FOR_NOBODY_ELSE = {"X-Robots-Tag": "noindex"}


def answer(opened: OpenedCase) -> Response:
    """The data, as a file that a browser keeps and nobody else does.

    Where it is more than an answer can hold, the way to that file (303).
    """
    name = f"{opened.asked}.json"
    whole = json_response(
        _data(opened),
        headers={"Content-Disposition": f'attachment; filename="{name}"', **_FOR_NOBODY_ELSE},
    )
    if response_size.fits(whole.body):
        return whole
    key = f"{opened.case.complaint.reference}/{uuid4().hex}"
    address = container().files.hand_out(key, whole.body.encode(), "application/json", name, LASTING)
    headers: dict[str, str | list[str]] = {**NO_STORE, **_FOR_NOBODY_ELSE, "Location": address}
    return Response(body="", status_code=303, headers=headers)


def _data(opened: OpenedCase) -> OwnData:
    """Each case that became part of it is read whole too."""
    deps = container()
    complaint = opened.case.complaint
    language = deps.catalogues.spoken(complaint.language)
    parts = [
        CasePart(each, all_opened_facts(each.reference, language))
        for each in merged_timeline.parts_of(opened.case)
    ]
    return own_data(parts, deps.sites.terms(complaint.site), language)
