"""The entrance of administrators. What judges settings is loaded only when asked for: few starts need it."""

from chalice.app import Response


def list_settings() -> Response:
    """What is settled at the sites that I serve."""
    from functions import office

    return office.list_settings()


def show_setting(kind: str, name: str) -> Response:
    """One setting and its history."""
    from functions import office

    return office.show_setting(kind, name)


def change_setting(kind: str, name: str, verb: str) -> Response:
    """One change of a setting."""
    from functions import office

    return office.change_setting(kind, name, verb)


def list_packs() -> Response:
    """The promises in force, and those that could be."""
    from functions import promisepacks

    return promisepacks.list_packs()


def dry_run(pack: str) -> Response:
    """What other promises would change for open cases."""
    from functions import dryrun

    return dryrun.dry_run(pack)


def dry_run_change(kind: str, name: str) -> Response:
    """Which open cases a change of a site's calendar touches."""
    from functions import calendar_dry_run

    return calendar_dry_run.dry_run(kind, name)


def preview(kind: str, name: str) -> Response:
    """A letter as it would be after a change of a site's own words."""
    from functions import letter_preview

    return letter_preview.preview(kind, name)
