"""Local times of a zone as instants. Zone data is the pinned `tzdata`, never the machine's, so that the same
arguments give the same instant everywhere."""

import re
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import tzdata  # type: ignore[import-untyped]

VERSION: str = tzdata.IANA_VERSION
"""Which zone data that is, as IANA names it, such as `2026f`."""

_ZONES = Path(tzdata.__file__).parent / "zoneinfo"
# Without this, `zoneinfo` looks a zone up in the machine's own data.
reset_tzpath([str(_ZONES)])

_ZONE_NAME = re.compile(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+){0,2}")


class UnknownZone(ValueError):
    """The name is not one of an IANA zone."""


@lru_cache(maxsize=128)
def zone_named(name: str) -> ZoneInfo:
    """The rules of the IANA zone `name`. Raises `UnknownZone`."""
    if not _ZONE_NAME.fullmatch(name):
        raise UnknownZone(f"{name!r} is no IANA zone")
    try:
        with (_ZONES / name).open("rb") as rules:
            return ZoneInfo.from_file(rules, key=name)
    except (OSError, ValueError) as error:
        raise UnknownZone(f"{name!r} is no IANA zone") from error


def utc(moment: datetime) -> datetime:
    """The same instant in UTC, where comparing and subtracting are in real time. Raises `ValueError` for a
    moment without an offset, which would take the machine's zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return moment.astimezone(UTC)


@lru_cache(maxsize=8192)
def first_instant(zone: str, day: date, minute: int = 0) -> datetime:
    """The first instant (UTC) at which the clocks of `zone` show `minute` minutes after midnight of `day`,
    or later. A time in the missing hour is the moment of the change; one in the repeated hour is the first
    of the two; 1440 is the first instant of the next date."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    zone_info = zone_named(zone)
    instant = wall.replace(tzinfo=zone_info).astimezone(UTC)
    if instant.astimezone(zone_info).replace(tzinfo=None) == wall:
        return instant
    return _change_over(zone_info, wall)


def _change_over(zone_info: ZoneInfo, wall: datetime) -> datetime:
    """The moment at which the clocks jump over `wall`: the two readings of a missing time stand around it."""

    def shows_later(second: int) -> bool:
        return datetime.fromtimestamp(second, zone_info).replace(tzinfo=None) >= wall

    around = sorted(int(wall.replace(tzinfo=zone_info, fold=fold).timestamp()) for fold in (0, 1))
    seconds = range(around[0], around[1] + 1)
    return datetime.fromtimestamp(seconds[bisect_left(seconds, True, key=shows_later)], UTC)
