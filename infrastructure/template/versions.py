"""The function that people wait for is published by versions: how an update shifts to the next one.

API Gateway calls an alias, which names a version: code, layers and environment together. At an update the
alias goes from one to the next, at once or in steps by CodeDeploy, which goes back where an alarm rises.
SnapStart restores a published version from a picture of its memory. The other functions have no alias: what
wakes them is tried again or comes again, nobody waits for them, and an alarm rolls the whole update back.
"""

from infrastructure.template.intrinsics import Json, choose, ref, sub

FUNCTION, ALIAS = "APIHandler", "live"

SHIFTS = (
    "AllAtOnce",
    "Canary10Percent5Minutes",
    "Canary10Percent10Minutes",
    "Canary10Percent15Minutes",
    "Canary10Percent30Minutes",
    "Linear10PercentEvery1Minute",
    "Linear10PercentEvery2Minutes",
    "Linear10PercentEvery3Minutes",
    "Linear10PercentEvery10Minutes",
)
"""How requests may go over to an update. The first needs no CodeDeploy."""

STOPPED_BY = ("ApiErrors", "ApiUnavailable")
"""Alarms at which CodeDeploy goes back to the version of before."""

MAPPINGS = {"Shifts": {name: {"Enabled": str(name != SHIFTS[0]).lower()} for name in SHIFTS}}
"""Whether CodeDeploy shifts: SAM asks for a value that it can look up before anything is made."""

INTEGRATION = "functions/${APIHandler.Arn}/invocations"
"""What Chalice lets API Gateway call."""


def published() -> Json:
    """What is merged over the function. SAM publishes a version where `Revision` changes, and goes by nothing
    else then: the deployment says in it what package and parameters are (`deployment/stacks/stack.py`),
    because SAM sees the names of parameters, not their values, and layers by reference."""
    return {
        "AutoPublishAlias": ALIAS,
        "AutoPublishCodeSha256": ref("Revision"),
        # Once an update stands the version of before goes: its snapshot would be paid for without an end.
        "VersionDeletionPolicy": "Delete",
        "DeploymentPreference": {
            "Enabled": {"Fn::FindInMap": ["Shifts", ref("Shift"), "Enabled"]},
            "Type": ref("Shift"),
            "Alarms": [ref(name) for name in STOPPED_BY],
        },
        "SnapStart": {"ApplyOn": choose("TakesSnapshots", "PublishedVersions", "None")},
    }


def call_alias(template: Json) -> None:
    """Lets API Gateway call the alias, and nothing but the alias.

    Its routes wait until the alias has gone over: a route of an update must not reach the version of before,
    which fails on it, and by the alarms the update. The first time there is no alias before.
    """
    resources = template["Resources"]
    resources[f"{FUNCTION}InvokePermission"]["Properties"]["FunctionName"] = ref(f"{FUNCTION}.Alias")
    resources["RestAPI"]["DependsOn"] = f"{FUNCTION}Alias{ALIAS}"
    for path in resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"].values():
        for method in path.values():
            integration = method["x-amazon-apigateway-integration"]
            address = integration["uri"]["Fn::Sub"]
            integration["uri"] = sub(
                address.replace(INTEGRATION, f"functions/${{APIHandler.Arn}}:{ALIAS}/invocations")
            )
