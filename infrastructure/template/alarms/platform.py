"""Alarms on what the platform counts: errors of functions, what was set aside, mails, and what stays away."""

from infrastructure.template.alarms.alarm import BELOW, DAY, HOUR, MINUTE, SILENT, alarm, of
from infrastructure.template.gateway import NAME
from infrastructure.template.intrinsics import Json, att, ref, resource, sub

ERRORS = {
    "APIHandler": ("ApiErrors", "The API's function failed"),
    "EscalateOverdue": ("ScheduleErrors", "The schedule failed"),
    "EraseCases": ("ErasingErrors", "Cases could not be erased"),
    "SendLetters": ("LettersErrors", "Sending letters failed as a whole"),
    "FollowCases": ("FollowingErrors", "Following cases failed as a whole"),
    "SettleLetter": ("SettlingErrors", "What became of a letter could not be noted"),
    "TakeMail": ("TakingMailErrors", "An inbound mail could not be taken in"),
    "SealCheckpoints": ("SealingErrors", "Checkpoints could not be made"),
    "MakeEvidence": ("EvidenceErrors", "Making evidence packs failed as a whole"),
}
"""The alarm on the errors of each function, and what it means."""

SET_ASIDE = {
    "LettersDeadLetters": ("LettersSetAside", "A letter, or news of a case, was set aside"),
    "MailDeadLetters": ("MailSetAside", "A mail, or what became of one, was set aside"),
    "ScheduleDeadLetters": ("RunsSetAside", "A run by schedule was set aside"),
}
"""The alarm on each queue of what was set aside, and what it means."""

INTAKE_REFUSED = '{ ($.status = "429") && (($.route = "/v1/complaints") || ($.route = "/complain")) }'
"""Lines of the gateway's access log: a complaint was refused because there were too many, by the gateway
before any function is woken, or by a function."""


def errors() -> Json:
    """One alarm for each function."""
    return {name: alarm(says, "AWS/Lambda Errors", of(logical)) for logical, (name, says) in ERRORS.items()}


def set_aside() -> Json:
    """One alarm for each queue."""
    visible = "AWS/SQS ApproximateNumberOfMessagesVisible"
    return {
        name: alarm(says, visible, {"QueueName": att(queue, "QueueName")}, statistic="Maximum")
        for queue, (name, says) in SET_ASIDE.items()
    }


def silence() -> Json:
    """What must not stay away: runs, and inbound mail."""
    invocations = "AWS/Lambda Invocations"
    return {
        "ScheduleSilent": alarm(
            "No schedule has run for five minutes: deadlines are not watched",
            invocations,
            of("EscalateOverdue"),
            comparison=BELOW,
            missing=SILENT,
        ),
        "ErasingSilent": alarm(
            "No case was looked for to be erased for fifteen minutes",
            invocations,
            of("EraseCases"),
            period=15 * MINUTE,
            comparison=BELOW,
            missing=SILENT,
        ),
        "FollowingSilent": alarm(
            "Nothing was followed for fifteen minutes: no case is counted, found or sealed",
            invocations,
            of("FollowCases"),
            period=15 * MINUTE,
            comparison=BELOW,
            missing=SILENT,
        ),
        "InboundSilent": {"Condition": "TakesMail"}
        | alarm(
            "No mail came in for days",
            invocations,
            of("TakeMail"),
            period=DAY,
            periods=ref("InboundQuietDays"),
            comparison=BELOW,
            missing=SILENT,
        ),
    }


def service() -> Json:
    """Throttles, bounces and objections are counted for the whole account: Lambda and SES stop an account as
    a whole."""
    return {
        "ApiUnavailable": alarm(
            "Requests were answered with a 5xx",
            "AWS/ApiGateway 5XXError",
            {"ApiName": NAME, "Stage": "api"},
        ),
        "FunctionsThrottled": alarm("The account's functions were throttled", "AWS/Lambda Throttles", {}),
        "MailBounces": alarm(
            "Over 4 % of mails bounce: at 5 % SES looks into the account",
            "AWS/SES Reputation.BounceRate",
            {},
            threshold=0.04,
            statistic="Maximum",
            period=HOUR,
        ),
        "MailObjections": alarm(
            "Over 0.08 % of mails are called spam: at 0.1 % SES looks into the account",
            "AWS/SES Reputation.ComplaintRate",
            {},
            threshold=0.0008,
            statistic="Maximum",
            period=HOUR,
        ),
    }


def intake() -> Json:
    """How often complaints were refused as too many, counted from the gateway's log: its metrics would be
    paid for by method, and know no reason. A count from a log has no dimension, so the namespace is the
    stack's."""
    counted = alarm(
        "Ten complaints in five minutes were refused as too many", " IntakeRefused", {}, threshold=10
    )
    counted["Properties"]["Namespace"] = sub("Answerable/${AWS::StackName}")
    return {"IntakeRefused": counted}


def intake_counter() -> Json:
    """What counts them."""
    counted = intake()["IntakeRefused"]["Properties"]
    transformation = {
        "MetricNamespace": counted["Namespace"],
        "MetricName": counted["MetricName"],
        "MetricValue": "1",
        "Unit": "Count",
    }
    return {
        "IntakeRefusals": resource(
            "Logs::MetricFilter",
            LogGroupName=ref("GatewayLogGroup"),
            FilterPattern=INTAKE_REFUSED,
            MetricTransformations=[transformation],
        )
    }
