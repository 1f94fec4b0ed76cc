"""The kinds of records that there are: one line each, read when it is needed."""

from collections.abc import Callable
from functools import cache

import msgspec

from complaints.audit_trail.hash_chain import Entry
from complaints.lazy_imports import lazy_imports
from complaints.management.declaration import RecordDeclaration
from complaints.management.record import RecordCommand, RecordFact, RecordKind
from complaints.values.errors import NotFound

with lazy_imports():
    # A page reads one kind: the others are not imported for it.
    from complaints.management import competences, flood_closings, objectives, policies, responsibilities
    from complaints.management.evaluation import (
        audits,
        evidence_packs,
        filed_returns,
        reviews,
        samples,
        yearly_reports,
    )
    from complaints.management.improvement import actions, alarms, themes
    from complaints.management.privacy import personal_data, privacy_requests, reading_alarms, reading_watches

_DECLARED: dict[RecordKind, Callable[[], RecordDeclaration]] = {
    RecordKind.RESPONSIBILITY: responsibilities.declared,
    RecordKind.POLICY: policies.declared,
    RecordKind.OBJECTIVE: objectives.declared,
    RecordKind.COMPETENCE: competences.declared,
    RecordKind.ALARM: alarms.declared,
    RecordKind.THEME: themes.declared,
    RecordKind.ACTION: actions.declared,
    RecordKind.SAMPLE: samples.declared,
    RecordKind.AUDIT: audits.declared,
    RecordKind.REVIEW: reviews.declared,
    RecordKind.YEARLY_REPORT: yearly_reports.declared,
    RecordKind.EVIDENCE_PACK: evidence_packs.declared,
    RecordKind.PERSONAL_DATA: personal_data.declared,
    RecordKind.PRIVACY_REQUEST: privacy_requests.declared,
    RecordKind.READING_ALARM: reading_alarms.declared,
    RecordKind.READING_WATCH: reading_watches.declared,
    RecordKind.FLOOD_CLOSING: flood_closings.declared,
    RecordKind.FILED_RETURN: filed_returns.declared,
}


@cache
def declaration(kind: RecordKind) -> RecordDeclaration:
    """What a kind says of itself. Raises `NotFound` for one that this release does not have."""
    declared = _DECLARED.get(kind)
    if declared is None:
        raise NotFound
    return declared()


def kinds() -> tuple[RecordKind, ...]:
    """Those that this release has."""
    return tuple(_DECLARED)


def record_commands() -> tuple[type[RecordCommand], ...]:
    """The commands of all kinds."""
    return tuple(command for kind in _DECLARED for command in declaration(kind).rules)


@cache
def decoder(kind: RecordKind) -> msgspec.json.Decoder[Entry[RecordFact]]:
    """Reads the entries of records of a kind."""
    return msgspec.json.Decoder(Entry[declaration(kind).fact])  # type: ignore[misc]
