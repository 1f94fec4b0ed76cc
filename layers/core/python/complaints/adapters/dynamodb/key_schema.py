"""The DynamoDB keys of all items (the key schema of the table), and moments as its indexes sort them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

from complaints.adapters.dynamodb.models import DUE_SHARDS
from complaints.reporting.list_rows import FIRST, USUAL
from complaints.values.casework.access_log import AccessMark

SITES, MEMBERS, PACKS = "sites", "members", "packs"
RANKS = (FIRST, USUAL)
ASIDE = "aside"
"""The partition of the due index for failed webhooks: no shard that the schedule reads."""
ERASURES = "erasures"
"""The partition of the due index for cases that are being erased: only the erasing function reads it."""
ORDERED = "ordered"
"""The partition of the due index for files that were ordered and wait: only their maker reads it."""
RETENTION = "retention#"
"""How partitions of the due index begin in which ended cases of a site stand, by when they ended."""
WAIT = "wait"
AUTOMATIONS = "automations#"
NOTED = "noted"
"""The partition of what the next checkpoint seals."""
RECORDS = "records#"
LOST_LINK = "lost_link#"
"""How the partitions begin in which it stands that links are asked for by a mail address alone."""
NEVER = "9999-12-31T23:59:59Z"

Key = tuple[str, str]

SEALED: Key = ("sealed", "sealed")
"""The checkpoint that was made last."""
MAILED: Key = ("sealed", "mailed")
"""The day whose checkpoint was sent by mail last."""

_TOGETHER = {
    "member": MEMBERS,
    "invitation": MEMBERS,
    "directory": MEMBERS,
    "directory_user": MEMBERS,
    "pack": PACKS,
}
_WORDING = frozenset({"standard_text", "macro"})


def head_key(reference: str) -> Key:
    return case_pk(reference), "head"


def hour_sk(moment: datetime) -> str:
    """How notes begin that were made in the hour of a moment (UTC)."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H}"


def case_pk(reference: str) -> str:
    return f"case#{reference}"


def private_pk(reference: str) -> str:
    return f"private#{reference}"


def identity_pk(reference: str) -> str:
    """Who complains in a sealed case: private values that staff do not read."""
    return f"identity#{reference}"


def data_key_pk(reference: str) -> str:
    """The data key of a case, in the table of data keys."""
    return f"key#{reference}"


def entry_sk(number: int) -> str:
    return f"entry#{number:06d}"


def letter_sk(letter: str) -> str:
    return f"letter#{letter}"


def task_key(reference: str, task: str) -> Key:
    """A task of a case, for lists of tasks."""
    return case_pk(reference), f"task#{task}"


def action_key(reference: str, action: str) -> Key:
    """A corrective action of a case, for the register of all cases."""
    return case_pk(reference), f"action#{action}"


def actions_pk(site: str, *, is_waiting: bool) -> str:
    """The corrective actions of the cases of a site in the index `owner`: those that wait to be done or
    checked, or those that were checked; no id of a member begins so."""
    return f"actions#{'waiting' if is_waiting else 'checked'}#{site}"


def wait_key(reference: str) -> Key:
    """When the schedule looks at a case for the automation rules that wait."""
    return case_pk(reference), WAIT


def tasks_of_member_pk(member: str) -> str:
    """The tasks of a member in the index `owner`; no id of a member begins so."""
    return f"tasks#member#{member}"


def tasks_of_team_pk(site: str) -> str:
    """The tasks of the team of a site in the index `owner`."""
    return f"tasks#team#{site}"


def line_sk(digest: str, letter: str = "") -> str:
    """A line of a digest, or how those of one digest begin."""
    return f"line#{digest}#{letter}"


def guard_key(guard: str) -> Key:
    return f"guard#{guard}", "guard"


def lost_link_key(id: str) -> Key:
    """That the links of a mail address are asked for."""
    return f"{LOST_LINK}{id}", "lost_link"


def allowance_key(name: str) -> Key:
    """What is counted towards a cap."""
    return guard_key(f"allowance#{name}")


def inbox_pk(site: str) -> str:
    """Inbound mails of a site."""
    return private_pk(f"inbox#{site}")


def search_pk(site: str, key: str) -> str:
    """The cases of a site that a key of the index leads to, by its keyed hash."""
    return f"search#{site}#{key}"


def found_by_key(reference: str) -> Key:
    """What a complaint is found by."""
    return private_pk(reference), "search"


def tally_pk(site: str) -> str:
    """The figures of a site."""
    return f"tally#{site}"


def day_sk(day: date | str, measure: str = "") -> str:
    """The numbers of a measure on a date, or how those of the date begin."""
    return f"day#{day}#{measure}"


def month_sk(day: date) -> str:
    """By how much what is in work grew in the month of a date."""
    return f"month#{day:%Y-%m}"


STANDING = "month#"
"""What the keys of everything begin with that adds up from the first month on."""


def standing_sk(day: date, part: str) -> str:
    """What adds up from the first month on besides what is in work: `by` group, and how long cases `stay`."""
    return f"{month_sk(day)}#{part}"


def sum_sk(day: date, measure: str = "") -> str:
    """The numbers of a measure in the month of a date, or how those of the month begin."""
    return f"sum#{day:%Y-%m}#{measure}"


def group_sk(by: str, day: date, group: str = "") -> str:
    """The numbers of a group in the month of a date, or how those of all groups begin."""
    return f"by#{by}#{day:%Y-%m}#{group}"


def work_sk(part: str, place: date | str, categories: str | None = None) -> str:
    """What the home of the desk reads: of a `day` by categories, promises `kept` by the week, each `month`,
    and what there is `now` by categories."""
    return f"work#{part}#{place}" if categories is None else f"work#{part}#{place}#{categories}"


def work_sum_key(site: str, owner: str | None = None) -> Key:
    """How many cases each queue of a site has in all, or those of one owner; the empty name is nobody's."""
    return tally_pk(site), "work#sum" if owner is None else f"work#sum#{owner}"


def due_week_key(site: str, day: date) -> Key:
    """How many cases of a site are due on each day of the week of a date, by its Monday. It stands behind
    what the home of the desk reads."""
    return tally_pk(site), f"work#until#{day - timedelta(days=day.weekday())}"


def counted_key(reference: str) -> Key:
    """Up to which entry a case is counted."""
    return f"counted#{reference}", "counted"


def session_key(session: str) -> Key:
    return f"session#{session}", "session"


def presence_key(reference: str) -> Key:
    """Who looks at a case now."""
    return f"presence#{reference}", "presence"


def access_pk(place: str) -> str:
    """Who read a case; of exports and searches, the place is that of a site."""
    return f"access#{place}"


def access_key(mark: AccessMark) -> Key:
    """That a member read something in an hour: once, however often."""
    return access_pk(mark.place), f"{mark.hour}#{mark.kind}#{mark.member}"


def access_of_member_pk(member: str) -> str:
    """What a member read, in the index `owner`; no id of a member begins so."""
    return f"access#member#{member}"


def access_of_site_pk(site: str, day: date | str) -> str:
    """What was read at a site on a date of UTC, in the index `queue`."""
    return f"access#{site}#{day}"


def webhook_log_pk(site: str) -> str:
    """The partition of what became of the webhooks of a site."""
    return f"webhooks#{site}"


def webhook_log_key(site: str, at: str, reference: str, letter: str) -> Key:
    """One webhook in that partition: those of the same moment stand apart by their letters."""
    return webhook_log_pk(site), f"{at}#{reference}#{letter}"


def views_key(member: str) -> Key:
    return f"views#{member}", "views"


def bulk_key(id: str) -> Key:
    """A command on many cases, with a text that goes to people."""
    return private_pk(f"bulk#{id}"), "bulk"


def member_key(member: str) -> Key:
    return MEMBERS, f"member#{member}"


def setting_key(kind: str, name: str) -> Key:
    """Where a setting stands; those of all sites, all members, and all packs, stand together, and so do those
    that one site has many of."""
    if kind in _WORDING:
        return many_pk(name.partition(".")[0]), setting_pk(kind, name)
    if kind == "automation":
        return automations_pk(name.partition(".")[0]), setting_pk(kind, name)
    return _TOGETHER.get(kind, SITES), setting_pk(kind, name)


def many_pk(site: str) -> str:
    """What a site has many of, such as standard texts."""
    return f"wording#{site}"


def automations_pk(site: str) -> str:
    """The automation rules of a site."""
    return f"{AUTOMATIONS}{site}"


def setting_pk(kind: str, name: str) -> str:
    """The partition of a setting's history."""
    return f"{kind}#{name}"


def retention_pk(site: str) -> str:
    """The ended cases of a site in the due index, and what became of its retention rules day by day."""
    return f"{RETENTION}{site}"


def waiting_mails_pk(site: str) -> str:
    """The mails of a site in the due index that are of a case and wait for staff: retention keeps it."""
    return f"{retention_pk(site)}#mails"


def waiting_mail_sk(reference: str, received_at: datetime) -> str:
    """Those of a case together, the latest last."""
    return f"{reference}#{sortable(received_at)}"


def retention_sk(
    ended_at: datetime | None, reference: str, category: str | None, gone: Iterable[str] = ()
) -> str:
    """When a case ended, of which category it is, and which kinds of data are gone: what its rules depend on
    can be read from the index."""
    kinds = ",".join(sorted(gone))
    return f"{sortable(ended_at)}#{reference}#{category or ''}" + (f"#{kinds}" if kinds else "")


def retention_run_key(site: str, day: date | str) -> Key:
    """What the retention rules of a site did on a day (ISO 8601)."""
    return retention_pk(site), f"run#{day}"


def records_pk(site: str) -> str:
    """The records of the management system of a site."""
    return f"{RECORDS}{site}"


def record_key(kind: str, id: str) -> Key:
    """Where a record of the management system stands: beside the others of its kind and site."""
    return records_pk(id.partition(".")[0]), f"{kind}#{id}"


def record_chain_pk(kind: str, id: str) -> str:
    """The partition of a record's history."""
    return f"record#{kind}#{id}"


def due_pk(reference: str) -> str:
    """The shard of the due index that a case and its letters stand in."""
    return due_shard(crc32(reference.encode()) % DUE_SHARDS)


def due_shard(shard: int | str) -> str:
    """A partition of the due index by its number."""
    return f"due#{shard}"


AT_ONCE, DEADLINE, USUALLY = "!", '"', "#"
"""What comes between moment and name of a place in the due index: of what is due in the same second, people
who need care and cases of danger come before deadlines that have come, and those before reminders. It is
ASCII's own order."""


def due_sk(moment: datetime, name: str, urgency: str = USUALLY) -> str:
    """Where something stands in its shard of the due index."""
    return f"{sortable(moment)}{urgency}{name}"


def due_place(place: str) -> tuple[str, str, str]:
    """The moment, the urgency and the name of a place in the due index.

    >>> due_place("2026-03-05T15:00:00Z!C-1")
    ('2026-03-05T15:00:00Z', '!', 'C-1')
    """
    after = place.index("Z") + 1
    return place[:after], place[after : after + 1], place[after + 1 :]


def sortable(moment: datetime | None) -> str:
    """Whole seconds of UTC in text that sorts as time does; no moment comes last.

    >>> from datetime import timedelta, timezone
    >>> sortable(datetime(2026, 3, 5, 18, tzinfo=timezone(timedelta(hours=3))))
    '2026-03-05T15:00:00Z'
    """
    if moment is None:
        return NEVER
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def reference_in(pk: str) -> str:
    """The reference of a case by the key of one of its items."""
    return pk.partition("#")[2]
