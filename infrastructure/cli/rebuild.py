"""`python -m infrastructure.cli.rebuild TABLE [--check]`: makes every head anew from its facts.

A head is what its entries say, put together once so that nobody has to read them all; the indexes find it
by what it says. This tells every chain of a table again and names each head that is not what it must be.
Without `--check` such a head is written anew. It reads the whole table: it is for maintainers, after a change
of how facts are told, and when a check of the record fails.
"""

from complaints.adapters.dynamodb.models import bind
from complaints.adapters.dynamodb.rebuild import Rebuilding
from infrastructure.cli.consistency import command, said

_SUMMARY = "{} heads looked at, {} not what their facts say, {} written anew."


def rebuild(table: str, check: bool) -> int:
    """Goes through `table`, says what differs, and returns how many heads are not what their facts say."""
    bind(table)
    return said(Rebuilding(mends=not check), _SUMMARY)


if __name__ == "__main__":
    command("rebuild", rebuild)
