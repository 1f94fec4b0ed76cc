"""The product's own stores over one table, for commands that an operator runs."""

from pathlib import Path

from complaints.adapters.config.environment import Settings
from complaints.adapters.container import Container, use_container
from complaints.adapters.dynamodb.table import bind

TEMPLATES = Path(__file__).parents[2] / "templates"


def open_container(table: str, **others: str) -> None:
    """Chooses a container over a table, of which nothing but the table, and what `others` name, is asked.

    The models are of the table from now on: commands read by them before they ask the container for a store.
    """
    bind(table)
    unused = {name: "" for name in Settings.__struct_fields__ if name not in ("table", "templates")}
    use_container(Container(Settings(table=table, templates=TEMPLATES, **unused | others)))


def open_to_erase(table: str, *, evidence: str, files: str) -> None:
    """Chooses a container over a table for `erase_again`: the list of erasures lies in the bucket `evidence`,
    the mails of whoever is erased apart, as they came, in that of `files`."""
    open_container(table, evidence=evidence, files=files)
