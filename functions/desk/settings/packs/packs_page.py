"""The promises as pages: those in force and those that could be, in words, and what one would change."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.handling.permissions import may
from complaints.values.errors import Invalid
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings.packs import pack_dry_run
from functions.desk.settings.packs import packs as packs_api
from functions.desk.settings.packs.pack_dry_run import Changes
from functions.forms.inputs import FormError, wrong_at
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import texts_of
from functions.http.visit import Visit
from functions.serializers import labels

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


ADDRESS = "/desk/packs"
ACTION = "dry_run"
ASKED = ("site", "on")
_THEIRS = ("complainant_answer", "complainant_right")


class ShownPromise(NamedTuple):
    """What is promised, and within how long, in words; `about` are codes of the pack where it is promised for
    these alone."""

    purpose: str
    length: str
    about: tuple[str, ...]


class ShownPack(NamedTuple):
    """A version of a pack: `pack` as the JSON has it, its title in the reader's language, its days in force,
    when it was compared with its source, and its `promises`."""

    pack: Mapping[str, Any]
    title: str
    since: date
    until: date | None
    checked_on: date | None
    promises: list[ShownPromise]


@desk_page
def show_all(visit: Visit) -> Response:
    """Every version of every pack: those in force at my sites first."""
    known = packs_api.known_packs(visit.deps, visit.language, visit.request)
    packs = [_shown(visit.deps, visit.language, pack) for pack in known.packs]
    return desk_layout(
        visit,
        "packs.html",
        known.by,
        known.me,
        address=ADDRESS,
        place="packs",
        groups={
            "in_force": [each for each in packs if each.pack["in_force_at"]],
            "others": [each for each in packs if not each.pack["in_force_at"]],
        },
        may_try=may(known.by.roles, ACTION),
    )


@desk_page
def dry_run(visit: Visit, pack: str) -> Response:
    """One page of the clocks that a pack would change; a form that is wrong is shown again: 422."""
    by, me = auth.member_who_may(visit, ACTION)
    asked = {name: visit.request.query[name] for name in ASKED if visit.request.query.get(name)}
    found: Changes | None = None
    wrong: dict[str, str] = {}
    try:
        found = pack_dry_run.page_of(visit.deps, pack, read(pack_dry_run.DryRun, asked), me, visit.request)
    except Invalid as refusal:
        visit.request.note(problem=refusal.code)
        for each in refusal.errors:
            wrong[each.pointer[1:]] = texts_of(visit.deps.catalogues, visit.language, each)
    return desk_layout(
        visit,
        "packs-dry-run.html",
        by,
        me,
        address=f"{ADDRESS}/{pack}/dry-run",
        query=asked,
        place="packs",
        status=422 if wrong else 200,
        pack=pack,
        asked=asked,
        found=found,
        wrong=wrong,
        errors=[_error(visit.deps.catalogues, visit.language, name, what) for name, what in wrong.items()],
        purposes=[_purpose(visit.deps.catalogues, visit.language, item.purpose) for item in found.items]
        if found
        else [],
        is_first="cursor" not in visit.request.query,
    )


def _shown(deps: Container, language: str, pack: Mapping[str, Any]) -> ShownPack:
    until = pack["effective_to"]
    since = date.fromisoformat(pack["effective_from"])
    title = labels.pack_title(deps, pack["id"], pack["title"], language)
    return ShownPack(
        pack,
        title,
        since,
        date.fromisoformat(until) if until else None,
        date.fromisoformat(checked_on) if (checked_on := pack["checked_on"]) else None,
        list(_promises(deps.catalogues, language, pack)),
    )


def _promises(catalogues: "Catalogues", language: str, pack: Mapping[str, Any]) -> Iterator[ShownPromise]:
    for clock in pack["clocks"]:
        yield ShownPromise(
            _purpose(catalogues, language, clock["purpose"]),
            catalogues.why(language, clock["amount"], clock["unit"]),
            tuple(code for condition in clock["conditions"] for code in _codes(condition)),
        )


def _codes(condition: Mapping[str, Any]) -> Iterable[str]:
    """Which codes a condition asks for: none where it names those that it leaves out, or asks for no code."""
    named = {"eq": (condition["value"],), "in": condition["value"]}.get(condition["op"], ())
    return (code for code in named if isinstance(code, str))


def _purpose(catalogues: "Catalogues", language: str, purpose: str) -> str:
    return catalogues.text(
        language, f"case.clock.{purpose}" if purpose in _THEIRS else f"words.promise.{purpose}"
    )


def _error(catalogues: "Catalogues", language: str, name: str, what: str) -> FormError:
    if name not in ASKED:
        return FormError(None, "office.wrong.other", {"what": what})
    return wrong_at(name, catalogues.text(language, f"office.try.{name}"), what)
