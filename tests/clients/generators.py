"""The generators of clients, each run as its users run it, on the description that a local run serves."""

import json
import os
import subprocess
import sys
from pathlib import Path

from infrastructure.build import npm
from infrastructure.clients.__main__ import CONFIG, NAME
from tests.local_run import LocalRun

Words = list[str | Path]
PROGRAMS = Path(sys.executable).parent
PINS = Path(__file__).parent
HOME = Path(__file__).parents[2] / ".local" / "clients"
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For Java: what runs for seconds is not compiled well."""


def openapi_python_client(run: LocalRun, folder: Path) -> str:
    """Makes the package `folder`/`answerable_client` as releases have it; answers what was said."""
    where: Words = ["--meta", "none", "--output-path", folder / NAME, "--config", CONFIG]
    return _said(PROGRAMS / "openapi-python-client", "generate", "--url", _url(run), *where)


def openapi_generator(run: LocalRun, folder: Path) -> str:
    """Makes the package `folder`/`made_by_og` without its documents and tests, and says what was said."""
    parts = "models,apis,supportingFiles,modelDocs=false,apiDocs=false,modelTests=false,apiTests=false"
    how: Words = ["-g", "python", "--package-name", "made_by_og", "--global-property", parts, "-o", folder]
    return _said(
        PROGRAMS / "openapi-generator-cli", "generate", "-i", _url(run), *how, JAVA_TOOL_OPTIONS=QUICK_START
    )


def openapi_typescript(run: LocalRun, folder: Path) -> str:
    """Makes `folder`/api.d.ts, and says what the generator said."""
    how: Words = ["--default-non-nullable", "false", "--output", folder / "api.d.ts"]
    return _said(*_node("openapi-typescript/bin/cli.js"), _url(run), *how)


def type_check(program: str, folder: Path) -> str:
    """What the compiler of TypeScript has to say against a program beside api.d.ts."""
    (folder / "program.ts").write_text(program)
    strict = ["--noEmit", "--strict", "--target", "es2022", "--module", "preserve"]
    return _run(*_node("typescript/bin/tsc"), *strict, folder / "program.ts").stdout


def check_react(component: str, folder: Path) -> str:
    """What the compiler has to say against a component beside the types of the widget."""
    (folder / "component.tsx").write_text(component)
    program = _node("typescript/bin/tsc")
    known = {name: [str(HOME / "node_modules/@types" / name)] for name in ("react", "react/jsx-runtime")}
    options = {"strict": True, "noEmit": True, "jsx": "react-jsx", "module": "preserve", "target": "es2022"}
    settings = {"compilerOptions": options | {"paths": known}, "include": ["*.tsx", "*.d.ts"]}
    (folder / "tsconfig.json").write_text(json.dumps(settings))
    return _run(*program, "--project", folder).stdout


def _url(run: LocalRun) -> str:
    return f"{run.url}/openapi.json"


def _node(program: str) -> tuple[Path, Path]:
    npm.install("the generator of TypeScript clients", PINS, HOME)
    return PROGRAMS / "node", HOME / "node_modules" / program


def _said(*command: str | Path, **environment: str) -> str:
    done = _run(*command, **environment)
    assert done.returncode == 0, done.stdout
    return done.stdout


def _run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    surrounded = {**os.environ, **environment}
    return subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=surrounded,
    )
