"""What will stand by templates with these parameters, and what it costs while nobody complains."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

FIXED = {
    "AWS::CloudWatch::Alarm": 0.10,
    "AWS::CloudWatch::Dashboard": 3.00,
    "AWS::KMS::Key": 1.00,
    "AWS::WAFv2::WebACL": 5.00,
}
"""Dollars a month for one, used or not: list prices of US East, without free allowances (docs/deploy.md)."""
SNAPSHOT = 3.90
"""Dollars a month of the snapshot of the API's function, used or not (docs/deploy.md, SnapStart)."""
BY_USE = 1.10
"""Dollars a month of all else of an idle installation: what the schedule and checkpoints use, and traces."""


def preview(templates: Iterable[Mapping[str, Any]], parameters: Mapping[str, str]) -> list[str]:
    """Lines on what will stand: each kind of resource, how many, and its fixed price."""
    made = resources_made(templates, parameters)
    lines = [f"{number:5} {kind.removeprefix('AWS::'):42} {_price(kind, number)}" for kind, number in made]
    fixed = sum(FIXED.get(kind, 0) * number for kind, number in made)
    if parameters.get("SnapStart") == "yes":
        lines.append(f"{1:5} {'Lambda::Function, its snapshot':42} ${SNAPSHOT:.2f} a month")
        fixed += SNAPSHOT
    return [
        *lines,
        f"While nobody complains about ${fixed + BY_USE:.2f} a month, and some 0.1 cents a complaint;"
        " *What it costs* in docs/deploy.md reckons it.",
    ]


def _price(kind: str, number: int) -> str:
    return f"${FIXED[kind] * number:.2f} a month".rstrip() if kind in FIXED else "by use"


def resources_made(
    templates: Iterable[Mapping[str, Any]], parameters: Mapping[str, str]
) -> list[tuple[str, int]]:
    """Kinds of resources and how many of each, those left out whose condition does not hold."""
    return sorted(sum((_made(each, parameters) for each in templates), Counter[str]()).items())


def _made(template: Mapping[str, Any], parameters: Mapping[str, str]) -> Counter[str]:
    return Counter(made["Type"] for made in resources_that_hold(template, parameters).values())


def resources_that_hold(template: Mapping[str, Any], parameters: Mapping[str, str]) -> dict[str, Any]:
    """The resources of a template without those whose condition does not hold with these parameters."""
    values = {name: str(rule.get("Default", "")) for name, rule in template["Parameters"].items()}
    values |= parameters
    conditions = template.get("Conditions", {})
    return {
        name: made
        for name, made in template["Resources"].items()
        if "Condition" not in made or _holds(conditions[made["Condition"]], conditions, values)
    }


def _holds(rule: Any, conditions: Mapping[str, Any], values: Mapping[str, str]) -> bool:
    """Whether a condition of CloudFormation holds: those functions that the template uses."""
    [(function, parts)] = rule.items()
    match function:
        case "Condition":
            return _holds(conditions[parts], conditions, values)
        case "Fn::Equals":
            left, right = (values[part["Ref"]] if isinstance(part, dict) else part for part in parts)
            return bool(left == right)
        case "Fn::Not":
            return not _holds(parts[0], conditions, values)
        case "Fn::And":
            return all(_holds(part, conditions, values) for part in parts)
        case "Fn::Or":
            return any(_holds(part, conditions, values) for part in parts)
    raise ValueError(function)
