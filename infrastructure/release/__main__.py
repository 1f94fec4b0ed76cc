"""`python -m infrastructure.release`: makes a release ready to tag, in build/release.

    answerable-<version>.zip           deploys without the source: `make deploy STAGE=<name>` in it
    answerable-<version>-package.zip   the package alone, for other tools
    answerable-<version>.cdx.json      the bill of materials (CycloneDX)
    answerable_client-<version>-….whl  the typed client for Python
    LICENCES.txt, SHA256SUMS

It ends with 1, and says why, where the checkout is not ready to be tagged; the files are made all the same.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from infrastructure.errors import CommandError
from infrastructure.package.zips import write_zip
from infrastructure.release.advisories import audit
from infrastructure.release.archive import PACKAGE, lay_out, sums
from infrastructure.release.bill_of_materials import licences, unlicensed, write_bill
from infrastructure.release.version import cut, version_of, what_changelog_lacks, what_tags_lack

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build/release"
TOOLS = ROOT / ".local/release/bin"


def make_files(version: str, out: Path) -> list[str]:
    """Makes all files of a release, and answers with what is wrong. Raises `CommandError`."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    name = f"answerable-{version}"
    with tempfile.TemporaryDirectory() as scratch:
        lay_out(ROOT, Path(scratch, name))
        write_zip(Path(scratch), out / f"{name}.zip")
    write_zip(ROOT / PACKAGE, out / f"{name}-package.zip")
    for wheel in (ROOT / "build/client/dist").glob("*.whl"):
        shutil.copy(wheel, out)
    bill_path = out / f"{name}.cdx.json"
    write_bill(ROOT, TOOLS, bill_path)
    bill = json.loads(bill_path.read_text(encoding="utf-8"))
    (out / "LICENCES.txt").write_text(licences(bill), encoding="utf-8")
    (out / "SHA256SUMS").write_text(sums(out.iterdir()), encoding="utf-8")
    audited = audit(ROOT, TOOLS)
    print(audited.text)
    wrong = [f"{package} names no licence." for package in unlicensed(bill)]
    return wrong + ["Advisories are known: mend them, or say why not."] * bool(audited.found)


def what_checkout_lacks(version: str) -> list[str]:
    """What stands in the way of a tag: the changelog, changes not committed, a tag of another commit.

    Where GitHub was pushed a tag, `GITHUB_REF_NAME` is that tag.
    """
    lacks = what_changelog_lacks((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    if _git("status", "--porcelain"):
        lacks.append("There are changes that are not committed.")
    pushed = os.environ.get("GITHUB_REF_NAME", "") if os.environ.get("GITHUB_REF_TYPE") == "tag" else ""
    tags, here = _git("tag").split(), _git("tag", "--points-at", "HEAD").split()
    return lacks + what_tags_lack(version, tags, here, pushed)


def _git(*command: str) -> str:
    return subprocess.run(["git", *command], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Make a release as the command line says."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.release")
    arguments.add_argument("--cut", action="store_true", help="make the section of the version, of today")
    options = arguments.parse_args()
    version, changelog = version_of(ROOT), ROOT / "CHANGELOG.md"
    if options.cut:
        text = changelog.read_text(encoding="utf-8")
        changelog.write_text(cut(text, version, datetime.now(UTC).date()), encoding="utf-8")
    try:
        wrong = make_files(version, OUT) + what_checkout_lacks(version)
    except CommandError as error:
        sys.exit(str(error))
    for path in sorted(OUT.iterdir()):
        print(f"{path.stat().st_size:>12,} bytes  {path.relative_to(ROOT)}")
    if wrong:
        sys.exit("\n".join([f"{version} is not ready to tag:", *wrong]))
    print(f"Ready: git tag -s v{version} -m v{version}")


if __name__ == "__main__":
    main()
