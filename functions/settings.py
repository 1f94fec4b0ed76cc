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
