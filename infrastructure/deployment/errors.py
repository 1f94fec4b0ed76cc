"""How a command for operators says that it cannot go on."""


class CannotDeploy(Exception):
    """Something is missing or was refused; the text says what, and what to do about it."""


class NothingBegun(CannotDeploy):
    """Why a command in steps took none: there is nothing to go on with, and nothing to give up."""
