"""Resources of the stack of the code besides functions and gateway: queues, mail, layers, alarms' topic."""

from infrastructure.template.intrinsics import Json, ref, resource
from infrastructure.template.mail.ses import dead_letters, mail


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
