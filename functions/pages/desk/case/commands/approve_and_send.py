"""A decision approved, and told by its letter, in one press: both are still commands of their own."""

from chalice.app import Response

from complaints.adapters.container import Container, container
from complaints.casework.outcome.decision import Approve, Respond
from complaints.values.errors import Stale
from functions.http import auth
from functions.http.request import Request, current_request
from functions.http.responses import reader_language, status_of
from functions.pages.desk.case.command_forms.examination_parts import Part
from functions.pages.desk.case.commands.command import form_errors, led_on, seen_now
from functions.pages.desk.case.commands.examination import Asked, Progress, carried_out, partly_done
from functions.pages.desk.case.page import case_page
from functions.pages.desk.case.wording.timeline import since
from functions.pages.desk.session.guard import desk_page
from functions.pages.forms.inputs import FailedForm
from functions.pages.forms.json_request import as_json
from functions.pages.forms.urlencoded import FormData, form_of_request


@desk_page
def carry_out(reference: str) -> Response:
    """Approves and sends what was looked at, and leads on; where the case refuses one, its page says what was
    done."""
    deps = container()
    request = current_request()
    auth.claims(deps, request, Approve.verb)
    form = form_of_request(request)
    auth.claims(deps, request, Approve.verb)
    asked = [Asked(Part(kind), as_json(request, kind.verb, {}, form)) for kind in (Approve, Respond)]
    version = asked[0].call.version()
    progress = carried_out(deps, request, auth.reference_in(reference), asked, version)
    if progress.after is None or progress.member is None or progress.refused:
        return _refused(deps, request, reference, progress)
    return led_on(deps, request, progress.member, progress.after, Respond.verb, form.get("step"))


def _refused(deps: Container, request: Request, reference: str, progress: Progress) -> Response:
    """The page of the case as it is now, with what was done and why the rest was not."""
    language = reader_language(deps.catalogues, request)
    seen = seen_now(deps, request, language, reference)
    (part, refusal), *_ = progress.refused.items()
    failed = FailedForm(part.kind.verb, FormData(), {}, progress.version)
    errors = form_errors(deps.catalogues, language, seen, failed, refusal, is_shown=False)
    request.note(problem=refusal.code)
    return case_page(
        deps,
        request,
        language,
        seen,
        status=status_of(refusal),
        errors=[*partly_done(deps.catalogues, language, progress), *errors],
        changed=since(seen.happened, refusal.version - progress.version)
        if isinstance(refusal, Stale)
        else (),
    )
