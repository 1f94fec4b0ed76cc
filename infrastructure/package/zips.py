"""Zip files that have the same bytes whenever their contents are the same, with compiled Python inside.

A time stamp, a mode or the order of a folder listing would make two builds of one commit differ. Compiled
files with time stamps are neither reproducible nor trusted after unzipping: theirs are replaced by unchecked
hashes (PEP 552).
"""

import py_compile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
MODE = 0o644 << 16


def compile_tree(folder: Path, mounted_at: str) -> None:
    """Compile every module below `folder`; tracebacks name the files as in Lambda, below `mounted_at`.

    Raises py_compile.PyCompileError for a module that Python cannot read.
    """
    for source in sorted(folder.rglob("*.py")):
        py_compile.compile(
            str(source),
            dfile=f"{mounted_at}/{source.relative_to(folder).as_posix()}",
            doraise=True,
            quiet=1,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


def write_zip(folder: Path, target: Path) -> None:
    """Pack all files below `folder` into `target`, which is replaced."""
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
                entry.external_attr = MODE
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
