"""`python -m infrastructure.cli.data.rebuild_heads TABLE [--check]`: rebuilds every head from its facts.

A head is what its entries say, put together once so that not all have to be read; the indexes find it by its
attributes. This replays every chain of a table and names each head that differs. Without `--check` such a
head is written again. It reads the whole table: it is for maintainers, after a change of how facts are
replayed, and when a check of the record fails.
"""

from complaints.adapters.dynamodb.table import bind
from complaints.adapters.maintenance.rebuild_heads import Rebuilding
from infrastructure.cli.data.consistency import command, report_findings

_SUMMARY = "{} heads looked at, {} not what their facts say, {} written anew."


def rebuild(table: str, check: bool) -> int:
    """Goes through `table`, says what differs, and returns how many heads are not what their facts say."""
    bind(table)
    return report_findings(Rebuilding(mends=not check), _SUMMARY)


if __name__ == "__main__":
    command("rebuild", rebuild)
