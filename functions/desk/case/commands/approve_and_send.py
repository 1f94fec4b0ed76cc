"""A decision approved, and told by its letter, in one press: both are still commands of their own."""

from chalice.app import Response

from complaints.casework.outcome.decision import Approve, Respond
from complaints.values.errors import Stale
from functions.desk.case.command_forms.examination_parts import Part
from functions.desk.case.commands.command import form_errors, led_on, seen_now
from functions.desk.case.commands.examination import Asked, Progress, carried_out, partly_done
from functions.desk.case.page import case_page
from functions.desk.case.wording.timeline import since
from functions.desk.session.guard import desk_page
from functions.forms.inputs import FailedForm
from functions.forms.to_json import as_json
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.responses import status_of
from functions.http.visit import Visit


@desk_page
def carry_out(visit: Visit, reference: str) -> Response:
    """Approves and sends what was looked at, and leads on; where the case refuses one, its page says what was
    done."""
    auth.claims(visit, Approve.verb)
    form = form_of_request(visit.request)
    auth.claims(visit, Approve.verb)
    asked = [Asked(Part(kind), as_json(visit.request, kind.verb, {}, form)) for kind in (Approve, Respond)]
    version = asked[0].call.version()
    progress = carried_out(visit, auth.reference_in(reference), asked, version)
    if progress.after is None or progress.member is None or progress.refused:
        return _refused(visit, reference, progress)
    return led_on(visit, progress.member, progress.after, Respond.verb, form.get("step"))


def _refused(visit: Visit, reference: str, progress: Progress) -> Response:
    """The page of the case as it is now, with what was done and why the rest was not."""
    seen = seen_now(visit, reference)
    (part, refusal), *_ = progress.refused.items()
    failed = FailedForm(part.kind.verb, FormData(), {}, progress.version)
    errors = form_errors(visit.deps.catalogues, visit.language, seen, failed, refusal, is_shown=False)
    visit.request.note(problem=refusal.code)
    return case_page(
        visit,
        seen,
        status=status_of(refusal),
        errors=[*partly_done(visit.deps.catalogues, visit.language, progress), *errors],
        changed=since(seen.happened, refusal.version - progress.version)
        if isinstance(refusal, Stale)
        else (),
    )
