"""What staff ask for about corrective actions (clause 8.7)."""

from datetime import date

from complaints.commands.command import StaffCommand
from complaints.values.field_types import CodeName, ShortText, Text


class Act(StaffCommand, frozen=True, kw_only=True):
    """Plans a corrective action: what (a code of the site's actions, and a `text`), who owns it, and by when.

    `owner` is the id of an active member of the site who may own actions (agent, reviewer, quality). The
    cause is the one that was found last. `no_action` says that nothing is done, and needs a note that says
    why; it counts as done at once. A `measure` and its `target`, both or neither, are what shows whether it
    helped.
    """

    verb = "act"
    action: CodeName
    owner: ShortText
    due: date
    text: Text | None = None
    measure: Text | None = None
    target: Text | None = None


class Acted(StaffCommand, frozen=True, kw_only=True):
    """Says that an action was done, that its effect was checked, or both.

    Without `effective` it was done, `done_on` that date or today. With it, a person other than the owner has
    checked whether it was effective; what was not said to be done before is done then, too. One that did not
    help asks for another `act`. `action` is its id, needed where several wait.
    """

    verb = "acted"
    action: ShortText | None = None
    done_on: date | None = None
    effective: bool | None = None
