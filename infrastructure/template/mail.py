"""Mail: how SES sends for us, and how its word on each letter comes back.

    SES ─▶ topic ─▶ settle_letter ─▶ what fails each time: dead letters

A topic calls the function by itself: unlike a queue, it costs nothing while no mail is sent.
"""

from infrastructure.template.intrinsics import Json, ref, resource, sub

DAY = 24 * 60 * 60
EVENTS = ("SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "DELIVERY_DELAY", "REJECT", "RENDERING_FAILURE")


def dead_letters() -> Json:
    """A queue for what a function could not do: kept for two weeks, the longest that SQS can."""
    return resource("SQS::Queue", MessageRetentionPeriod=14 * DAY, SqsManagedSseEnabled=True)


def mail() -> Json:
    """All of it, by logical name."""
    return {
        "MailConfiguration": _configuration(),
        "MailEvents": resource("SNS::Topic"),
        "MailEventsPolicy": _only_of_ours(),
        "MailEventsDestination": _destination(),
        "MailEventsDeadLetters": dead_letters(),
    }


def _configuration() -> Json:
    """Never without TLS, and not to addresses that bounced or complained."""
    return resource(
        "SES::ConfigurationSet",
        DeliveryOptions={"TlsPolicy": "REQUIRE"},
        ReputationOptions={"ReputationMetricsEnabled": True},
        SuppressionOptions={"SuppressedReasons": ["BOUNCE", "COMPLAINT"]},
    )


def _destination() -> Json:
    """SES asks at once whether it may publish, so the policy stands first."""
    return {"DependsOn": ["MailEventsPolicy"]} | resource(
        "SES::ConfigurationSetEventDestination",
        ConfigurationSetName=ref("MailConfiguration"),
        EventDestination={
            "Enabled": True,
            "MatchingEventTypes": list(EVENTS),
            "SnsDestination": {"TopicARN": ref("MailEvents")},
        },
    )


def _only_of_ours() -> Json:
    """Only SES, for our own configuration set, may say here that a letter was sent or has failed."""
    configuration = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "ses.amazonaws.com"},
        "Action": "sns:Publish",
        "Resource": ref("MailEvents"),
        "Condition": {
            "StringEquals": {"AWS:SourceAccount": ref("AWS::AccountId")},
            "ArnEquals": {"AWS:SourceArn": sub(configuration + "${MailConfiguration}")},
        },
    }
    return resource(
        "SNS::TopicPolicy",
        Topics=[ref("MailEvents")],
        PolicyDocument={"Version": "2012-10-17", "Statement": [statement]},
    )
