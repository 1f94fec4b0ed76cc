"""The project's documents as tests read them, and what there is that they can name."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = (
    ".ci",
    ".devcontainer",
    ".github",
    "benchmarks",
    "docs",
    "functions",
    "infrastructure",
    "layers",
    "requirements",
    "templates",
    "tests",
)
MADE = (".venv", "build/package", "build/release", "build/letters/index.html")
"""Places that are named, and that a command makes."""

ALL = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?|[\w.-]+/|[\w-]+\.(?:py|json|md|toml|lock|po|txt|html)")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_MAKE = re.compile(r"\bmake ([a-z]+(?: [a-z]+)*)")
_WORD = re.compile(r"\w+")
_PLACED = re.compile(r"`(\w+)`\s+(?:in|of)\s+`([\w/]+\.py)`")


def text_of(name: str) -> str:
    """A document as one line, so that a sentence is found however it is broken."""
    return " ".join((ROOT / name).read_text("utf-8").split())


def code_in(document: Path) -> Iterator[str]:
    """What stands in backticks, without them; a block gives its lines."""
    for found in _CODE.findall(document.read_text("utf-8")):
        yield from found.splitlines()[1:-1] if found.startswith("```") else [found.strip("`")]


def paths_in(document: Path) -> list[str]:
    """The files and folders that it names."""
    return [code for code in code_in(document) if _PATH.fullmatch(code)]


def names_in(document: Path) -> list[str]:
    """The names of code that it names: `Responded`, `auth.claims`."""
    return [code for code in code_in(document) if _NAME.fullmatch(code) and not _PATH.fullmatch(code)]


def targets_in(document: Path) -> set[str]:
    """The targets of `make` that it names."""
    return {target for code in code_in(document) for found in _MAKE.findall(code) for target in found.split()}


def targets() -> set[str]:
    """The targets that there are."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def unknown_names_in(document: Path) -> list[str]:
    """The names that it names and the code does not know; `module.name` must stand in a module called so."""
    return [name for name in names_in(document) if not _is_known(name)]


def misplaced_in(document: Path) -> list[tuple[str, str]]:
    """Each name of the code that it places (`Name` in or of a file) and that no such file defines."""
    placed = _PLACED.findall(document.read_text("utf-8"))
    return [(name, path) for name, path in placed if not any(_defines(file, name) for file in _files(path))]


def _defines(file: Path, name: str) -> bool:
    defined = rf"^ *(?:(?:class|def) {name}\b|(?:\w+, )*{name}(?:, \w+)*(?:: .+)? =|{name}: )"
    return bool(re.search(defined, file.read_text("utf-8"), re.MULTILINE))


def _files(path: str) -> list[Path]:
    return [ROOT / place for place in places() if f"/{place}".endswith(f"/{path}")]


def _is_known(name: str) -> bool:
    module, _, rest = name.partition(".")
    if rest and module in modules():
        return set(rest.split(".")) <= modules()[module]
    return words().issuperset(name.split("."))


@cache
def modules() -> dict[str, frozenset[str]]:
    """The words of the product's modules, by the name of the module; of several with one name, of all."""
    found: dict[str, frozenset[str]] = {}
    for place in places():
        if place.endswith(".py") and not place.startswith("tests/"):
            result = frozenset(_WORD.findall((ROOT / place).read_text("utf-8")))
            found[Path(place).stem] = found.get(Path(place).stem, frozenset()) | result
    return found


@cache
def places() -> frozenset[str]:
    """Every file and folder of the project, by its path."""
    within = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    return frozenset(str(path.relative_to(ROOT)) for path in (*ROOT.glob("*"), *within))


@cache
def words() -> frozenset[str]:
    """Every word of the code, and the names of its files and folders."""
    kinds = (".py", ".json", ".toml", "Makefile")
    files = [ROOT / place for place in places() if place.endswith(kinds) and (ROOT / place).is_file()]
    expected = {word for file in files for word in _WORD.findall(file.read_text("utf-8"))}
    return frozenset(expected | {Path(place).stem for place in places()})


def exists(path: str) -> bool:
    """Whether there is such a path, or one that ends so: documents shorten paths."""
    expected = path.rstrip("/")
    return expected in MADE or any(f"/{place}".endswith(f"/{expected}") for place in places())
