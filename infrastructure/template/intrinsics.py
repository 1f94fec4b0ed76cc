"""CloudFormation's own functions, written as Python calls."""

from typing import Any

Json = dict[str, Any]


def ref(name: str) -> Json:
    """The value of a parameter, or the name of a resource."""
    return {"Ref": name}


def att(resource: str, attribute: str = "Arn") -> Json:
    """An attribute of a resource."""
    return {"Fn::GetAtt": [resource, attribute]}


def sub(text: str) -> Json:
    """`text` with each ${Name} filled in."""
    return {"Fn::Sub": text}


def choose(condition: str, yes: Any, no: Any) -> Json:
    """`yes` where the condition holds, else `no`."""
    return {"Fn::If": [condition, yes, no]}


def resource(kind: str, /, **properties: Any) -> Json:
    """A resource of type AWS::`kind`."""
    return {"Type": f"AWS::{kind}", "Properties": properties}


NOTHING = ref("AWS::NoValue")

KEEP = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}
"""For a resource that outlives its stack."""
