"""The one way in which a command for operators says that it cannot go on."""


class CannotDeploy(Exception):
    """Something is missing or was refused; the text says what, and what to do about it."""
