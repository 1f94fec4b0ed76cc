"""What the complainant's page says: the case in the reader's language, and what follows from it now."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter
from complaints.case.correspondence.messages import RECENT
from complaints.case.record.attachments import FileType
from complaints.context.decision_context import Context
from complaints.promise_packs.schema import ExternalBody
from complaints.values.field_types import Feedback, Stage, Way
from functions.http.auth import OpenedCase
from functions.public.own_case import complainant
from functions.public.own_case.own_status import (
    explained_promise,
    promises,
    quiet_since,
    status_sentence,
    steps,
)
from functions.serializers.complainant.public_view import after_no
from functions.serializers.parts.messages import MessageShown

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class Whole(NamedTuple):
    """All messages are wanted, or those `before` the one in this place."""

    before: int | None


def values(
    deps: "Container", opened: OpenedCase, language: str, *, whole: Whole | None = None
) -> dict[str, Any]:
    """What the page says of the complaint: its last messages, or (`whole`) all that a page holds of them.

    `spoken` is the language that the person wrote in.
    """
    case = opened.case
    complaint = case.complaint
    now = deps.now()
    context = complainant.context_of(deps, complaint)
    terms = context.terms
    view = complainant.public_view(deps, opened, language)
    has_more, earlier = whole is None and len(view.messages) == RECENT, 0
    if whole:
        messages, earlier = complainant.every_message(deps, case, language, whole.before)
        view = replace(view, messages=messages)
    return {
        "reference": complaint.reference,
        "asked": opened.asked,
        "spoken": complaint.language,
        "view": view,
        "has_more": has_more,
        "earlier": earlier,
        "what": "complaint" if complaint.feedback == Feedback.COMPLAINT else "feedback",
        "body": _body(complaint, context),
        "possible": {step.action: step.text for step in view.next_steps},
        "file_types": ",".join(FileType),
        "takes_mail": bool(deps.settings.inbound_domain) and Way.MAIL in complaint.reach,
        "question": _question(complaint, view.messages),
        "standing": status_sentence(complaint, now),
        "reviewed_by_others": not context.nobody_independent,
        "quiet_since": quiet_since(complaint, (message.at for message in view.messages), now),
        "steps": steps(complaint),
        "promises": promises(complaint),
        "reckoned": explained_promise(
            complaint, lambda clock: terms.calendar(clock.pack, clock.pack_version)
        ),
        "letters": letters(deps, complaint),
        "now": now,
    }


def letters(deps: "Container", complaint: Complaint) -> list[Letter]:
    """The letters that can be read on the page, the oldest first: of whoever complained anonymously, also
    after they gave an address; else the receipt, where it was read there in place of a mail."""
    if Way.PAGE not in complaint.reach:
        if not complaint.acknowledged_on_page:
            return []
        # Imported lazily: floods are rare.
        from functions.use_cases.correspondence import letters_on_page

        return letters_on_page.receipts(deps, complaint.reference)
    known = deps.outbox.of_case(complaint.reference)
    return [each.letter for each in known if each.letter.to == "complainant" and each.state == "sent"]


def _question(complaint: Complaint, messages: Sequence[MessageShown]) -> MessageShown | None:
    """What the person is asked and has not answered; `messages` are the last ones."""
    if complaint.stage is not Stage.AWAITING_COMPLAINANT:
        return None
    asked = (message for message in reversed(messages) if message.kind == "question")
    return next(asked, None)


def _body(complaint: Complaint, context: Context) -> ExternalBody | None:
    """Where the person can go: the body that the case was referred to, or that a refusal leads to."""
    known = context.terms.external_body
    if complaint.external_body:
        is_known = known is not None and known.name == complaint.external_body
        return known if is_known else ExternalBody(name=complaint.external_body, url=None)
    is_next = complaint.stage is Stage.RESPONDED and after_no(complaint, context) == "outside"
    return known if is_next else None
