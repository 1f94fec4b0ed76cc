"""The page of open tasks: mine, or those of the teams of my sites."""

from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.values.codes import CodeList
from complaints.values.people import Member
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.tasks import tasks
from functions.http import auth
from functions.http.visit import Visit
from functions.serializers.labels import label
from functions.use_cases.management.waiting_records import unread_policies

if TYPE_CHECKING:
    from functions.desk.tasks.tasks import TaskItem


ADDRESS = "/desk/tasks"


@desk_page
def show(visit: Visit) -> Response:
    """A page of open tasks; each leads to its case."""
    by, me = auth.member_who_may(visit, tasks.READ)
    page = tasks.page_of(visit.deps, me, visit.request.query, visit.language)
    whose = visit.request.query.get("whose", tasks.MINE)
    return desk_layout(
        visit,
        "tasks.html",
        by,
        me,
        address=ADDRESS,
        query={"whose": whose},
        place="tasks",
        policies=unread_policies(visit.deps, by, me),
        whose=whose,
        choices=tasks.WHOSE,
        tasks=[
            (task, _category(visit.deps, visit.language, task), _site(visit.deps, me, task))
            for task in page.items
        ],
        next=page.next,
        is_first="cursor" not in visit.request.query,
    )


def _category(deps: Container, language: str, task: "TaskItem") -> str | None:
    """What the case is about, in the site's words."""
    if task.category is None:
        return None
    site = deps.sites.terms(task.site).site
    return label(deps.catalogues, site.codes, CodeList.CATEGORIES, task.category, language, site.language)


def _site(deps: Container, me: Member, task: "TaskItem") -> str:
    """The site of a task, where the member has several."""
    return deps.sites.terms(task.site).site.name if len(me.sites) > 1 else ""
