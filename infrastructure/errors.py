"""How a command says in one sentence that it cannot go on: of a local run, or of an operator."""


class CommandError(Exception):
    """A local run cannot start or go on; the text is one sentence for the person who started it."""


class CannotDeploy(Exception):
    """Something is missing or was refused; the text says what, and what to do about it."""


class NothingBegun(CannotDeploy):
    """Why a command in steps took none: there is nothing to go on with, and nothing to give up."""
