"""`python -m infrastructure.cli.data.recount_figures TABLE [--check]`: recounts figures from facts.

Figures are added up by the stream, entry by entry. This counts every case of a table again: those that were
taken before there were figures, or whose record was set aside, are counted, and each number that differs from
the facts is written again. With `--check` it only names what differs. It reads the whole table.
"""

from complaints.adapters.container import container
from complaints.adapters.maintenance.recount_figures import Recounting
from infrastructure.cli.data.consistency import command, report_findings
from infrastructure.deployment.open_container import open_container

_SUMMARY = "{} cases counted, {} differences, {} written anew."


def recount(*, check: bool) -> int:
    """Goes through the table of the world, says what differs, and returns how much of it is left."""
    sites = container().sites
    recounting = Recounting(lambda site: sites.terms(site).working_days, mends=not check)
    return report_findings(recounting, _SUMMARY)


def _recount_table(table: str, check: bool) -> int:
    open_container(table)
    return recount(check=check)


if __name__ == "__main__":
    command("figures", _recount_table)
