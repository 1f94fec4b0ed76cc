"""Strict validation of what is stored, too: a body with an unknown field is refused, a stored one is read."""

from msgspec import Struct


class StrictInput(Struct, frozen=True):
    """A part of a record that bodies hold, too.

    A body that names a field which is not known is refused. What a newer release stored is read without the
    fields that only that release knows, so that an update can be taken back.
    """
