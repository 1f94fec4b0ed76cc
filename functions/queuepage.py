"""The queue as a page."""

from chalice.app import Response

from functions import doors
from functions.deskdoor import desk_page
from functions.deskpaper import desk_paper
from functions.visits import current


@desk_page
def show() -> Response:
    """The first page of the desk."""
    by, me = doors.enter(doors.claims(current(), "read_queue"), "read_queue")
    return desk_paper("queue.html", by, me, address="/desk", place="queue")
