"""What is deployed in a rehearsal: the built package, changed where the simulator or this machine ask it.

- Compiled modules in the dependencies layer are for Lambda's processor, which need not be this machine's:
  they, and nothing else in it, are exchanged for those that the same lock names for this one.
- What the simulator's CloudFormation does not have is left out of the template, and named in the report.
- It enforces the policies of the roles and of the key that signs, but cannot tell which keys or which sender
  some calls are about, nor which partitions of the table: a guard test evaluates the policies by those.

The archive of a release, unpacked.
"""

import json
import platform
import shutil
import tempfile
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from infrastructure.package.build import ROOT
from infrastructure.package.layers import lay_out_dependencies
from infrastructure.package.zips import write_zip

CORE, DEPENDENCIES, FUNCTION = "layer-core.zip", "layer-dependencies.zip", "function.zip"
EARLIER = ROOT / "tests/earlier_release/code.tar.xz"
"""The code of an earlier release (`tests/earlier_release/keep.py`)."""
TEMPLATES = "template.json", "data-template.json"
DEPLOYED = "arm64"
NOT_SIMULATED = (
    "AWS::Budgets::Budget",
    "AWS::SES::ReceiptRuleSet",
    "AWS::SES::ReceiptRule",
    "AWS::Cognito::ManagedLoginBranding",
    "AWS::Cognito::UserPoolUser",
    "AWS::Cognito::UserPoolUserToGroupAttachment",
)
"""Types of resources that the simulator's CloudFormation does not know."""
OF_NO_RESOURCE = ("ssm:GetParameters", "ses:SendEmail", "ses:SendRawEmail")
"""Actions of which the simulator, which enforces policies, does not know what they are asked on."""
NAMES_A_KEY = "Null"
"""The condition that a call must name partitions, or have a header: the simulator knows none."""
PRINCIPAL = "aws:PrincipalArn"
"""The condition that a call is of certain roles."""
ELF = b"\x7fELF"
"""What a compiled module begins with (System V ABI)."""


def processor() -> str:
    """This machine's, in the words of Lambda."""
    return "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"


def for_rehearsal(package: Path, out: Path) -> None:
    """Write the package, as a rehearsal can use it, to `out`."""
    shutil.copytree(package, out)
    for name in TEMPLATES:
        template = json.loads((out / name).read_text(encoding="utf-8"))
        (out / name).write_text(json.dumps(simulable(template)), encoding="utf-8")
    if processor() != DEPLOYED:
        _exchange_compiled(out / DEPENDENCIES)


def simulable(template: dict[str, Any]) -> dict[str, Any]:
    """The template without what the simulator does not have."""
    resources = {
        name: made for name, made in template["Resources"].items() if made["Type"] not in NOT_SIMULATED
    }
    for name, made in resources.items():
        if made["Type"] == "AWS::IAM::Role" and "Policies" in made["Properties"]:
            resources[name] = _of_any_resource(made)
        if made["Type"] == "AWS::S3::BucketPolicy":
            resources[name] = _without_unknown_conditions(made)
        if made["Type"] == "AWS::KMS::Key":
            resources[name] = _by_sessions(made)
    outputs = {name: value for name, value in template["Outputs"].items() if "Dkim" not in name}
    return template | {"Resources": resources, "Outputs": outputs}


def _of_any_resource(role: dict[str, Any]) -> dict[str, Any]:
    """The role, with what the simulator cannot tell apart allowed without a distinction."""
    (policy,) = role["Properties"]["Policies"]
    document = policy["PolicyDocument"]
    statements = [_widened(statement) for statement in document["Statement"]]
    widened = policy | {"PolicyDocument": document | {"Statement": statements}}
    return role | {"Properties": role["Properties"] | {"Policies": [widened]}}


def _without_unknown_conditions(made: dict[str, Any]) -> dict[str, Any]:
    """The policy of a bucket without what asks whether a call had a header: the simulator, which knows none,
    would refuse every call."""
    document = made["Properties"]["PolicyDocument"]
    known = [each for each in document["Statement"] if NAMES_A_KEY not in each.get("Condition", {})]
    return made | {"Properties": made["Properties"] | {"PolicyDocument": document | {"Statement": known}}}


def _by_sessions(key: dict[str, Any]) -> dict[str, Any]:
    """The key with a policy that knows roles by their sessions: to the simulator `aws:PrincipalArn` is that
    of the session, where AWS says the role."""
    policy = key["Properties"]["KeyPolicy"]
    statements = [_of_sessions(each) for each in policy["Statement"]]
    return key | {"Properties": key["Properties"] | {"KeyPolicy": policy | {"Statement": statements}}}


def _of_sessions(statement: dict[str, Any]) -> dict[str, Any]:
    roles = statement.get("Condition", {}).get("ArnEquals", {}).get(PRINCIPAL)
    if roles is None:
        return statement
    sessions = [
        {"Fn::Sub": each["Fn::Sub"].replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/*"}
        for each in roles
    ]
    return statement | {"Condition": {"ArnEquals": {PRINCIPAL: sessions}}}


def _widened(statement: dict[str, Any]) -> dict[str, Any]:
    if set(statement["Action"]) <= set(OF_NO_RESOURCE):
        return {"Effect": statement["Effect"], "Action": statement["Action"], "Resource": "*"}
    if NAMES_A_KEY not in statement.get("Condition", {}):
        return statement
    left = {name: tests for name, tests in statement["Condition"].items() if name != NAMES_A_KEY}
    return statement | {"Condition": left}


def with_another_function(package: Path, out: Path, name: str, content: bytes) -> None:
    """Write a package to `out` whose functions' zip holds one file more, and differs in nothing else."""
    shutil.copytree(package, out)
    with ZipFile(out / FUNCTION, "a") as archive:
        archive.writestr(name, content)


def with_an_unreadable_function(package: Path, out: Path) -> None:
    """Write a package to `out` whose functions' zip is none: no stack can be brought to it."""
    shutil.copytree(package, out)
    (out / FUNCTION).write_bytes(b"This is no zip.")


def with_earlier_code(package: Path, out: Path) -> None:
    """Write a package to `out` that has the code of the earlier release, and differs in nothing else."""
    shutil.copytree(package, out)
    with tempfile.TemporaryDirectory() as scratch:
        code, task, core = (Path(scratch, name) for name in ("code", "task", "core"))
        shutil.unpack_archive(EARLIER, code, filter="data")
        with ZipFile(package / FUNCTION) as zipped:
            for name in zipped.namelist():
                if name.startswith("chalice/"):
                    zipped.extract(name, task)
        shutil.copy(code / "app.py", task)
        shutil.move(code / "functions", task)
        shutil.move(code / "layers/core/python", core / "python")
        shutil.move(code / "templates", core / "templates")
        write_zip(task, out / FUNCTION)
        write_zip(core, out / CORE)


def _exchange_compiled(layer: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        deployed, ours = Path(scratch, "deployed"), Path(scratch, "ours")
        with ZipFile(layer) as archive:
            archive.extractall(deployed)
        lay_out_dependencies(ROOT, ours, processor())
        for path in _compiled(deployed):
            path.unlink()
        for path in _compiled(ours):
            shutil.copy(path, deployed / path.relative_to(ours))
        write_zip(deployed, layer)


def _compiled(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and _is_compiled(path)]


def _is_compiled(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(ELF)) == ELF


def unpack(archive: Path, folder: Path) -> Path:
    """The one folder in an archive."""
    with ZipFile(archive) as packed:
        packed.extractall(folder)
    [unpacked] = folder.iterdir()
    return unpacked
