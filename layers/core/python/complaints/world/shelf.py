"""What ships with the product and settings may name: promise packs, holiday calendars, languages."""

from collections.abc import Collection
from functools import cache
from importlib.resources import files

from complaints.holiday_data import Holidays, read_holidays
from complaints.packs import Pack, PackRefused, read_packs
from complaints.world.catalogues import Catalogues


class ShippedShelf:
    """The data files of the package, and the languages of the catalogues (port `Shelf`)."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    @property
    def languages(self) -> Collection[str]:
        return self._catalogues.languages

    @property
    def calendars(self) -> Collection[str]:
        return _names("calendars")

    def fault_of_pack(self, name: str) -> str | None:
        try:
            packs_named(name)
        except LookupError:
            return "unknown-pack"
        except PackRefused:
            return "unreadable-pack"
        return None


@cache
def packs_named(name: str) -> tuple[Pack, ...]:
    """The packs of a file. Raises `LookupError`, `packs.PackRefused`."""
    return read_packs(_data("packs", name))


@cache
def holidays_of(region: str) -> Holidays:
    """The holidays of a region. Raises `LookupError`."""
    return read_holidays(_data("calendars", region))


def _names(folder: str) -> frozenset[str]:
    shipped = (files("complaints") / "data" / folder).iterdir()
    return frozenset(entry.name.removesuffix(".json") for entry in shipped)


def _data(folder: str, name: str) -> bytes:
    """A data file that ships with the product. Raises `LookupError` for a name that does not."""
    if name not in _names(folder):
        raise LookupError(f"{folder}: {name} is not shipped")
    return (files("complaints") / "data" / folder / f"{name}.json").read_bytes()
