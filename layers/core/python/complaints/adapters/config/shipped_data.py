"""What ships with the product and settings may name: promise packs, holiday calendars, languages."""

import re
from collections.abc import Collection, Container, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.calendars.holidays import Holidays, read_country
from complaints.promise_packs.loader import Pack, PackRefused, read_packs

if TYPE_CHECKING:
    from complaints.reporting.regulators.return_format import RegulatorReturn

_FOLDER = Path(__file__).parents[2] / "data"
_NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


class ShippedData:
    """The data files of the package, and the languages of the catalogues (port `Shelf`)."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    @property
    def languages(self) -> Collection[str]:
        return self._catalogues.languages

    @property
    def calendars(self) -> Collection[str]:
        return regions()

    def is_holiday(self, region: str, on: date) -> bool:
        return any(entry.on == on for entry in holidays_of(region).entries)

    @property
    def pack_names(self) -> Collection[str]:
        """The names of all packs that ship with the product."""
        return sorted(path.stem for path in (_FOLDER / "packs").iterdir())

    def packs(self, name: str) -> tuple[Pack, ...]:
        """The versions of a pack. Raises `LookupError` for one that does not ship with the product."""
        return packs_named(name)

    @property
    def return_names(self) -> Collection[str]:
        """The names of all regulators' returns that ship with the product."""
        return sorted(path.stem for path in (_FOLDER / "returns").iterdir())

    def regulator_return(self, name: str) -> "RegulatorReturn":
        """A regulator's return. Raises `LookupError` for one that does not ship with the product."""
        return return_named(name)

    def return_codes(self, name: str) -> Mapping[str, Collection[str]]:
        """The regulator's codes of each grouping of a return. Raises `LookupError`."""
        return {each.name: each.labels for each in return_named(name).groupings}

    def fault_of_pack(self, name: str) -> str | None:
        try:
            packs_named(name)
        except LookupError:
            return "unknown-pack"
        except PackRefused:
            return "unreadable-pack"
        return None


class _Regions(Container[str]):
    """The regions, read when a pack names one: most use the site's."""

    def __contains__(self, region: object) -> bool:
        return region in regions()


@cache
def packs_named(name: str) -> tuple[Pack, ...]:
    """The packs of a file. Raises `LookupError`, `packs.PackRefused`."""
    return read_packs(_data("packs", name), _Regions())


@cache
def return_named(name: str) -> "RegulatorReturn":
    """The return of a file. Raises `LookupError`, `ReturnRefused`."""
    # Imported here: almost no request asks for a return.
    from complaints.reporting.regulators.return_format import read_return

    return read_return(_data("returns", name))


@cache
def regions() -> frozenset[str]:
    """The regions that there is a holiday calendar of."""
    return frozenset(msgspec.json.decode(_data("calendars", "index"), type=list[str]))


@cache
def holidays_of(region: str) -> Holidays:
    """The holidays of a region. Raises `LookupError`."""
    return read_country(_data("calendars", region.partition("-")[0])).of(region)


def _data(folder: str, name: str) -> bytes:
    """A data file that ships with the product. Raises `LookupError` for a name that does not."""
    if not _NAME.fullmatch(name):
        raise LookupError(name)
    try:
        return (_FOLDER / folder / f"{name}.json").read_bytes()
    except FileNotFoundError as error:
        raise LookupError(f"{folder}: {name} is not shipped") from error
