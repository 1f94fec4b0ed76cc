"""`python -m infrastructure.package.build`: the package that is deployed, made from this checkout.

The order of the work; each step has a module of its own. It runs on Python 3.13 only, because Chalice takes
Lambda's runtime from the interpreter that runs it, and compiled files suit one version. One commit gives the
same bytes on each build, so that a package can be checked against its source.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from infrastructure.package.chalice import lay_out_stage, package
from infrastructure.package.layers import PLATFORMS, lay_out_core, lay_out_dependencies
from infrastructure.package.patterns import precompile_patterns
from infrastructure.package.templates import compile_templates
from infrastructure.package.zips import compile_tree, write_zip
from infrastructure.statics.manifest import collect
from infrastructure.statics.write import write_files
from infrastructure.template.data_stack import data_template
from infrastructure.template.intrinsics import Json
from infrastructure.template.merge import finish

PYTHON = (3, 13)
ROOT = Path(__file__).resolve().parents[2]


def build(out: Path, arch: str) -> None:
    """Write both templates, the zips of functions and layers, and statics/ to `out`, replacing it."""
    statics = collect(ROOT / "templates")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        lay_out_core(ROOT, folder / "core", statics)
        lay_out_dependencies(ROOT, folder / "dependencies", arch)
        lay_out_stage(ROOT, folder / "stage", arch)
        template = package(folder / "stage", folder / "core", folder / "packaged")
        precompile_patterns(folder / "packaged/function", folder / "core/python")
        compile_templates(folder / "core")
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        _pack(folder / "packaged/function", "/var/task", out / "function.zip")
        _pack(folder / "core", "/opt", out / "layer-core.zip")
        _pack(folder / "dependencies", "/opt", out / "layer-dependencies.zip")
    write_files(statics, out / "statics")
    _write(finish(template), out / "template.json")
    _write(data_template(), out / "data-template.json")


def _write(template: Json, target: Path) -> None:
    """Without spaces: CloudFormation takes a megabyte at most, of which indentation alone would be 0.4."""
    compact = json.dumps(template, separators=(",", ":"), sort_keys=True)
    target.write_text(compact + "\n", encoding="utf-8")


def _pack(folder: Path, mounted_at: str, target: Path) -> None:
    compile_tree(folder, mounted_at)
    write_zip(folder, target)


def main() -> None:
    """Build as the command line says, and print what was made."""
    arguments = argparse.ArgumentParser(
        prog="python -m infrastructure.package.build", description="Build the package."
    )
    arguments.add_argument("--arch", choices=sorted(PLATFORMS), default="arm64")
    arguments.add_argument("--out", type=Path, default=ROOT / "build/package")
    options = arguments.parse_args()
    if sys.version_info[:2] != PYTHON:
        sys.exit(
            "The package is built with Python 3.13, which Lambda will run it on: `make package` finds it."
        )
    build(options.out, options.arch)
    for path in sorted(path for path in options.out.rglob("*") if path.is_file()):
        print(f"{path.stat().st_size:>10,} bytes  {path}")


if __name__ == "__main__":
    main()
