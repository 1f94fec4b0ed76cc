"""What functions may do where they are traced: X-Ray takes what they say, and names nothing narrower."""

from infrastructure.template.functions import LOG_GROUPS
from infrastructure.template.intrinsics import Json, ref, resource

ROLES = {name: "ApiHandlerRole" if name == "APIHandler" else f"{name}Role" for name in LOG_GROUPS}
"""The roles of the functions, as Chalice calls them."""


def tracing() -> Json:
    """The policy of all of them, by logical name."""
    statement = {
        "Effect": "Allow",
        "Action": ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        "Resource": "*",
    }
    policy = resource(
        "IAM::Policy",
        PolicyName="tracing",
        Roles=[ref(role) for role in ROLES.values()],
        PolicyDocument={"Version": "2012-10-17", "Statement": [statement]},
    )
    return {"TracingWrites": {"Condition": "TracesFunctions"} | policy}
