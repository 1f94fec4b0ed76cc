"""What an operator is woken for: each alarm is for something that does not mend itself unseen.

Ten is what CloudWatch gives an account without charge. What to do about each stands in docs/deploy.md.
"""

from infrastructure.template.gateway import NAME
from infrastructure.template.intrinsics import Json, att, ref, resource

AT_LEAST, BELOW = "GreaterThanOrEqualToThreshold", "LessThanThreshold"
MINUTE = 60


def alarm(
    description: str,
    metric: str,
    dimensions: Json,
    *,
    threshold: float = 1,
    statistic: str = "Sum",
    period: int = 5 * MINUTE,
    comparison: str = AT_LEAST,
    missing: str = "notBreaching",
) -> Json:
    """An alarm on the `metric` ("AWS/Lambda Errors"), published to the alarm topic as it rises and as it
    ends."""
    namespace, name = metric.split()
    return resource(
        "CloudWatch::Alarm",
        AlarmDescription=description,
        Namespace=namespace,
        MetricName=name,
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        Statistic=statistic,
        Period=period,
        EvaluationPeriods=1,
        Threshold=threshold,
        ComparisonOperator=comparison,
        TreatMissingData=missing,
        AlarmActions=[ref("AlarmTopic")],
        OKActions=[ref("AlarmTopic")],
    )


def alarms() -> Json:
    """All of them, by logical name."""
    return {**_functions(), **_queues(), **_service(), **_checkpoints(), **_erasures()}


def _checkpoints() -> Json:
    """A run that fails, one that does not come, and what a run found: a checkpoint that is gone, a record
    that is not what was sealed, and a restore that excuses it."""
    function = {"FunctionName": ref("SealCheckpoints")}
    return {
        "SealingErrors": alarm("Checkpoints could not be made", "AWS/Lambda Errors", function),
        "SealingSilent": alarm(
            "No checkpoint was made for two hours: what changes is not sealed",
            "Answerable CheckpointsMade",
            function,
            period=120 * MINUTE,
            comparison=BELOW,
            missing="breaching",
        ),
        "CheckpointsGone": alarm(
            "A checkpoint that was made is not in the bucket", "Answerable CheckpointsRolledBack", function
        ),
        "RestoreStated": alarm(
            "A restore of the table was put on record: what is gone since is excused",
            "Answerable RestoresStated",
            function,
        ),
        "RecordDiffers": alarm(
            "The record is not what was sealed: somebody changed it", "Answerable RecordsThatDiffer", function
        ),
    }


def _erasures() -> Json:
    """A run that fails, one that does not come, and a case that no run gets erased."""
    function = {"FunctionName": ref("EraseCases")}
    return {
        "ErasingErrors": alarm("Cases could not be erased", "AWS/Lambda Errors", function),
        "ErasingSilent": alarm(
            "No case was looked for to be erased for fifteen minutes",
            "AWS/Lambda Invocations",
            function,
            period=15 * MINUTE,
            comparison=BELOW,
            missing="breaching",
        ),
        "ErasuresLate": alarm(
            "A case waits for more than an hour to be erased", "Answerable ErasuresLate", function
        ),
    }


def _functions() -> Json:
    of = {name: {"FunctionName": ref(name)} for name in ("APIHandler", "EscalateOverdue", "SendLetters")}
    return {
        "ApiErrors": alarm("The API's function failed", "AWS/Lambda Errors", of["APIHandler"]),
        "ScheduleErrors": alarm("The schedule failed", "AWS/Lambda Errors", of["EscalateOverdue"]),
        "LettersErrors": alarm("Sending letters failed", "AWS/Lambda Errors", of["SendLetters"]),
        "ScheduleSilent": alarm(
            "No schedule has run for five minutes: deadlines are not watched",
            "AWS/Lambda Invocations",
            of["EscalateOverdue"],
            comparison=BELOW,
            missing="breaching",
        ),
        "LettersLate": alarm(
            "A letter has waited for ten minutes",
            "AWS/Lambda IteratorAge",
            of["SendLetters"],
            statistic="Maximum",
            threshold=10 * MINUTE * 1000,
        ),
    }


def _queues() -> Json:
    visible = "AWS/SQS ApproximateNumberOfMessagesVisible"
    queue = {
        name: {"QueueName": att(name, "QueueName")} for name in ("LettersDeadLetters", "MailDeadLetters")
    }
    return {
        "LettersSetAside": alarm(
            "A letter was set aside", visible, queue["LettersDeadLetters"], statistic="Maximum"
        ),
        "MailSetAside": alarm(
            "A mail, or what became of one, was set aside",
            visible,
            queue["MailDeadLetters"],
            statistic="Maximum",
        ),
    }


def _service() -> Json:
    """Throttles and bounces are counted for the whole account: Lambda and SES stop an account as a whole."""
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
            statistic="Maximum",
            threshold=0.04,
            period=60 * MINUTE,
        ),
    }
