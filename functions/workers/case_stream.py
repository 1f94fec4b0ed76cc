"""Handles the stream of entries: a case is counted, indexed for search, compared with others of the same
person, and looked at by automation rules; a request about personal data has its record. Who asks for lost
links by a mail address alone gets them.

A record of the stream only says of which case there is news: what there is to do is looked up, so that
nothing depends on how often and in which order records come. What is noted for the next checkpoint is taken
from the record itself: as the entry was when it was written.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.adapters.container import Container, container
from functions.http.lambda_events import StreamBatch, StreamRecord
from functions.workers.search_index import Read, index_case, site_of

if TYPE_CHECKING:
    from complaints.checkpoints.leaf import Leaf
    from complaints.checkpoints.ports import Notes
    from complaints.reporting.ports import Counters


Task = tuple[Callable[[str], None], str]
"""Something to do for a case, by its reference, or that with the number of an entry."""

Kinds = tuple[tuple[Callable[[dict[str, dict[str, str]]], str | None], Callable[[str], None]], ...]
"""Which case the key of an item has news of, for each kind of task, and the task."""

NOT_FOLLOWED = "RecordsNotFollowed"
"""The metric of records at which this function failed: it answers for each by itself, and ends well."""


REWRITTEN = "EntriesRewritten"
"""The metric of entries that were changed or removed, which none of ours ever is."""

_WRITTEN = "INSERT"


def follow_cases(event: StreamBatch) -> dict[str, list[dict[str, str]]]:
    """Does what the records of a batch ask for. One that fails is named, and does not stop the others.

    The entries of a case are read once: all that the batch tells of are there by then.
    """
    deps = container()
    read = cache(deps.cases.entries)
    index = partial(index_case, read, deps.search)
    apply = partial(_apply_rules, deps, read)
    count = partial(_count, read, deps.counters)
    named_in = deps.counters.named_in
    compare = partial(_find_repeats, deps, read)
    kinds: Kinds = (
        (deps.search.named_in, index),
        (named_in, count),
        (partial(_entry_named_in, named_in), compare),
        (named_in, apply),
        (named_in, partial(_record_request, deps, read)),
        (deps.lost_links.named_in, partial(_send_links, deps)),
    )
    if deps.settings.evidence:
        enlist = partial(_list_erased, deps, read)
        kinds = (*kinds, (partial(_entry_named_in, named_in), enlist))
    if deps.settings.exports:
        export = partial(_export, deps, read)
        kinds = (*kinds, (deps.search.named_in, export), (named_in, export))
    _tell_of_rewritten(deps.checkpoint_notes, event)
    done: set[Task] = set()
    failed: dict[str, None] = dict.fromkeys(_unnoted(deps, event) if deps.settings.evidence else ())
    for record in event:
        for task in _tasks(kinds, record.keys):
            act, reference = task
            with telemetry.correlated(_correlation(record)):
                try:
                    if task not in done:
                        act(reference)
                        done.add(task)
                except Exception as error:
                    telemetry.failure("case not followed", error, reference=reference)
                    failed[record.sequence_number] = None
    if failed:
        telemetry.count(NOT_FOLLOWED, len(failed))
    return {"batchItemFailures": [{"itemIdentifier": record} for record in failed]}


def _correlation(record: StreamRecord) -> str:
    found: str = (record.new_image or {}).get("correlation", {}).get("S", "")
    return found


def _tell_of_rewritten(notes: "Notes", event: StreamBatch) -> None:
    """Tells of entries that were changed or removed. An entry is written once; who changes it before it is
    sealed, and removes its note, is found by this alone: the stream cannot be kept from telling of it."""
    found = 0
    for record in event:
        chain = notes.chain_in(record.keys) if record.event_name != _WRITTEN else None
        if chain:
            place = f"{chain}/{record.keys['sk']['S']}"
            telemetry.note("entry written anew", what=record.event_name, place=place)
            found += 1
    if found:
        telemetry.count(REWRITTEN, found)


def _unnoted(deps: Container, event: StreamBatch) -> list[str]:
    """Notes what the batch says that the next checkpoint is to seal; which records could not be noted.

    An item that is no entry of ours, and says that it is one, is told of and left out: whoever wrote it must
    not keep the others from being sealed.
    """
    told: dict[str, Leaf] = {}
    for record in event:
        try:
            if record.new_image and (leaf := deps.checkpoint_notes.leaf_in(record.new_image)):
                told[record.sequence_number] = leaf
        except (KeyError, ValueError) as error:
            telemetry.failure("an item is no entry and no letter of ours", error)
    try:
        deps.checkpoint_notes.note(deps.now(), told.values())
    except Exception as error:
        telemetry.failure("not noted for a checkpoint", error)
        return list(told)
    return []


def _export(deps: Container, read: Read, reference: str) -> None:
    """Imported lazily: most installations export nothing."""
    from functions.use_cases.files import bucket_export

    bucket_export.export_case(deps, read, reference)


def _count(read: Read, counters: "Counters", reference: str) -> None:
    counters.count(reference, read(reference))


def _entry_named_in(
    named_in: Callable[[dict[str, dict[str, str]]], str | None], key: dict[str, dict[str, str]]
) -> str | None:
    """The case whose entry the key names, with the number of the entry behind it."""
    reference = named_in(key)
    return f"{reference}#{key['sk']['S'].partition('#')[2]}" if reference else None


def _find_repeats(deps: Container, read: Read, entry: str) -> None:
    """Imported lazily: a batch of letters that left asks for none of it."""
    from functions.use_cases.cases import repeats

    reference, _, number = entry.partition("#")
    repeats.look(deps, read, reference, int(number))


def _list_erased(deps: Container, read: Read, entry: str) -> None:
    """Puts on the list, outside the table, that a case or somebody in it was erased: a restore brings their
    data back. The next checkpoint seals that. Evidence packs that have their names are removed.

    Imported lazily: it is rare.
    """
    reference, _, number = entry.partition("#")
    until = [each for each in read(reference) if each.number <= int(number)]
    if until and (b'"PartyErased"' in until[-1].data or b'"ErasureRequested"' in until[-1].data):
        from complaints import erasure
        from functions.use_cases.management.evidence_files import remove_packs

        deps.checkpoint_notes.note(deps.now(), erasure.add_all(deps.evidence, reference, until))
        remove_packs(deps, site_of(until), reference)


def _record_request(deps: Container, read: Read, reference: str) -> None:
    """Keeps the record of a request about personal data that came as this case.

    Imported lazily: most sites take none.
    """
    entries = read(reference)
    if entries and b'"personal_data"' in entries[0].data:
        from functions.use_cases.management import data_requests

        data_requests.look(deps, reference)


def _send_links(deps: Container, id: str) -> None:
    """Imported lazily: a link is lost seldom."""
    from functions.use_cases.correspondence import lost_links

    lost_links.look(deps, id)


def _apply_rules(deps: Container, read: Read, reference: str) -> None:
    """Applies the automation rules of the site of a case; where there are none, all is done."""
    entries = read(reference)
    site = site_of(entries)
    if site is None or not deps.automations.of(site):
        return
    # Imported lazily: most sites have no rules.
    from functions.use_cases.cases import automation

    automation.look(deps, reference, site, entries)


def _tasks(kinds: Kinds, key: dict[str, dict[str, str]]) -> list[Task]:
    """What news of the item with this key ask for."""
    named = ((act, named_in(key)) for named_in, act in kinds)
    return [(act, reference) for act, reference in named if reference]
