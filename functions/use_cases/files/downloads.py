"""A file to download: in the answer where it fits there, else at an address that holds for minutes."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from chalice.app import Response

from complaints.values.people import Member
from functions.http.formats import response_size
from functions.http.responses import CSV, NO_STORE

if TYPE_CHECKING:
    from complaints.adapters.container import Container


LASTING = timedelta(minutes=5)
"""How long a file that no answer can hold can be fetched at an address that was given out."""


def download(deps: "Container", member: Member, name: str, text: str, media: str = CSV) -> Response:
    """A file, or where it can be fetched if it is more than an answer can hold (303)."""
    if response_size.fits(text):
        headers = {"Content-Type": media, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(body=text, status_code=200, headers={**headers, **NO_STORE})
    return handed_out(deps, member, name, text.encode(), media)


def handed_out(deps: "Container", member: Member, name: str, content: bytes, media: str) -> Response:
    """Where a file can be fetched (303): API Gateway carries no bytes to whoever does not ask for their type
    alone, as no browser does."""
    address = deps.files.hand_out(f"{member.id}/{uuid4().hex}", content, media, name, LASTING)
    return Response(body="", status_code=303, headers={**NO_STORE, "Location": address})
