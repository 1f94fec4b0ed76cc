"""The package of an installation of before: one stack that holds data and code.

It is made of today's two templates. The code takes names of the data as parameters, called as the resources:
where these stand in the same template, what refers to the one refers to the other.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from infrastructure.deployment.stacks.upload import DATA_TEMPLATE, TEMPLATE
from infrastructure.template.storage.given import GIVEN

RENAMED = {
    '{"Ref": "Installation"}': '{"Ref": "AWS::StackName"}',
    "${Installation}": "${AWS::StackName}",
    '{"Ref": "Stream"}': '{"Fn::GetAtt": ["Table", "StreamArn"]}',
    "${Stream}": "${Table.StreamArn}",
    '{"Ref": "StaffPool"}': '{"Ref": "UserPool"}',
    "${StaffPool}": "${UserPool}",
}
LET_GO = "AWS::Cognito::UserPoolGroup"
"""What such a stack did not keep when it was deleted."""
NOT_SIGNED_WITH = "kms:GetPublicKey", "kms:Sign"
"""What the policy of its key lets nobody do: it knew the roles of that stack, which are gone with it."""


def with_one_stack(package: Path, out: Path) -> None:
    """Write the package to `out`, its template of the code with all that is in that of the data."""
    shutil.copytree(package, out)
    data = json.loads((package / DATA_TEMPLATE).read_text(encoding="utf-8"))
    code = json.loads((package / TEMPLATE).read_text(encoding="utf-8"))
    whole = code | {
        part: code.get(part, {}) | data.get(part, {})
        for part in ("Parameters", "Conditions", "Rules", "Resources", "Outputs")
    }
    for name in (*GIVEN, "Installation"):
        whole["Parameters"].pop(name, None)
    for made in whole["Resources"].values():
        _as_before(made)
    text = json.dumps(whole)
    for now, before in RENAMED.items():
        text = text.replace(now, before)
    (out / TEMPLATE).write_text(text, encoding="utf-8")


def _as_before(made: dict[str, Any]) -> None:
    if made["Type"] == LET_GO:
        made.pop("DeletionPolicy")
        made.pop("UpdateReplacePolicy")
    if made["Properties"].get("KeyUsage") == "SIGN_VERIFY":
        policy = made["Properties"]["KeyPolicy"]
        policy["Statement"] = [
            each for each in policy["Statement"] if not set(each["Action"]) & set(NOT_SIGNED_WITH)
        ]
