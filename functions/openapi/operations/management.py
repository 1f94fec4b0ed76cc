"""Records of the management system, described."""

from typing import Any

from complaints.management.kinds import declaration, kinds
from complaints.management.record import RecordKind
from functions.openapi.operations.components import (
    KEY,
    STAFF,
    VERSION,
    Answer,
    Refs,
    in_path,
    in_query,
    operation,
)
from functions.openapi.operations.desk import read

_RECORD = "/v1/desk/records/{kind}/{id}"
_KIND = in_path("kind", "theme", enum=list(RecordKind))
_ID = in_path("id", "demo.late-parcels", maxLength=200)


def management(refs: Refs) -> dict[str, Any]:
    """The records and their commands; `refs` are the schemas of bodies and answers by name."""
    asked = [
        in_query("kind", enum=list(RecordKind), about="What the records are about"),
        in_query("site", about="One of my sites; without it, the first"),
    ]
    one = Answer("The record", refs["RecordView"], ("ETag",))
    shown = {
        "/v1/desk/records": read(
            "The records of a kind of a site", Answer("The records", refs["Records"]), asked
        ),
        _RECORD: read("A record and its history", one) | {"parameters": [_KIND, _ID]},
    }
    return shown | _commands(refs)


def _commands(refs: Refs) -> dict[str, Any]:
    done = Answer("The record after the command", refs["RecordView"], ("ETag", "Idempotent-Replayed"))
    return {
        f"{_RECORD.format(kind=kind, id='{id}')}/commands/{verb}": {
            "parameters": [_ID],
            "post": operation(
                declaration(kind).summaries[verb],
                {"200": done},
                [VERSION, KEY],
                refs[command.__name__],
                STAFF,
            ),
        }
        for kind in kinds()
        for verb, command in declaration(kind).commands.items()
    }
