"""The token of the directory as a page that nobody keeps."""

from chalice.app import Response

from complaints.settings.members.directory import ID
from complaints.settings.setting import SettingKind
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings.integration import directory_token
from functions.desk.settings.page import address_of, place_of
from functions.forms.urlencoded import form_of_request
from functions.http.visit import Visit


@desk_page
def make(visit: Visit) -> Response:
    """Another token, shown once."""
    body = {"reason": form_of_request(visit.request).get("reason", "")}
    made = directory_token.rotated(visit, body)
    back = address_of(SettingKind.DIRECTORY, ID)
    return desk_layout(
        visit,
        "directory-token.html",
        made.at.by,
        made.at.me,
        address=back,
        place=place_of(SettingKind.DIRECTORY),
        back=back,
        made=made.token,
    )
