"""Resources of the stack of the code besides functions and gateway: queues, mail, layers, alarms' topic.

What functions may do where they are traced: X-Ray takes what they say, and names nothing narrower.
"""

from infrastructure.template.functions import LOG_GROUPS
from infrastructure.template.intrinsics import Json, ref, resource
from infrastructure.template.mail import dead_letters, mail


def layer(archive: str, arch: str) -> Json:
    """A layer of the functions, from a zip next to the template."""
    return resource(
        "Serverless::LayerVersion",
        ContentUri=f"./{archive}",
        CompatibleArchitectures=[arch],
        CompatibleRuntimes=["python3.13"],
        RetentionPolicy="Delete",
    )


def resources(arch: str) -> Json:
    """All of them, by logical name."""
    return {
        "LettersDeadLetters": dead_letters(),
        "ScheduleDeadLetters": dead_letters(),
        **mail(),
        "CoreLayer": layer("layer-core.zip", arch),
        "DependenciesLayer": layer("layer-dependencies.zip", arch),
        "AlarmTopic": resource("SNS::Topic"),
        "AlarmMail": {"Condition": "HasAlarmAddress"}
        | resource(
            "SNS::Subscription", TopicArn=ref("AlarmTopic"), Protocol="email", Endpoint=ref("AlarmAddress")
        ),
    }


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
