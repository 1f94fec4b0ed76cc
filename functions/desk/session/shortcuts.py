"""The keyboard shortcuts of the desk as a page, which is there without scripts too."""

from chalice.app import Response

from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http import auth
from functions.http.visit import Visit

ADDRESS = "/desk/shortcuts"


@desk_page
def show(visit: Visit) -> Response:
    """The list, and the words of the command palette, which its script takes from here."""
    by, me = auth.member_who_may(visit, "read_me")
    return desk_layout(visit, "shortcuts.html", by, me, address=ADDRESS)
