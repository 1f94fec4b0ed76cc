"""In whose words a case is told to staff: the reader's language, the site's codes, the names of staff."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.workflow.tasks import Task, TaskAssigned, TaskReassigned
from complaints.site.site import Site
from complaints.values.codes import CodeList
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, DateFormats


class SiteWording(NamedTuple):
    """What words are the same for all cases of a `site`, in the reader's `language`."""

    catalogues: "Catalogues"
    language: str
    site: Site

    def __hash__(self) -> int:
        return hash((self.language, id(self.site)))

    def __eq__(self, other: object) -> bool:
        """A site is what was read of it: one that was read again may have other words."""
        return (
            isinstance(other, SiteWording)
            and self.site is other.site
            and self.language == other.language
            and self.catalogues is other.catalogues
        )

    def word(self, family: str) -> Callable[[Any], str]:
        """A word for a value; `family` is what the msgids of all of them begin with."""
        return lambda value: self.catalogues.text(self.language, f"{family}{value}")

    def code(self, kind: CodeList) -> Callable[[Any], str]:
        """The site's words for a code."""
        return lambda name: label(
            self.catalogues, self.site.codes, kind, name, self.language, self.site.language
        )


class EventWording(NamedTuple):
    """In whose words it is told: the reader's `language`, the codes of the `site`, the `names` of staff."""

    catalogues: "Catalogues"
    date_formats: "DateFormats"
    language: str
    site: Site
    names: Mapping[str, str]
    complaint: Complaint

    @property
    def at_site(self) -> SiteWording:
        """What of it is the same for all cases of the site."""
        return SiteWording(self.catalogues, self.language, self.site)

    def word(self, family: str) -> Callable[[Any], str]:
        """As `SiteWording.word`."""
        return self.at_site.word(family)

    def code(self, kind: CodeList) -> Callable[[Any], str]:
        """As `SiteWording.code`."""
        return self.at_site.code(kind)

    def person(self, id: Any) -> str:
        """What a colleague is called."""
        return self.names.get(id, id)

    def holder(self, task: Task | TaskAssigned | TaskReassigned) -> str:
        """Who has a task: a colleague, an outside unit, by its name where that is told, or the team."""
        if task.to:
            return self.person(task.to)
        name = None if isinstance(task, Task) else task.unit
        words = "case.tasks.outside" if task.outside else "case.tasks.team"
        return name or self.catalogues.text(self.language, words)

    def promise(self, clock: Any) -> str:
        """What a clock, or the one with this key, promises; of one that began again only the last is kept."""
        if isinstance(clock, str):
            runs = (known for known in self.complaint.clocks if _is_run_of(known, clock))
            clock = next(runs, None) or clock
        if isinstance(clock, str):
            return clock
        family = "words.promise." if clock.is_ours else "case.clock."
        return self.catalogues.text(self.language, f"{family}{clock.purpose}")


def _is_run_of(clock: Clock, key: str) -> bool:
    return clock.key.rpartition("/")[0] == key.rpartition("/")[0]
