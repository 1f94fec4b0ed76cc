"""The collection of OpenSearch Serverless in which cases are searched: made only where the operator wants it,
because it costs money while nobody searches.

Only keyed hashes of words stand in it, so it has the key of AWS and none of ours. Its address is public, as
that of the table is; every call is signed, and the data policy names the one function that writes, which
compares cases of one person, too, and the one that only reads.
"""

import json
from typing import Any

from infrastructure.template.intrinsics import Json, att, ref, resource, sub

CONDITION = "SearchesInCollection"
NAME = "${AWS::StackName}"
INDEX = f"index/{NAME}/cases"
WRITER, READER = "FollowCases", "ApiHandler"
"""How the roles of the functions begin, as Chalice calls them."""


def collection() -> Json:
    """All of it, by logical name."""
    named = {"ResourceType": "collection", "Resource": [f"collection/{NAME}"]}
    parts = {
        "SearchEncryption": _security("encryption", {"Rules": [named], "AWSOwnedKey": True}),
        "SearchNetwork": _security("network", [{"Rules": [named], "AllowFromPublic": True}]),
        "SearchAccess": resource(
            "OpenSearchServerless::AccessPolicy",
            Name=ref("AWS::StackName"),
            Type="data",
            Policy=sub(
                json.dumps(
                    [
                        _allowed(WRITER, "CreateIndex", "ReadDocument", "WriteDocument"),
                        _allowed(READER, "ReadDocument"),
                    ]
                )
            ),
        ),
        "SearchCollection": {"DependsOn": ["SearchEncryption", "SearchNetwork"]}
        | resource("OpenSearchServerless::Collection", Name=ref("AWS::StackName"), Type="SEARCH"),
        "SearchCalls": resource(
            "IAM::Policy",
            PolicyName="search",
            Roles=[ref(f"{WRITER}Role"), ref(f"{READER}Role")],
            PolicyDocument={
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["aoss:APIAccessAll"],
                        "Resource": [att("SearchCollection")],
                    }
                ],
            },
        ),
    }
    return {name: {"Condition": CONDITION} | part for name, part in parts.items()}


def _security(kind: str, policy: Any) -> Json:
    return resource(
        "OpenSearchServerless::SecurityPolicy",
        Name=ref("AWS::StackName"),
        Type=kind,
        Policy=sub(json.dumps(policy)),
    )


def _allowed(function: str, *permissions: str) -> Json:
    """What the role of a function may do with the index."""
    return {
        "Rules": [
            {
                "ResourceType": "index",
                "Resource": [INDEX],
                "Permission": [f"aoss:{permission}" for permission in permissions],
            }
        ],
        "Principal": [f"${{{function}Role.Arn}}"],
    }
