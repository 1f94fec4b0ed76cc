"""The package holds what is deployed and nothing else, and is the same whenever it is built.

Threat 72.
"""

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from infrastructure.build.translations import LOCALES
from infrastructure.package.layers import LANGUAGES
from infrastructure.statics.fingerprint import integrity
from infrastructure.statics.write import MANIFEST
from tests.guards.package.built_package import Built, build_into

ARCHIVES = ("function", "layer-core", "layer-dependencies")
NOT_DEPLOYED = re.compile(
    r"(^|/)(tests?|infrastructure|benchmarks|local|\.chalice|\.local|\.venv)/|_local|\.(key|pem|toml|po|lock)$"
)
DEVELOPMENT = (
    "boto3",
    "s3transfer",
    "pytest",
    "moto",
    "mypy",
    "hypothesis",
    "cfnlint",
    "samtranslator",
    "pip",
    "setuptools",
    "holidays",
)
LARGEST_LAYER = 11_500_000
TRUSTED_ROOTS = "python/botocore/cacert.pem"


def names(built: Built, archive: str) -> list[str]:
    with ZipFile(built.package / f"{archive}.zip") as zipped:
        return zipped.namelist()


@pytest.mark.parametrize("archive", ARCHIVES)
def test_nothing_is_deployed_that_is_not_the_product(built: Built, archive: str) -> None:
    assert [name for name in names(built, archive) if NOT_DEPLOYED.search(name)] in ([], [TRUSTED_ROOTS])


def test_no_package_of_development_is_deployed(built: Built) -> None:
    tops = {name.split("/")[1] for name in names(built, "layer-dependencies")}
    assert not tops & {*DEVELOPMENT, "chalice"}


def test_the_function_is_the_entrances_and_chalice(built: Built) -> None:
    tops = {name.split("/")[0] for name in names(built, "function")}
    assert tops == {"app.py", "__pycache__", "chalice", "functions"}


def test_every_module_is_compiled(built: Built) -> None:
    for archive in ARCHIVES:
        present = set(names(built, archive))
        for module in present:
            if module.endswith(".py"):
                folder, _, name = module.rpartition("/")
                compiled = f"{folder}/__pycache__/{name[:-3]}.cpython-313.pyc".lstrip("/")
                assert compiled in present


def test_the_catalogues_are_compiled(built: Built) -> None:
    found = {name for name in names(built, "layer-core") if name.endswith(".mo")}
    domains = {source.stem for source in LOCALES.rglob("*.po")} | {"places"}
    assert found == {
        f"templates/locale/{language}/LC_MESSAGES/{domain}.mo" for language in LANGUAGES for domain in domains
    }


def test_the_static_files_lie_beside_the_layer_that_names_them(built: Built) -> None:
    """What pages name is there, with the bytes that they say, and no source of it is in a layer."""
    files = contents(built.package / "statics")
    manifest = json.loads((built.folder / "opt/templates" / MANIFEST).read_text())
    assert {path: integrity(files[path]) for path, _ in manifest.values()} == dict(manifest.values())
    assert [name for name in names(built, "layer-core") if re.search(r"\.(css|js)$", name)] == []


def test_the_dependencies_fit(built: Built) -> None:
    assert (built.package / "layer-dependencies.zip").stat().st_size <= LARGEST_LAYER


def test_no_placeholder_and_no_path_of_this_machine_is_left(built: Built) -> None:
    text = (built.package / "template.json").read_text()
    assert "PLACEHOLDER" not in text
    assert str(Path.home()) not in text
    assert str(built.folder) not in text


def test_two_builds_are_the_same_bytes(built: Built, tmp_path: Path) -> None:
    build_into(tmp_path / "again", built.python)
    first, second = contents(built.package), contents(tmp_path / "again")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
