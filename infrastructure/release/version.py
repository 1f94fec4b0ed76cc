"""The version, which stands in pyproject.toml alone, and what the changelog says of it."""

import re
import tomllib
from collections.abc import Collection
from datetime import date
from pathlib import Path

UNRELEASED = "## [Unreleased]"
_SECTION = re.compile(r"^## \[(?P<name>[^]]+)\](?: - (?P<day>\d{4}-\d{2}-\d{2}))?$", re.MULTILINE)


def version_of(root: Path) -> str:
    """The version of the checkout."""
    data = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return str(data["project"]["version"])


def what_changelog_lacks(text: str, version: str) -> list[str]:
    """Why the changelog is not ready for a release of this version: nothing where it is.

    Each change stands in the section of the version, which has a day, and none is left as unreleased.
    """
    sections = _sections(text)
    if version not in sections:
        return [f"CHANGELOG.md has no section for {version}: `make release CUT=1` makes it of [Unreleased]."]
    day, body = sections[version]
    lacks = (
        [] if day else [f"The section {version} of CHANGELOG.md has no day: `## [{version}] - YYYY-MM-DD`."]
    )
    if not re.search(r"^- ", body, re.MULTILINE):
        lacks.append(f"The section {version} of CHANGELOG.md says no change.")
    if re.search(r"^- ", sections.get("Unreleased", ("", ""))[1], re.MULTILINE):
        lacks.append(f"CHANGELOG.md has changes under [Unreleased], which {version} would hold.")
    return lacks


def what_tags_lack(version: str, tags: Collection[str], here: Collection[str], pushed: str) -> list[str]:
    """Why the tags are not ready for a release of this version: all `tags`, those of the commit that is
    checked out (`here`), and the one that was `pushed`, or "" where none was."""
    tag, lacks = f"v{version}", []
    if tag in tags and tag not in here:
        lacks.append(f"There is a tag {tag} of another commit already: raise the version in pyproject.toml.")
    if pushed not in ("", tag):
        lacks.append(f"The tag {pushed} was pushed, but pyproject.toml says {version}.")
    return lacks


def cut(text: str, version: str, day: date) -> str:
    """The changelog with what is unreleased as the section of this version. Of a changelog that has it, the
    same."""
    if version in _sections(text):
        return text
    title, _, rest = text.partition(UNRELEASED)
    rest = re.sub(r"^What will be .*\n\n?", "", rest.lstrip("\n"), count=1)
    return f"{title}{UNRELEASED}\n\n## [{version}] - {day:%Y-%m-%d}\n\n{rest}"


def _sections(text: str) -> dict[str, tuple[str, str]]:
    """Day and text of each section, by its name."""
    found = list(_SECTION.finditer(text))
    ends = [each.start() for each in found[1:]] + [len(text)]
    return {
        each["name"]: (each["day"] or "", text[each.end() : end])
        for each, end in zip(found, ends, strict=True)
    }
