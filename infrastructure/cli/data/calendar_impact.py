"""`python -m infrastructure.cli.data.calendar_impact TABLE SITE`: promises that a calendar touches.

It prints a line of JSON for each that the calendar computes otherwise than it was promised. A third argument
names a file with the body of a change of the calendar (`days`, `removed`), as if that were made; without it,
the calendar in force counts. Of two moments the earlier binds. It reads the open cases page by page, and
changes nothing.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from complaints.adapters.container import container
from complaints.settings.commands import ChangeCalendar
from complaints.settings.setting import SettingKind
from complaints.settings.settings_context import among
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid, Unavailable
from complaints.values.people import Actor
from functions.desk.settings.calendar_dry_run import moved_view, terms_after, touched
from functions.desk.settings.dry_run_change import command_of
from functions.use_cases.cases.due_date_recalculation import batches
from infrastructure.deployment.account import reason
from infrastructure.deployment.open_container import open_container


def report(site: str, change: dict[str, Any] | None) -> int:
    """Prints what is touched in the bound table, and returns how many promises that are. Raises `Invalid`."""
    terms = container().sites.terms(site) if change is None else _terms_after(site, change)
    found = 0
    for batch in batches(container(), site):
        for each in touched(container(), batch.references, terms):
            print(json.dumps(msgspec.to_builtins(moved_view(each, terms))), flush=True)
            found += 1
    return found


def _terms_after(site: str, change: dict[str, Any]) -> SiteTerms:
    deps = container()
    setting = deps.settings_store.load(SettingKind.CALENDAR, site)
    by = Actor("operator", "dry run")
    context = among(deps.settings_store.all(), now=deps.now(), by=by, shipped_data=deps.shipped_data)
    return terms_after(deps.sites, site, setting, command_of(ChangeCalendar, setting, change), context)


def main() -> None:
    """Reports what the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.calendar_impact")
    arguments.add_argument("table")
    arguments.add_argument("site")
    arguments.add_argument("change", type=Path, nargs="?", help="JSON: the body of a change of the calendar")
    options = arguments.parse_args()
    open_container(options.table)
    try:
        change = msgspec.json.decode(options.change.read_bytes(), type=dict) if options.change else None
        found = report(options.site, change)
    except Invalid as invalid:
        named = ", ".join(f"{wrong.pointer} ({wrong.code})" for wrong in invalid.errors)
        sys.exit(f"This cannot be: {named}.")
    except (OSError, msgspec.DecodeError, BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"The cases could not be looked at to the end. {reason(error)}")
    print(f"{found} promises are touched.", file=sys.stderr)


if __name__ == "__main__":
    main()
