"""`python -m infrastructure.cli.data.copy_record SOURCE FOLDER [--keys]`: copies the record for an auditor.

What it writes is what `verify.py --table` reads (docs/evidence.md): entries, states, letters, settings,
records of the management system and runs of retention rules, without what nobody needs to verify them, such
as who complains on the lists of cases. SOURCE is a table that nobody writes to, such as one that was
restored, or the folder of an export that DynamoDB made of a table in use. `--keys` adds the data keys of
cases: only with them all is compared that people wrote, and who has both reads it.
"""

import argparse
import gzip
import json
import sys
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from complaints.adapters.dynamodb.key_schema import AUTOMATIONS, MEMBERS, PACKS, RECORDS, RETENTION, SITES
from complaints.adapters.dynamodb.table import bind, connection, data_keys_table
from complaints.letters.notices.digest import is_digest
from infrastructure.deployment.account import reason

SUMMARY, RECORD, KEYS = "manifest-summary.json", "record.jsonl.gz", "keys.jsonl.gz"
"""The files of a copy. The first is called as that of an export by DynamoDB, and says when it was made."""

_CHAINED = {
    "entry": ("data", "values"),
    "letter": ("letter", "state", "digest", "recipient", "message", "to"),
}
_SETTING = ("number", "seal", "settings")
_STATES = (SITES, MEMBERS, PACKS)

Raw = Mapping[str, Any]


def kept(item: Raw) -> dict[str, Any] | None:
    """What is copied of an item (DynamoDB's JSON); `None` for one that proves nothing."""
    pk, sk = item["pk"]["S"], item.get("sk", {}).get("S", "")
    names = _attributes(pk, sk)
    return {name: item[name] for name in ("pk", "sk", *names) if name in item} if names else None


def _attributes(pk: str, sk: str) -> tuple[str, ...]:
    name = pk.partition("#")[2]
    if is_digest(name) or name.startswith(("inbox#", "bulk#")):
        return ()
    if sk == "head":
        return ("number", "state")
    if pk.startswith("key#"):
        return ("key",)
    if pk in _STATES or pk.startswith(("wording#", AUTOMATIONS)):
        return _SETTING
    if pk.startswith(RECORDS):
        return ("number", "seal", "content")
    if pk.startswith(RETENTION) and sk.startswith("run#"):
        return ("run",)
    if (pk, sk) == ("sealed", "sealed"):
        return ("last",)
    return _CHAINED.get(sk.partition("#")[0], ())


def write_copy(items: Iterable[Raw], keys: Iterable[Raw] | None, at: datetime, folder: Path) -> int:
    """Writes a copy as it was `at` a moment; with `keys`, data keys beside it, and without them none, also
    where an earlier copy had some. Returns how many items."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SUMMARY).write_text(json.dumps({"exportTime": at.isoformat(), "outputFormat": "DYNAMODB_JSON"}))
    (folder / KEYS).unlink(missing_ok=True)
    count = _write(items, folder / RECORD)
    if keys is not None:
        _write(keys, folder / KEYS)
    return count


def _write(items: Iterable[Raw], path: Path) -> int:
    """Only who makes a copy reads it, until they give it to somebody: data keys may be in it."""
    count = 0
    path.touch(0o600)
    path.chmod(0o600)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=4) as file:
        for item in filter(None, map(kept, items)):
            file.write(json.dumps({"Item": item}, default=_base64, ensure_ascii=False) + "\n")
            count += 1
    return count


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def items_of_table(name: str) -> Iterator[Raw]:
    """All items of a table."""
    pages = connection().client.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
    return (item for page in pages for item in page["Items"])


def items_of_export(folder: Path) -> Iterator[Raw]:
    """All items of the exports by DynamoDB in a folder."""
    for path in sorted(folder.rglob("*.json.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                if item := json.loads(line).get("Item"):
                    yield item


def exported_at(folder: Path) -> datetime:
    """The moment of the exports in a folder: of the earliest one. Raises `ValueError` where none says."""
    told = [json.loads(path.read_text())["exportTime"] for path in folder.rglob(SUMMARY)]
    if not told:
        raise ValueError(f"{folder} holds no export by DynamoDB: {SUMMARY} is missing.")
    return min(map(datetime.fromisoformat, told))


def main() -> None:
    """Copies the record that the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.copy_record")
    arguments.add_argument("source", help="a table that nobody writes to, or the folder of an export of one")
    arguments.add_argument("folder", type=Path, help="where the copy is written")
    arguments.add_argument("--keys", action="store_true", help="with the data keys of cases")
    options = arguments.parse_args()
    source = Path(options.source)
    try:
        if source.is_dir():
            at = exported_at(source)
            items = (item for item in items_of_export(source) if options.keys or not _is_key(item))
            count = write_copy(items, None, at, options.folder)
        else:
            bind(options.source)
            keys = items_of_table(data_keys_table(options.source)) if options.keys else None
            count = write_copy(items_of_table(options.source), keys, datetime.now(UTC), options.folder)
    except (BotoCoreError, ClientError, OSError, EOFError, ValueError) as error:
        sys.exit(f"It could not be copied to its end. {reason(error)}")
    print(f"{count} items are copied to {options.folder}.")


def _is_key(item: Raw) -> bool:
    return str(item["pk"]["S"]).startswith("key#")


if __name__ == "__main__":
    main()
