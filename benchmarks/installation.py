"""A whole installation to measure: the product wired as on AWS, over a real engine and a stand-in for the
rest.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.stand_in import KEYS, standing_in
from infrastructure.catalogues import compile_catalogues
from infrastructure.local import engine
from infrastructure.local.engine import stream_records
from infrastructure.local.provider import AUDIENCE, LocalProvider

ROOT = Path(__file__).parents[1]
SITE = "demo"
STAFF = "Deniz"


@dataclass(frozen=True)
class Installation:
    """Where it lies; `provider` signs staff in, `issuer` names the stand-in."""

    provider: LocalProvider
    engine: str
    database: Path

    def environment(self, table: str) -> dict[str, str]:
        """What a function of this installation finds in its environment."""
        return {
            "AWS_ENDPOINT_URL_DYNAMODB": self.engine,
            "AWS_ENDPOINT_URL_SSM": self.provider.issuer,
            "AWS_ENDPOINT_URL_SESV2": self.provider.issuer,
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_DEFAULT_REGION": "eu-central-1",
            "ANSWERABLE_TABLE": table,
            "ANSWERABLE_URL": "https://answerable.example",
            "ANSWERABLE_SENDER": "complaints@answerable.example",
            "ANSWERABLE_MAIL_CONFIGURATION": "bench",
            "ANSWERABLE_ISSUER": self.provider.issuer,
            "ANSWERABLE_AUDIENCE": AUDIENCE,
            "ANSWERABLE_JWKS_URL": self.provider.jwks_url,
            "ANSWERABLE_KEYS": KEYS,
            "ANSWERABLE_TEMPLATES": str(ROOT / "templates"),
        }

    def furnish(self, table: str) -> None:
        """Makes the table and fills it with sites and staff; from then on this process works on it."""
        from complaints.world import assemble
        from complaints.world.table import create_table
        from infrastructure.local.seed import seed

        os.environ.update(self.environment(table))
        assemble.use(None)
        create_table(table)
        stream_records.index(self.database)
        seed(assemble.world())


@contextmanager
def installed() -> Iterator[Installation]:
    """An installation without a table, gone when the block ends."""
    compile_catalogues()
    with TemporaryDirectory() as made:
        folder = Path(made)
        database = folder / "cases.db"
        with engine.running(database) as address, standing_in(folder) as provider:
            yield Installation(provider, address, database)
