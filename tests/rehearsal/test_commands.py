"""A rehearsal of a release calls the commands of the release, and none of the checkout."""

from pathlib import Path

import pytest

from infrastructure.deployment.stage_file import Stage, read_stage
from infrastructure.errors import CannotDeploy
from infrastructure.rehearsal.commands import keep_stage_file, said_by

TOLD = """
import os, sys
from pathlib import Path
print(Path(__file__).resolve().parents[2], Path(os.environ["STAGES"], sys.argv[1] + ".toml").exists())
sys.exit("It is refused." if sys.argv[2:] else 0)
"""
PARAMETERS = {"Sender": "help@example.org", "SenderIdentity": "example.org", "OwnPool": "yes"}
STAGE = Stage("alone", "eu-central-1", PARAMETERS | {"FirstAdministrator": "ada@example.org"})


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release/infrastructure/cli"
    folder.mkdir(parents=True)
    (folder / "deploy.py").write_text(TOLD, encoding="utf-8")
    return tmp_path / "release"


def test_a_command_is_that_of_the_release_and_has_the_stage_file(release: Path, tmp_path: Path) -> None:
    keep_stage_file(tmp_path / "stages", STAGE)
    said = said_by(release, tmp_path / "stages", "-m", "infrastructure.cli.deploy", STAGE.name)
    assert said == f"{release.resolve()} True\n"
    assert read_stage(STAGE.name, tmp_path / "stages") == STAGE


def test_a_command_that_ends_badly_fails_the_rehearsal_with_what_it_said(release: Path) -> None:
    with pytest.raises(CannotDeploy, match=r"^It is refused\.$"):
        said_by(release, release, "-m", "infrastructure.cli.deploy", STAGE.name, "badly")


def test_a_stage_file_that_somebody_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "alone.toml").write_text("# mine", encoding="utf-8")
    keep_stage_file(tmp_path, STAGE)
    assert (tmp_path / "alone.toml").read_text("utf-8") == "# mine"
