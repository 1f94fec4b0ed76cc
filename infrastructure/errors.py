"""What stops a local run, said in one sentence."""


class CommandError(Exception):
    """A local run cannot start or go on; the text is one sentence for the person who started it."""
