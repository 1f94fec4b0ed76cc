"""The token of the directory as a page that nobody keeps."""

from chalice.app import Response

from complaints.adapters.container import container
from complaints.settings.members.directory import ID
from complaints.settings.setting import SettingKind
from functions.api.admin import directory_token
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout
from functions.pages.desk.settings.page import address_of, place_of
from functions.pages.forms.urlencoded import form_of_request


@desk_page
def make() -> Response:
    """Another token, shown once."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    body = {"reason": form_of_request(request).get("reason", "")}
    made = directory_token.rotated(deps, request, body)
    back = address_of(SettingKind.DIRECTORY, ID)
    return desk_layout(
        deps,
        request,
        language,
        "directory-token.html",
        made.at.by,
        made.at.me,
        address=back,
        place=place_of(SettingKind.DIRECTORY),
        back=back,
        made=made.token,
    )
