"""What the desk hands out and takes in as a whole, described: files, returns, proof, imports."""

from typing import Any

from functions.desk.exports.export import CHANGED_SINCE
from functions.http.formats.csv_export import CSV_FORMATS
from functions.openapi.operations.components import (
    CSV,
    CURSOR,
    JSON,
    JSON_LINES,
    Answer,
    Refs,
    in_path,
    in_query,
)
from functions.openapi.operations.desk import EXCEL, SITE, read, taken
from functions.serializers.exports.case_lines import LINES

_FILED = [
    SITE | {"required": True, "example": "demo"},
    in_query("from", format="date", about="Received on this day of the site, or later"),
    in_query("to", format="date", about="Received on this day of the site, or before"),
    in_query("format", about=EXCEL, enum=[*CSV_FORMATS, "json"], default="csv"),
    CURSOR,
]
_CHANGED = in_query(
    CHANGED_SINCE,
    format="date-time",
    about="Only cases whose last fact was recorded at this moment or later (RFC 3339)",
)
_PERIOD = {
    "from": "The first day of a period of the regulator, a date of the site",
    "to": "The last day of that period",
}


def exports(refs: Refs) -> dict[str, Any]:
    """Files of cases, regulators' returns, the proof of the record, and imports; `refs` are the schemas."""
    imported = "Imports a complaint from another system; the key identifies it there permanently"
    proof = Answer("The proof", refs["Proof"])
    return {
        **_files(refs),
        **_returns(refs),
        "/v1/desk/proof": read("How far the record is sealed, and what its verifications found", proof),
        "/v1/desk/imports": {"post": taken(imported, "ImportedForm", refs)},
    }


def _files(refs: Refs) -> dict[str, Any]:
    """Cases as files."""
    file = Answer("The file", refs["Export"], ("Content-Disposition", "Link"), kinds=(JSON, CSV))
    whole = Answer(
        "The file; each of the JSON Lines is a `CaseRecord`, whose fields are the columns of the CSV file",
        headers=("Content-Disposition", "Link"),
        kinds=(CSV, JSON_LINES),
    )
    histories = Answer(
        f"The file; each line is what its `record` says: {', '.join(f'`{kind}`' for kind in LINES)}",
        headers=("Content-Disposition", "Link"),
        kinds=(JSON_LINES,),
    )
    lines = in_query("format", about=EXCEL, enum=[*CSV_FORMATS, "jsonl"], default="csv")
    in_whole = [lines if each["name"] == "format" else each for each in _FILED]
    in_histories = [each for each in _FILED if each["name"] != "format"]
    kinds = in_query("records", about="The kinds of lines, separated by commas; without it, all of them")
    return {
        "/v1/desk/export": read("Cases as a file, up to two thousand at a time", file, _FILED),
        "/v1/desk/export/cases": read(
            "Cases with every field, up to four hundred at a time", whole, [*in_whole, _CHANGED]
        ),
        "/v1/desk/export/histories": read(
            "Whole cases with all that happened in them, up to a hundred at a time",
            histories,
            [*in_histories, kinds, _CHANGED],
        ),
    }


def _returns(refs: Refs) -> dict[str, Any]:
    """What regulators ask for."""
    returned = Answer(
        "The return, or a part of it",
        refs["ReturnOfPeriod"],
        ("Content-Disposition", "Link"),
        kinds=(JSON, CSV),
    )
    of_period = [
        each | {"required": True, "description": _PERIOD[each["name"]]} if each["name"] in _PERIOD else each
        for each in _FILED
    ]
    return {
        "/v1/desk/returns": read(
            "Regulators' returns that can be made", Answer("The returns", refs["Returns"])
        ),
        "/v1/desk/returns/{name}": {"parameters": [in_path("name", "uk-fca-complaints")]}
        | read("A regulator's return of a period, up to two thousand cases at a time", returned, of_period),
    }
