"""A whole installation to measure: the product wired as on AWS, over a real engine and stand-ins."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from benchmarks.product.fake_aws_services import BUCKET, KEYS, PURPOSES, standing_in
from complaints.adapters import container
from complaints.adapters.dynamodb.table import create_table
from infrastructure.build.translations import compile_catalogues
from infrastructure.local import engine
from infrastructure.local.oidc import AUDIENCE, LocalProvider
from infrastructure.local.seed import seed

ROOT = Path(__file__).parents[2]
SITE = "demo"
STAFF = "Deniz"


@dataclass(frozen=True)
class Installation:
    """The address of its `engine`, and the `provider` that signs its staff in."""

    provider: LocalProvider
    engine: str

    def furnish(self) -> dict[str, str]:
        """Makes a new table with sites and staff, on which this process works from then on.

        Answers with what a function of the installation finds in its environment.
        """
        name = f"bench-{uuid4().hex}"
        environment = self._environment(name)
        os.environ.update(environment)
        container.use_container(None)
        create_table(name)
        seed(container.container())
        return environment

    def _environment(self, table: str) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL_DYNAMODB": self.engine,
            "AWS_ENDPOINT_URL_SSM": self.provider.issuer,
            "AWS_ENDPOINT_URL_SESV2": self.provider.issuer,
            "AWS_ENDPOINT_URL_S3": self.provider.issuer,
            "AWS_ENDPOINT_URL_KMS": self.provider.issuer,
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
            # So that no letter of a run is held by the cap of all.
            "ANSWERABLE_LETTERS_PER_HOUR": "1000000",
            "ANSWERABLE_KEYS": KEYS,
            "ANSWERABLE_SECRETS": ",".join(PURPOSES),
            "ANSWERABLE_FILES": BUCKET,
            "ANSWERABLE_EVIDENCE": BUCKET,
            "ANSWERABLE_SIGNING_KEY": "bench",
            "ANSWERABLE_TEMPLATES": str(ROOT / "templates"),
        }


@contextmanager
def installed() -> Iterator[Installation]:
    """An installation without a table, gone when the block ends."""
    compile_catalogues()
    with TemporaryDirectory() as made:
        folder = Path(made)
        with engine.running(folder / "cases.db") as address, standing_in(folder) as provider:
            yield Installation(provider, address)
