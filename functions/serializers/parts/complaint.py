"""What is shown of a case, as JSON: the shapes that websites and staff tools rely on."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, NamedTuple, overload
from zoneinfo import ZoneInfo

from msgspec import UNSET, Meta, Struct, UnsetType, field

from complaints.audit_trail import hash_chain
from complaints.case.complaint import Complaint
from complaints.case.correspondence import letter
from complaints.case.fact import Fact
from complaints.context.case import Case
from complaints.site.site import Site
from complaints.values.field_types import Feedback, Way
from complaints.values.text import receipt_code
from functions.serializers.field_types import Moment, Reference

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container, DateFormats


class Marks(NamedTuple):
    """Of which other case something comes, and whether its words were removed, where either is so."""

    of: str | UnsetType = UNSET
    redacted: bool | UnsetType = UNSET


NO_MARKS = Marks()


class DayLeftOut(Struct, frozen=True, kw_only=True):
    """A holiday that did not count."""

    on: date = field(name="date")
    name: str | None


class Promise(Struct, frozen=True, kw_only=True):
    """Until when, and why: one for each purpose, the strictest of the packs.

    While a clock is paused `due` is null. `kept` says of a promise that has ended whether it was in time.
    """

    clock: str
    name: str
    due: Moment | None
    due_text: str | None
    why: str
    left_out: list[DayLeftOut]
    paused_since: Moment | UnsetType = UNSET
    kept: bool | UnsetType = UNSET


class Receipt(Struct, frozen=True, kw_only=True):
    """A complaint was taken; `access` opens it, and is shown here only. So does the `receipt_code`, which can
    be typed."""

    reference: Reference
    access: str
    receipt_code: str
    status_url: str
    received_at: Moment
    title: Annotated[str, Meta(description="That it was received, in words for the person who sent it")]
    promises: list[Promise]
    zone_text: Annotated[str | None, Meta(description="Whose time each `due_text` is in, in words")]
    keep: Annotated[
        str | None,
        Meta(
            description="That link and code have to be kept, in words before the code; for who gets no mail"
        ),
    ]


@overload
def local_time(moment: datetime, zone: tzinfo) -> str: ...
@overload
def local_time(moment: None, zone: tzinfo) -> None: ...
@overload
def local_time(moment: datetime | None, zone: tzinfo) -> str | None: ...
def local_time(moment: datetime | None, zone: tzinfo) -> str | None:
    """RFC 3339 with the offset of the site's zone."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def received_at(complaint: Complaint, zone: tzinfo) -> str:
    """When a complaint came in: every stored one has the moment."""
    assert complaint.received_at is not None
    return local_time(complaint.received_at, zone)


def promise_view(deps: "Container", promise: letter.Promise, zone: tzinfo, language: str) -> Promise:
    """A promise in the reader's words."""
    return Promise(
        clock=promise.clock,
        name=deps.catalogues.text(language, f"words.promise.{promise.clock}"),
        due=local_time(promise.due, zone),
        due_text=deps.date_formats.moment(language, promise.due.astimezone(zone)) if promise.due else None,
        why=deps.catalogues.why(language, promise.amount, promise.unit, promise.added),
        left_out=[
            DayLeftOut(on=day.on, name=deps.date_formats.name(language, day.names))
            for day in promise.left_out
        ],
        paused_since=local_time(promise.paused_since, zone) if promise.paused_since else UNSET,
        kept=UNSET if promise.in_time is None else promise.in_time,
    )


def receipt(
    deps: "Container", case: Case, site: Site, access: str, status_url: str, language: str
) -> Receipt:
    """The answer to a submission: the same at each repetition, whatever has happened since. It says `keep` as
    long as the person has no mail."""
    complaint = case.complaint
    zone = ZoneInfo(site.zone)
    promises = [promise_view(deps, promise, zone, language) for promise in case.opening.promises]
    is_complaint = bool(promises) and complaint.feedback is not Feedback.PERSONAL_DATA
    return Receipt(
        reference=complaint.reference,
        access=access,
        receipt_code=receipt_code.code_of(access),
        status_url=status_url,
        received_at=received_at(complaint, zone),
        title=deps.catalogues.text(
            language, "widget.taken" if is_complaint else "pages.complain.done.feedback"
        ),
        promises=promises,
        zone_text=zone_text(deps.catalogues, deps.date_formats, site, language) if promises else None,
        keep=None if Way.MAIL in complaint.reach else _keep(deps.catalogues, complaint, language),
    )


def reached_by(complaint: Complaint) -> Way | None:
    """How whoever has no mail hears from us, if we know a way."""
    # Imported lazily: few people have no mail.
    from complaints.letters.draft import way_of

    way = way_of(complaint, letter.LetterKind.PROGRESS)
    return way if way in complaint.reach else None


def _keep(catalogues: "Catalogues", complaint: Complaint, language: str) -> str:
    way = reached_by(complaint)
    said = [
        *(
            ("pages.receipt.anonymous", "pages.receipt.once")
            if complaint.is_anonymous
            else ("pages.complain.done.without_mail", *([f"pages.receipt.reach.{way}"] if way else []))
        ),
        "pages.receipt.use",
        "pages.receipt.code",
    ]
    return " ".join(catalogues.text(language, msgid) for msgid in said)


def zone_text(catalogues: "Catalogues", date_formats: "DateFormats", site: Site, language: str) -> str:
    """Whose time the texts of dates are in, in the reader's words."""
    return catalogues.text(language, "words.zone", place=date_formats.city(language, site.zone))


def opened_facts(
    number: int, data: bytes, private: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[int, Fact]]:
    """The facts of a stored entry with their texts again."""
    for place, fact in hash_chain.known(data):
        yield number, hash_chain.opened(fact, place, private)
