"""An alarm of CloudWatch, as all of ours are: its description leads to what is to be done."""

from infrastructure.template.intrinsics import Json, ref, resource

AT_LEAST, BELOW = "GreaterThanOrEqualToThreshold", "LessThanThreshold"
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

QUIET, SILENT = "notBreaching", "breaching"
"""What missing data means: nothing happened. That is well for a metric of failures, and the failure itself
for one of what must not stay away."""

OURS = "Answerable"
"""The namespace of what functions count."""


def alarm(
    meaning: str,
    metric: str,
    dimensions: Json,
    *,
    threshold: float = 1,
    statistic: str = "Sum",
    period: int = 5 * MINUTE,
    periods: int | Json = 1,
    comparison: str = AT_LEAST,
    missing: str = QUIET,
) -> Json:
    """An alarm on the `metric` ("AWS/Lambda Errors"), published to the alarm topic as it rises and as it
    ends."""
    namespace, _, name = metric.partition(" ")
    return resource(
        "CloudWatch::Alarm",
        AlarmDescription=meaning,
        Namespace=namespace,
        MetricName=name,
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        Statistic=statistic,
        Period=period,
        EvaluationPeriods=periods,
        Threshold=threshold,
        ComparisonOperator=comparison,
        TreatMissingData=missing,
        AlarmActions=[ref("AlarmTopic")],
        OKActions=[ref("AlarmTopic")],
    )


def of(function: str, **dimensions: str) -> Json:
    """The dimensions of what a function counts, or the platform of it."""
    return {"FunctionName": ref(function), **dimensions}
