"""The filters of a queue: one form, of which everything stands in the address."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from complaints.values.codes import CodeList
from complaints.values.people import Member
from functions.desk.queue.queue_dates import AGE_NAMES, TODAY
from functions.desk.queue.queue_query import NOBODY
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import Sites


PARAMETERS = ("queue", "of", "level", "category", "site", "assignee", "age", "due", "sort", "limit", "cursor")
"""What the address of a queue says, in this order."""

SAVED = tuple(name for name in PARAMETERS if name not in ("of", "cursor"))
"""What a view keeps of it: no place in a list, and not whose cases are mine for some days."""

ORIGIN = tuple(name for name in PARAMETERS if name not in ("limit", "cursor"))
"""What the address of a case keeps of it."""

POSITION, TOTAL = "position", "total"
"""What it may say besides: which case of the queue it was, from 1, and of how many."""

FILTERS = ("level", "category", "site", "assignee", "age", "due")
LEVELS = ("1", "2", "3")
SIZES = ("25", "50", "100")

Choices = list[tuple[str, str]]


class FilterField(NamedTuple):
    """One select: its name, what is chosen, and what can be (value and words; words are a msgid for none)."""

    name: str
    chosen: str
    choices: Choices


def filter_parameters(query: Mapping[str, str]) -> dict[str, str]:
    """What an address asks for; a form sends what nobody chose as empty."""
    return {name: query[name] for name in PARAMETERS if query.get(name)}


def saved(asked: Mapping[str, str]) -> str:
    """What a view keeps of an address, written in one way."""
    filters = {"queue": "open", **asked}
    return urlencode({name: filters[name] for name in SAVED if filters.get(name)})


def origin(asked: Mapping[str, str]) -> dict[str, str]:
    """What the address of a case keeps of that of the queue from which it was opened, so that it leads back,
    and on to the next one."""
    filters = {"queue": "open", **asked}
    return {name: filters[name] for name in ORIGIN if filters.get(name)}


def is_filtered(query: Mapping[str, str]) -> bool:
    """Whether some cases of the queue are left out."""
    return any(query.get(name) for name in FILTERS)


def fields(
    deps: "Container",
    query: Mapping[str, str],
    me: Member,
    colleagues: Iterable[Member],
    language: str,
) -> list[FilterField]:
    """The selects of the form; one that offers no choice is left out."""
    choices: dict[str, Choices] = {
        "level": [(level, level) for level in LEVELS],
        "category": sorted(categories_of(deps, query, me, language), key=lambda pair: pair[1].casefold()),
        "site": sites_of(deps.sites, me),
        "assignee": [
            *sorted(((each.id, each.name) for each in colleagues), key=lambda pair: pair[1].casefold()),
            (NOBODY, deps.catalogues.text(language, "work.nobody")),
        ],
        "age": [(age, deps.catalogues.text(language, f"queues.age.{age}")) for age in AGE_NAMES],
        "due": [(TODAY, deps.catalogues.text(language, "queues.due.today"))],
        "limit": [(size, size) for size in SIZES],
    }
    return [FilterField(name, query.get(name, ""), found) for name, found in choices.items() if found]


def sites_of(sites: "Sites", me: Member) -> Choices:
    """The sites that can be chosen between; none where there is but one."""
    return [(key, sites.terms(key).site.name) for key in me.sites] if me.sites[1:] else []


def categories_of(
    deps: "Container", query: Mapping[str, str], me: Member, language: str
) -> Iterator[tuple[str, str]]:
    """The categories that the sites offer, each once, in the words of the first that has it."""
    seen = set[str]()
    for key in me.sites:
        if query.get("site") in (None, key):
            site = deps.sites.terms(key).site
            for code in site.codes.categories:
                if code.is_offered and code.code not in seen:
                    seen.add(code.code)
                    words = label(
                        deps.catalogues, site.codes, CodeList.CATEGORIES, code.code, language, site.language
                    )
                    yield code.code, words
