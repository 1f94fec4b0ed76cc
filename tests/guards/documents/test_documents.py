"""What the documents name exists, and what they state is what the code says."""

import re
import tomllib
from base64 import urlsafe_b64decode
from datetime import timedelta
from pathlib import Path

import pytest

from complaints.adapters.config import webhook_client
from complaints.adapters.dynamodb import compression, letter_items, models, transactions
from complaints.adapters.identity import oidc_tokens
from complaints.adapters.stores.correspondence import outbox as outbox_dynamodb
from complaints.audit_trail import hash_chain
from complaints.clocks import lifecycle
from complaints.handling import service
from complaints.handling.service import Casework
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.people import Role
from functions.http import idempotency
from functions.http.parsing import json_body
from functions.workers.letters import backoff, webhook_sender
from infrastructure.deployment import secrets
from infrastructure.local import options
from infrastructure.local.aws import stream_poller
from infrastructure.screenshots import gallery
from infrastructure.screenshots.__main__ import ALBUMS
from infrastructure.screenshots.chromium import HEAVIEST
from infrastructure.template import functions
from infrastructure.template.alarms.all_alarms import alarms
from infrastructure.template.permissions.secrets import PURPOSES
from tests.builders import MONDAY, TERMS
from tests.fakes import CountingSalt, FakeCases, FixedKeys
from tests.guards.documents import documents
from tests.guards.documents.documents import ROOT, text_of

README, ARCHITECTURE, SECURITY = "README.md", "docs/architecture.md", "SECURITY.md"
CLOCKS, LETTERS, LOCAL_RUN = "docs/design/clocks.md", "docs/design/letters.md", "docs/design/local_run.md"
RECORD, STORAGE = "docs/design/record.md", "docs/design/storage.md"
DESIGN = tuple(
    sorted(str(page.relative_to(documents.ROOT)) for page in documents.ROOT.glob("docs/design/*.md"))
)
GUIDES = (README, ARCHITECTURE, SECURITY, "CONTRIBUTING.md", "docs/recipes.md", "docs/glossary.md", *DESIGN)
EXPECTED = {*GUIDES, CLOCKS, LETTERS, LOCAL_RUN, RECORD, STORAGE, "CHANGELOG.md", "docs/deploy.md"}
MOST_WORDS = 1_500
"""Of the architecture: a newcomer reads it in one sitting. What goes deeper is a page of the design."""
FORBIDDEN = re.compile(r"TODO|FIXME|\bis certified\b|(?<![\w.])/(?:home|root|tmp|Users)/")
NUMBERS = {2: "two", 6: "six", 7: "seven", 8: "eight"}

every_document = pytest.mark.parametrize("document", documents.ALL, ids=lambda path: path.name)


def test_there_are_the_documents_that_a_reader_looks_for() -> None:
    assert {str(document.relative_to(ROOT)) for document in documents.ALL} >= EXPECTED
    assert (ROOT / "LICENSE").exists()


@pytest.mark.parametrize("name", GUIDES)
def test_every_path_that_is_named_exists(name: str) -> None:
    assert [path for path in documents.paths_in(ROOT / name) if not documents.exists(path)] == []


@every_document
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", document.read_text("utf-8"))
    local = [link for link in links if not link.startswith("https://")]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_the_gallery_is_as_its_command_writes_it() -> None:
    assert (ROOT / "docs/gallery.md").read_text("utf-8") == gallery.page(ALBUMS)


def test_every_picture_is_shown() -> None:
    """In the gallery, some of them twice; each is small enough to stay in the repository for good."""
    page = ROOT / "docs/gallery.md"
    shown = re.findall(r"!\[[^\]]{20,}\]\((pictures/[^)]+)\)", page.read_text("utf-8"))
    taken = [path for path in ROOT.glob("docs/pictures/**/*") if path.is_file()]
    assert sorted({*shown}) == sorted(str(path.relative_to(page.parent)) for path in taken)
    assert [path.name for path in taken if path.stat().st_size > HEAVIEST] == []


@every_document
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    assert documents.targets_in(document) <= documents.targets()


def test_the_readme_names_every_make_target() -> None:
    assert documents.targets_in(ROOT / README) == documents.targets()


@pytest.mark.parametrize("name", GUIDES)
def test_every_name_is_one_of_the_code(name: str) -> None:
    assert documents.unknown_names_in(ROOT / name) == []


@every_document
def test_every_name_stands_in_the_file_that_it_is_said_to_stand_in(document: Path) -> None:
    assert documents.misplaced_in(document) == []


def test_every_setting_that_is_named_is_read() -> None:
    named = {
        name for document in documents.ALL for name in re.findall(r"ANSWERABLE_\w+", document.read_text())
    }
    assert named
    assert named <= set(functions.ENVIRONMENT)


def test_the_readme_names_every_option_of_a_local_run() -> None:
    asked: set[str] = set()

    class Watched(dict[str, str]):
        def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
            asked.add(name)
            return default

    options.read(Watched())
    assert set(re.findall(r"`([A-Z]+)(?:=\d)?`", text_of(README))) == asked


def test_the_readme_says_which_commands_are_offered() -> None:
    offered = text_of(README).partition("**Now:**")[2].partition("**Not yet:**")[0]
    assert set(re.findall(r"`([a-z_]+)`", offered)) == set(STAFF_COMMANDS)


def minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def promises() -> str:
    acknowledge, respond = lifecycle.promised(TERMS, MONDAY)
    return (
        f"an acknowledgement within {acknowledge.amount:g} business day"
        f" and a response within {respond.amount:g} calendar days"
    )


def access_bits() -> int:
    installation = Casework(FakeCases(), FixedKeys(), CountingSalt())
    return len(urlsafe_b64decode(installation.access(installation.missing_case("C-7K3M9-QX2HT-7")))) * 8


def pythons() -> str:
    """The oldest and the newest that the project takes: `>=3.11,<3.14` are 3.11 to 3.13."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest, beyond = str(project["requires-python"]).removeprefix(">=").split(",<3.")
    return f"{oldest} to 3.{int(beyond) - 1}"


def plan_of_webhooks() -> str:
    first, second, third, *hours = map(minutes, webhook_sender.LATER)
    named = [str(each // 60) for each in hours]
    return f"after {first}, {second} and {third} minutes, then {', '.join(named[:-1])} and {named[-1]} hours"


def packs_of_laws() -> int:
    """How many packs ship beside our own defaults."""
    return len(list((ROOT / "layers/core/python/complaints/data/packs").glob("*.json"))) - 1


def countries_with_holidays() -> int:
    return len(list((ROOT / "layers/core/python/complaints/data/calendars").glob("??.json")))


def idle_alarms() -> int:
    """How many alarms an installation has that takes mail, and walks no synthetic site."""
    return sum(alarm.get("Condition") in (None, "TakesMail") for alarm in alarms().values())


FIRST, SECOND, THIRD, LAST = map(minutes, backoff.RETRY_DELAYS)
STATED = [
    *((document, f"Python {pythons()}") for document in (README, "docs/deploy.md", "CONTRIBUTING.md")),
    (README, f"{packs_of_laws()} promise packs (SLA policies) of laws and regulators"),
    (README, f"the holidays of {countries_with_holidays()} countries"),
    (STORAGE, f"decided again on the new state, {service.TRIES} times in all"),
    (STORAGE, f"each is decided again, {service.PATIENCE} times in all"),
    (LETTERS, f"could not be written in {backoff.MOST_ATTEMPTS} attempts"),
    (STORAGE, f"tried again under a new token, {transactions.CONFLICT_TRIES} times in all"),
    (STORAGE, f"at most {service.MOST_COLLISIONS} references are tried"),
    (STORAGE, f"kept for {minutes(idempotency.KEY_LIFETIME) // 60} hours"),
    (LETTERS, f"no mark within {minutes(outbox_dynamodb.CLAIM_GRACE)} minutes"),
    (LETTERS, f"did not bring within {minutes(letter_items.STREAM_GRACE)} minutes"),
    (LETTERS, f"{FIRST}, {SECOND}, {THIRD} minutes, then every {LAST // 60} hours"),
    (STORAGE, f"Deflated above {compression.LONG // 1024} KB"),
    (RECORD, f"a salt of {hash_chain.SALT_BYTES * 8} bits"),
    (STORAGE, f"a salt of {hash_chain.SALT_BYTES * 8} bits"),
    (STORAGE, f"`due#0` to `due#{models.DUE_SHARDS - 1}`"),
    (LOCAL_RUN, f"in batches of {stream_poller.BATCH}"),
    (CLOCKS, promises()),
    (SECURITY, f"at most {json_body.MOST_BYTES // 1024} KB"),
    (SECURITY, f"A token of {access_bits()} bits"),
    (SECURITY, f"{NUMBERS[len(oidc_tokens.ALGORITHMS)]} algorithms"),
    (SECURITY, f"kept for {functions.LOG_DAYS} days"),
    (SECURITY, f"{NUMBERS[len(PURPOSES)]} random keys"),
    ("docs/webhooks.md", f"within {webhook_client.SECONDS_IN_ALL:.0f} seconds"),
    ("docs/webhooks.md", plan_of_webhooks()),
    ("CHANGELOG.md", f"{NUMBERS[len(Role)]} roles"),
    ("docs/deploy.md", f"{NUMBERS[len(PURPOSES)]} keys of {secrets.SIZE} random bytes"),
    ("docs/deploy.md", f"{idle_alarms()} × 0.10 (CloudWatch"),
]


@pytest.mark.parametrize(("document", "statement"), STATED)
def test_a_figure_is_that_of_the_code(document: str, statement: str) -> None:
    assert statement in text_of(document)


def test_the_architecture_is_read_in_one_sitting() -> None:
    assert len((ROOT / ARCHITECTURE).read_text("utf-8").split()) <= MOST_WORDS


@pytest.mark.parametrize("page", DESIGN)
def test_the_architecture_leads_to_every_page_of_the_design(page: str) -> None:
    assert f"]({page.removeprefix('docs/')})" in text_of(ARCHITECTURE)


def test_the_architecture_lists_every_layer_in_the_order_that_is_held() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = {
        contract["containers"][0]: contract["layers"] for contract in contracts if "containers" in contract
    }
    for package, rows in layers.items():
        listed = text_of(ARCHITECTURE).partition(f"**`{package}/`, from top to bottom:**")[2]
        names = [name for row in rows for name in row.split(" | ")]
        places = [re.search(rf"`{name}(\.py)?`", listed) for name in names]
        found = [place.start() for place in places if place]
        assert len(found) == len(names)
        assert found == sorted(found)


def test_the_architecture_names_every_function_that_is_deployed() -> None:
    assert [
        name for name in functions.NAMES.values() if f'function "{name}"' not in text_of(ARCHITECTURE)
    ] == []


@every_document
def test_no_document_says_what_is_none_of_its_readers_business(document: Path) -> None:
    assert FORBIDDEN.findall(document.read_text("utf-8")) == []


@every_document
def test_no_line_outside_a_table_is_longer_than_120_characters(document: Path) -> None:
    lines = document.read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 120 and not line.startswith("|")] == []
