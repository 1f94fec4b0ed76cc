"""The file that says what one installation is: `stages/<stage>.toml`."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from infrastructure.errors import CannotDeploy
from infrastructure.template.parameters import PARAMETERS, PROVIDER

FOLDER = Path(os.environ.get("STAGES") or Path(__file__).parent / "stages").expanduser()
"""Where stage files stand: `STAGES` names a folder outside, which a later release uses as it is."""
COMPUTED_PARAMETERS = {"Keys", "PublicUrl", "Revision"}
"""Parameters that the deployment computes."""

RESTORED_PARAMETERS = ("RestoredTable", "RestoredStream", "Paused")
"""Parameters that `make restore` sets. They stand in no stage file: a deployment leaves them as they are."""


class Stage(NamedTuple):
    """One installation: its name, its region, and the template's parameters."""

    name: str
    region: str
    parameters: dict[str, str]

    @property
    def stack(self) -> str:
        """The name of its CloudFormation stack of the code; that of the data follows from it
        (`data_stack.py`)."""
        return f"answerable-{self.name}"

    @property
    def keys(self) -> str:
        """Below which its keys stand in the parameter store."""
        return f"/answerable/{self.name}/keys"

    @property
    def migrations(self) -> str:
        """The parameter that names the migrations that it has done."""
        return f"/answerable/{self.name}/migrations"

    @property
    def escrow(self) -> str:
        """The parameter that says when the last escrow copy of its keys was taken."""
        return f"/answerable/{self.name}/escrow"


def read_stage(name: str, folder: Path = FOLDER) -> Stage:
    """The stage called `name`. Raises `CannotDeploy` for a file that is missing or does not say enough."""
    refuse_name(name)
    path = folder / f"{name}.toml"
    if not path.exists():
        raise CannotDeploy(f"{path} is missing: `make deploy STAGE={name}` asks and writes it.")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CannotDeploy(f"{path} cannot be read: {error}") from error
    parameters = {key: str(value) for key, value in data.get("parameters", {}).items()}
    required = {key for key, rule in PARAMETERS.items() if "Default" not in rule} - COMPUTED_PARAMETERS
    missing, unknown = (
        required - parameters.keys(),
        parameters.keys() - (PARAMETERS.keys() - set(RESTORED_PARAMETERS)),
    )
    if missing or unknown or "region" not in data:
        raise CannotDeploy(
            f"{path}: missing {sorted(missing)}, unknown {sorted(unknown)}; `region` is required."
        )
    if refusal := lacks_sign_in(parameters):
        raise CannotDeploy(f"{path}: {refusal}")
    return Stage(name, data["region"], parameters)


def refuse_name(name: str) -> None:
    """Raises `CannotDeploy` for a name that no stage can have."""
    if not re.fullmatch(r"[a-z][a-z0-9]{0,19}", name):
        raise CannotDeploy("A stage is called by up to 20 small letters and digits, a letter first.")


def lacks_sign_in(parameters: Mapping[str, str]) -> str:
    """Why nobody could sign in with these parameters, or nothing."""
    if parameters.get("OwnPool") == "yes":
        is_address = re.fullmatch(r"[^@\s]+@[^@\s]+", parameters.get("FirstAdministrator", ""))
        return "" if is_address else "with an own pool `FirstAdministrator` is the mail address of a person."
    missing = [name for name in PROVIDER if not parameters.get(name)]
    return f'missing {missing} of the staff\'s provider; or say `OwnPool = "yes"`.' if missing else ""
