"""`python -m infrastructure.rehearsal`: rehearses what `make package` built.

It ends with 1 where a step fails.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import boto3

from infrastructure.deployment.questions import answered, completed
from infrastructure.deployment.stage_file import Stage
from infrastructure.local.oidc import AUDIENCE
from infrastructure.package.build import ROOT
from infrastructure.rehearsal.aws_simulator import NotSimulated, simulated
from infrastructure.rehearsal.certificate import make_certificate
from infrastructure.rehearsal.deployed_stack import Aws, Host
from infrastructure.rehearsal.environment import REGION, close_off
from infrastructure.rehearsal.functions import Functions
from infrastructure.rehearsal.installation import Installation, Packages
from infrastructure.rehearsal.oidc_provider import Provider
from infrastructure.rehearsal.packages import (
    for_rehearsal,
    unpack,
    with_an_unreadable_function,
    with_another_function,
    with_earlier_code,
)
from infrastructure.rehearsal.report import line_of, report
from infrastructure.rehearsal.run_steps import walk
from infrastructure.rehearsal.steps import own_pool
from infrastructure.template.functions import NAMES

FOLDER = ROOT / "build/rehearsal"
SIMULATOR = ROOT / ".local/simulator/bin/python"
NAME = "rehearsal"


def stage(provider: Provider) -> Stage:
    """As `make deploy` makes it of variables and of what the provider publishes; with inbox and exports."""
    said = {
        "REGION": REGION,
        "SENDER": "complaints@example.org",
        "ISSUER": provider.keeper.issuer,
        "AUDIENCE": AUDIENCE,
        "ADMINISTRATOR": "ada@example.org",
        "ALARMS": "operations@example.org",
    }
    in_account = {"InSandbox": "no", "MakesIdentities": "yes", "GatewayLogs": "yes"}
    values = completed(answered(said, None), provider.keeper.discovery(), in_account)
    region = values.pop("region")
    return Stage(NAME, region, values | {"Inbox": "in.example.org", "ExportsCases": "plain"})


@contextmanager
def installed(package: Path, folder: Path, archive: Path | None = None) -> Iterator[Installation]:
    """Everything that a walk needs, ended in every case. What it writes stands below `folder`; `archive` is
    an unpacked release, whose commands deploy."""
    kinds = ("package", "next-package", "unreadable-package", "earlier-package")
    packages = Packages(*(folder / kind for kind in kinds))
    for_rehearsal(package, packages.first)
    with_another_function(packages.first, packages.next, "next-release.txt", b"The next release.")
    with_an_unreadable_function(packages.first, packages.unreadable)
    with_earlier_code(packages.first, packages.earlier)
    certificate, key = make_certificate(folder)
    (folder / "functions").mkdir()
    with ExitStack() as ending:
        python = Path(sys.executable).resolve()
        functions = Functions(Host(python, folder / "functions", certificate))
        ending.callback(functions.close)
        provider = Provider(folder, certificate, key)
        ending.callback(provider.close)
        stages = NAME, own_pool.NAME
        names = [f"answerable-{stage}-{name}" for stage in stages for name in NAMES.values()]
        endpoint = ending.enter_context(
            simulated(SIMULATOR, folder / "simulator", functions.address, names, certificate, key)
        )
        close_off(endpoint, certificate)
        functions.serve(Aws(endpoint, boto3.client("lambda"), boto3.client("sts")))
        yield Installation(endpoint, stage(provider), packages, functions, provider, archive)


def main() -> None:
    """Rehearse as the command line says, and print what was shown."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.rehearsal")
    arguments.add_argument("--package", type=Path, default=ROOT / "build/package")
    arguments.add_argument("--archive", type=Path, help="the archive of a release, which deploys itself")
    options = arguments.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    archive = unpack(options.archive, FOLDER / "archive") if options.archive else None
    package = archive / "build/package" if archive else options.package
    taken = []
    try:
        with installed(package, FOLDER, archive) as installation:
            for each in walk(installation):
                taken.append(each)
                print(line_of(each), flush=True)
            runs = list(installation.functions.runs)
    except NotSimulated as error:
        sys.exit(str(error))
    print(report(taken, runs))
    if any(each.failure for each in taken):
        sys.exit(f"The rehearsal failed; logs are below {FOLDER}.")


if __name__ == "__main__":
    main()
