"""Everything about me: what is held of a complaint and of whoever made it, as data to take away.

It is what the case shows to its complainant, whole: who acts for somebody gets no more. No note, no name of
staff, no other complaint; what is left out is said.
"""

from collections.abc import Iterator
from datetime import timedelta, tzinfo
from typing import Any
from uuid import uuid4

from chalice.app import Response

from complaints.adapters.container import container
from complaints.delivery.delivery_state import DeliveryState
from complaints.events.case import Received
from complaints.events.event import Fact
from complaints.events.survey import SurveyAnswered
from complaints.model.complaint import Complaint
from complaints.model.letter import promise
from functions.http import response_size
from functions.http.auth import OpenedCase
from functions.http.responses import NO_STORE, json_response
from functions.serializers import complaint as complaint_serializer
from functions.serializers import files, merged_timeline
from functions.serializers.merged_timeline import CasePart
from functions.serializers.messages import messages
from functions.serializers.opened_entries import all_opened_facts
from functions.serializers.public_facts import public_events
from functions.serializers.public_view import on_behalf_of, told_decision

_PERSON = ("name", "email", "phone", "post", "kind")
_TOLD = ("subject", "description", "category", "product", "occurred_on", "remedy_sought", "special_needs")
_NOTICE = ("channel", "language", "notice_version")
_MARKS = ("easy", "respect", "understood", "time", "outcome", "text")


LASTING = timedelta(minutes=5)
"""How long the data can be fetched at an address that was given out."""

_FOR_NOBODY_ELSE = {"X-Robots-Tag": "noindex"}


def answer(opened: OpenedCase) -> Response:
    """The data, as a file that a browser keeps and nobody else does.

    Where it is more than an answer can hold, the way to that file (303).
    """
    name = f"{opened.asked}.json"
    whole = json_response(
        shape(opened),
        headers={"Content-Disposition": f'attachment; filename="{name}"', **_FOR_NOBODY_ELSE},
    )
    if response_size.fits(whole.body):
        return whole
    key = f"{opened.case.complaint.reference}/{uuid4().hex}"
    address = container().files.hand_out(key, whole.body.encode(), "application/json", name, LASTING)
    headers: dict[str, str | list[str]] = {**NO_STORE, **_FOR_NOBODY_ELSE, "Location": address}
    return Response(body="", status_code=303, headers=headers)


def shape(opened: OpenedCase) -> dict[str, Any]:
    """All of it, in the language of the complaint. Each case that became part of it stands in `parts`."""
    deps = container()
    complaint = opened.case.complaint
    terms = deps.sites.terms(complaint.site)
    zone = terms.zone
    first, *others = [
        CasePart(each, all_opened_facts(each.reference, complaint.language))
        for each in merged_timeline.parts_of(opened.case)
    ]
    return {
        "made_at": complaint_serializer.local_time(deps.now(), zone),
        "organisation": terms.site.name,
        "left_out": deps.catalogues.text(deps.catalogues.spoken(complaint.language), "api.data.left_out"),
        "reference": complaint.reference,
        "stage": complaint.stage,
        "level": complaint.level,
        "feedback": complaint.feedback,
        "decision": told_decision(complaint, first.said, zone),
        **_of_case(first, zone),
        "parts": [{"reference": part.complaint.reference, **_of_case(part, zone)} for part in others],
    }


def _of_case(part: CasePart, zone: tzinfo) -> dict[str, Any]:
    complaint, said = part
    language = container().catalogues.spoken(complaint.language)
    told = sorted(
        (clock for clock in complaint.clocks if clock.is_for_complainant), key=lambda clock: clock.started_at
    )
    return {
        **_received(said, zone),
        "happened": list(public_events(complaint, said, zone)),
        "messages": list(messages(said, zone)),
        "promises": [complaint_serializer.promise_view(promise(clock), zone, language) for clock in told],
        "letters": list(_letters(complaint, zone)),
        "files": files.for_complainant(complaint, said),
        "survey": next((_named(fact, _MARKS) for _, fact in said if isinstance(fact, SurveyAnswered)), None),
    }


def _received(said: list[tuple[int, Fact]], zone: tzinfo) -> dict[str, Any]:
    """Who complained, and what was said at the beginning."""
    fact = next(fact for _, fact in said if isinstance(fact, Received))
    return {
        "received_at": complaint_serializer.local_time(fact.received_at or fact.at, zone),
        "complainant": _named(fact, _PERSON),
        "on_behalf_of": on_behalf_of(fact),
        "complaint": _named(fact, _TOLD),
        **_named(fact, _NOTICE),
    }


def _letters(complaint: Complaint, zone: tzinfo) -> Iterator[dict[str, Any]]:
    """What was written to the person: when, and whether it arrived, as far as the mail service said so."""
    for kept in container().outbox.of_case(complaint.reference):
        if kept.letter.to == "complainant":
            yield _letter(kept, zone)


def _letter(kept: DeliveryState, zone: tzinfo) -> dict[str, Any]:
    return {
        "kind": kept.letter.kind,
        "called_for": complaint_serializer.local_time(kept.letter.called_for, zone),
        "on_paper": kept.letter.on_paper,
        "state": kept.state,
        "fate": kept.fate,
    }


def _named(fact: Fact, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in names}
