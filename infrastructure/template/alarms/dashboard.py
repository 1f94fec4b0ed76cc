"""One dashboard with all alarms: whether each rings, and beside it what it looks at, with its threshold."""

import json

from infrastructure.template.alarms.alarm import MINUTE
from infrastructure.template.alarms.all_alarms import groups
from infrastructure.template.intrinsics import Json, resource, sub

WIDTH = 24
"""Columns of a dashboard of CloudWatch."""

ACROSS, HIGH = 6, 4
"""The size of a graph; four stand beside each other."""

TITLE = 1
STATES = 8


def dashboard() -> Json:
    """The dashboard, by logical name."""
    body = json.dumps({"widgets": widgets()}, separators=(",", ":"))
    return {
        "Dashboard": resource(
            "CloudWatch::Dashboard", DashboardName=sub("${AWS::StackName}"), DashboardBody=sub(body)
        )
    }


def widgets() -> list[Json]:
    """What stands on it, from top to bottom, with names that are filled in where it is made (`Fn::Sub`).

    An alarm that some stacks do not have has a graph, and no state.
    """
    found = groups()
    always = [name for group in found.values() for name, made in group.items() if "Condition" not in made]
    states = {"title": "Alarms", "alarms": [f"${{{name}.Arn}}" for name in always]}
    made = [_widget("alarm", states, 0, 0, WIDTH, STATES)]
    top = STATES
    for title, alarms in found.items():
        made.append(_widget("text", {"markdown": f"## {title}"}, 0, top, WIDTH, TITLE))
        top += TITLE
        for place, (name, each) in enumerate(alarms.items()):
            row, column = divmod(place, WIDTH // ACROSS)
            made.append(
                _widget("metric", _graph(name, each), column * ACROSS, top + row * HIGH, ACROSS, HIGH)
            )
        top += -(-len(alarms) // (WIDTH // ACROSS)) * HIGH
    return made


def _widget(kind: str, properties: Json, x: int, y: int, width: int, height: int) -> Json:
    return {"type": kind, "x": x, "y": y, "width": width, "height": height, "properties": properties}


def _graph(name: str, alarm: Json) -> Json:
    """What the alarm looks at, as it looks at it: the same metric, statistic and period."""
    properties = alarm["Properties"]
    dimensions = [
        text for each in properties["Dimensions"] for text in (each["Name"], _filled_in(each["Value"]))
    ]
    line = {"label": name, "value": properties["Threshold"]}
    return {
        "title": name,
        "region": "${AWS::Region}",
        "metrics": [[_filled_in(properties["Namespace"]), properties["MetricName"], *dimensions]],
        "stat": properties["Statistic"],
        "period": max(properties["Period"], MINUTE),
        "annotations": {"horizontal": [line]},
    }


def _filled_in(value: Json | str) -> str:
    """A value of the template as `Fn::Sub` writes it."""
    if isinstance(value, str):
        return value
    ((function, of),) = value.items()
    if function == "Fn::GetAtt":
        return f"${{{'.'.join(of)}}}"
    return str(of) if function == "Fn::Sub" else f"${{{of}}}"
