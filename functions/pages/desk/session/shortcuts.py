"""The keyboard shortcuts of the desk as a page, which is there without scripts too."""

from chalice.app import Response

from complaints.adapters.container import container
from functions.http import auth
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout

ADDRESS = "/desk/shortcuts"


@desk_page
def show() -> Response:
    """The list, and the words of the command palette, which its script takes from here."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    by, me = auth.member_who_may(deps, request, "read_me")
    return desk_layout(deps, request, language, "shortcuts.html", by, me, address=ADDRESS)
