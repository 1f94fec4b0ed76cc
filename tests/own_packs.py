"""Promise packs as an operator brings them: files of versions that a test changes in what matters to it."""

from typing import Any

Json = dict[str, Any]


def clock(
    name: str = "respond", *, starts: str = "complaint_received", days: int = 20, **fields: Any
) -> Json:
    """A promise in calendar days, by the clock times of the site."""
    stops = {"acknowledge": "acknowledged", "respond": "responded", "assess": "assessed"}
    usual: Json = {
        "id": name,
        "purpose": name,
        "starts_on": starts,
        "stops_on": stops.get(name, "closed"),
        "amount": days,
        "unit": "calendar_days",
        "counting": "next_day",
        "roll": "none",
        "eod": "midnight",
        "pause": {"allowed": False},
        "extension": None,
        "conditions": [],
        "letter_blocks": [],
        "escalates": [{"when": "missed", "to": "team"}],
        "confidence": "own",
    }
    return usual | fields


def version(
    name: str, number: int, *clocks: Json, begins: str = "2020-01-01", ends: str | None = None, **fields: Any
) -> Json:
    """One version of a pack; it answers within 20 days unless it has other clocks."""
    usual: Json = {
        "id": name,
        "version": number,
        "title": "What we promise",
        "source": {"name": "Ourselves", "section": "1"},
        "status": "own",
        "effective_from": begins,
        "effective_to": ends,
        "timezone": "site",
        "working_time": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "holiday_calendar": "site",
        "conditions": [],
        "external_body": None,
        "letter_blocks": [],
        "clocks": list(clocks) or [clock()],
    }
    return usual | fields


def file_of(*packs: Json) -> Json:
    """A file of these versions, which declares all events and letter blocks that they name."""
    clocks = [each for pack in packs for each in pack["clocks"]]
    events = {each[field] for each in clocks for field in ("starts_on", "stops_on")}
    blocks = {block for each in clocks for block in each["letter_blocks"]}
    return {
        "format": 1,
        "events": sorted(events),
        "letter_blocks": [{"id": block, "content": "What the rule asks for."} for block in sorted(blocks)],
        "packs": list(packs),
    }
