"""The verifier as a module, loaded from the one file that a pack brings."""

import importlib.util
from pathlib import Path
from types import ModuleType

VERIFIER = Path("templates/evidence/verify.py")


def loaded(path: Path = VERIFIER) -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
