"""Migrations: what is to be run once after an update, on data from before it.

Each is a command that may be run again at any time, and that a later release needs for older data to be
shown, found or sealed as newer data is: nothing stops working without it. An installation keeps which are
done in a parameter beside its keys. A new installation has no data from before: all are done.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from infrastructure.errors import CannotDeploy

if TYPE_CHECKING:
    from types_boto3_ssm import SSMClient


class Migration(NamedTuple):
    """One of them: its name, which is kept for ever, why, and a module with its arguments. An argument in
    braces is the output of the stack with this name, `{Keys}` the prefix of the keys."""

    name: str
    why: str
    module: str
    arguments: tuple[str, ...] = ("{Table}",)


MIGRATIONS = (
    Migration(
        "heads-1",
        "older cases are found by their assignees and by what is to be approved, and their actions listed",
        "infrastructure.cli.data.rebuild_heads",
    ),
    Migration(
        "figures-1",
        "reports count older cases by all that they are asked for",
        "infrastructure.cli.data.recount_figures",
    ),
    Migration(
        "index-1",
        "older cases are found by parts of their words",
        "infrastructure.cli.data.reindex",
        ("{Table}", "{Keys}"),
    ),
    Migration(
        "note-1",
        "what was there before there were checkpoints is sealed",
        "infrastructure.cli.data.note_chains",
    ),
    Migration(
        "orders-1",
        "evidence packs and files of people that were ordered before are made",
        "infrastructure.cli.data.index_orders",
    ),
    Migration(
        "erasures-1",
        "people of a case who were erased apart before are erased again after a restore",
        "infrastructure.cli.data.list_erased_people",
        ("{Table}", "{Evidence}"),
    ),
    Migration(
        "requests-1",
        "requests about personal data that were open before have their record, and its owners are reminded",
        "infrastructure.cli.data.begin_requests",
    ),
    Migration(
        "mails-1",
        "mails that waited for staff before keep their case, and what machines wrote keeps none",
        "infrastructure.cli.data.index_waiting_mails",
    ),
    Migration(
        "note-2",
        "the states of older cases are sealed, too",
        "infrastructure.cli.data.note_chains",
    ),
)
"""In the order in which they are run. One that is done is never changed: another one follows it."""

NONE = "none"


def done(ssm: "SSMClient", place: str) -> frozenset[str]:
    """The names of those that an installation has done."""
    found = ssm.get_parameters(Names=[place])["Parameters"]
    return frozenset(name for each in found for name in each["Value"].split(",")) - {NONE}


def note_done(ssm: "SSMClient", place: str, names: Collection[str]) -> None:
    """Keep which are done: these, and no other."""
    ordered = [each.name for each in MIGRATIONS if each.name in names] + sorted(
        set(names) - {each.name for each in MIGRATIONS}
    )
    ssm.put_parameter(Name=place, Value=",".join(ordered) or NONE, Type="String", Overwrite=True)


def pending(known: Collection[str], among: Sequence[Migration] = MIGRATIONS) -> list[Migration]:
    """Those that are left, in their order."""
    return [each for each in among if each.name not in known]


def filled_in(arguments: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Arguments of a command with the values that they name in braces. Raises `CannotDeploy` for one that the
    installation does not have."""
    try:
        return [each.format_map(values) for each in arguments]
    except KeyError as error:
        raise CannotDeploy(f"This installation has no {error.args[0]}.") from error
