"""The tables of `docs/privacy.md`, of the code and of `map.toml` beside this module."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from infrastructure.privacy import collected

PAGE = collected.ROOT / "docs/privacy.md"
MAP = Path(__file__).with_name("map.toml")
_BLOCK = re.compile(r"(<!-- begin: make privacy (\w+) -->\n).*?(<!-- end: make privacy -->)", re.DOTALL)


def written(text: str) -> str:
    """The page with its tables anew."""
    tables = {name: "\n".join(lines) for name, lines in _tables().items()}
    return _BLOCK.sub(lambda found: f"{found[1]}\n{tables[found[2]]}\n\n{found[3]}", text)


def known() -> dict[str, Any]:
    """What `map.toml` says."""
    return tomllib.loads(MAP.read_text("utf-8"))


def missing() -> list[str]:
    """What the code stores and the map does not name, and what the map names that nothing stores."""
    told = known()
    stored = {
        "items": {each.name: set(each.attributes) for each in collected.items()},
        "folders": {name: set[str]() for name in collected.folders()},
        "cookies": {name: set[str]() for name in collected.cookies()},
        "secrets": {name: set[str]() for name in collected.secrets()},
    }
    found = [
        f"{part}: {name}"
        for part, names in stored.items()
        for name in sorted(names.keys() ^ told[part].keys())
    ]
    for name, attributes in stored["items"].items():
        named = told["items"].get(name, {})
        said = {*named.get("personal", ()), *named.get("other", ())}
        found += [f"{name}.{each}" for each in sorted(attributes ^ said)]
    return found


def _tables() -> dict[str, list[str]]:
    told = known()
    return {
        "items": list(_items(told["items"])),
        "values": list(_table(("fact", "private values"), _values())),
        "folders": list(
            _table(
                ("folder", "holds", "until", "who"),
                ((f"`{name}`", *told["folders"][name]) for name in collected.folders()),
            )
        ),
        "log": list(_table(("fields",), [(", ".join(f"`{name}`" for name in collected.log_fields()),)])),
        "cookies": list(
            _table(
                ("cookie", "whose", "holds", "until"),
                ((f"`{name}`", *told["cookies"][name]) for name in collected.cookies()),
            )
        ),
        "secrets": list(
            _table(("secret", "for"), ((f"`{name}`", told["secrets"][name]) for name in collected.secrets()))
        ),
    }


def _items(told: dict[str, Any]) -> Iterator[str]:
    rows = []
    for each in collected.items():
        item = told[each.name]
        personal = ", ".join(f"`{name}`" for name in item["personal"]) or "–"
        other = ", ".join(f"`{name}`" for name in item["other"]) or "–"
        rows.append((each.name, item["holds"], personal, other, item["why"], item["until"], item["who"]))
    return _table(("item", "holds", "of people", "other", "why", "until", "who may read it"), rows)


def _values() -> Iterator[tuple[str, str]]:
    return ((fact, ", ".join(f"`{name}`" for name in names)) for fact, names in collected.private_values())


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(head)
    yield _row(tuple("---" for _ in head))
    for row in rows:
        yield _row(row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
