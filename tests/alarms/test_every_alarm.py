"""Every alarm is explained, proven and shown, and everything that can fail has one."""

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Iterator

from infrastructure.template.alarms.alarm import OURS
from infrastructure.template.alarms.all_alarms import alarms, groups
from infrastructure.template.alarms.dashboard import dashboard, widgets
from infrastructure.template.alarms.picture import FILE, picture
from infrastructure.template.alarms.platform import ERRORS, SET_ASIDE
from infrastructure.template.functions import NAMES
from infrastructure.template.merge import merge_template
from tests.alarms.cloudwatch import DOCUMENTED
from tests.guards.package.built_package import ROOT

DOCUMENT = (ROOT / "docs/alarms.md").read_text("utf-8")
CORE = ROOT / "layers/core/python"
FAULT_TESTS = ("letters", "casework", "reading", "record", "platform", "synthetic")
NO_TROUBLE = {"ScheduleShares"}
"""Metrics of how much there was to do, which is no trouble by itself; a section names them."""
MOST_IN_A_DASHBOARD = 50
"""Metrics of a dashboard that costs nothing."""


def sections() -> dict[str, str]:
    """The sections of the document that are on one alarm, by its name."""
    found = re.split(r"^### (\w+)$", DOCUMENT, flags=re.M)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def fault_tests() -> dict[str, set[str]]:
    """The names of the tests that make each alarm ring."""
    found = defaultdict(set)
    for module in FAULT_TESTS:
        for name, test in vars(importlib.import_module(f"tests.alarms.test_{module}")).items():
            for mark in getattr(test, "pytestmark", ()):
                for alarm in mark.args if mark.name == "alarm" else ():
                    found[alarm].add(name)
    return dict(found)


def test_every_alarm_has_a_section_in_the_order_of_the_groups() -> None:
    assert list(sections()) == list(alarms())
    titles = re.findall(r"^## (.+)$", DOCUMENT, flags=re.M)
    assert titles[: len(groups())] == list(groups())


def test_s76_every_alarm_is_proven_by_the_fault_tests_that_its_section_names() -> None:
    named = {name: set(re.findall(r"`(test_\w+)`", section)) for name, section in sections().items()}
    assert named == fault_tests()


def test_an_alarm_says_where_it_is_explained() -> None:
    for name, made in alarms().items():
        assert made["Properties"]["AlarmDescription"].endswith(f"What to do: docs/alarms.md#{name.lower()}")


def test_missing_data_rings_only_where_something_must_not_stay_away() -> None:
    for name, made in alarms().items():
        looked_at = made["Properties"]
        is_heartbeat = looked_at["ComparisonOperator"] == "LessThanThreshold"
        assert looked_at["TreatMissingData"] == ("breaching" if is_heartbeat else "notBreaching"), name


def test_every_function_and_every_queue_has_its_alarm() -> None:
    assert ERRORS.keys() == NAMES.keys()
    made = merge_template("arm64")["Resources"]
    assert SET_ASIDE.keys() == {name for name, each in made.items() if each.get("Type") == "AWS::SQS::Queue"}


def counted() -> Iterator[str]:
    """The names of all metrics that code counts."""
    for root, folder in ((ROOT, ROOT / "functions"), (CORE, CORE / "complaints")):
        for path in folder.rglob("*.py"):
            text = path.read_text("utf-8")
            if "telemetry.count(" not in text:
                continue
            module = importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts))
            for call in ast.walk(ast.parse(text)):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "telemetry.count":
                    name = eval(ast.unparse(call.args[0]), vars(module))  # noqa: S307 - our own source
                    yield str(name)


def test_every_metric_that_is_counted_has_an_alarm_and_no_alarm_looks_at_another() -> None:
    looked_at = {made["Properties"]["MetricName"] for made in alarms().values() if _is_ours(made)}
    assert looked_at == set(counted()) - NO_TROUBLE
    assert all(metric in DOCUMENT for metric in NO_TROUBLE)


def test_what_the_platform_counts_is_called_as_its_services_call_it() -> None:
    """And by dimensions by which they count: no service says when nothing is called so."""
    for name, made in alarms().items():
        looked_at = made["Properties"]
        if str(looked_at["Namespace"]).startswith("AWS/"):
            metrics, sets = DOCUMENTED[looked_at["Namespace"]]
            assert looked_at["MetricName"] in metrics, name
            assert {each["Name"] for each in looked_at["Dimensions"]} in sets, name


def _is_ours(alarm: dict[str, dict[str, object]]) -> bool:
    return alarm["Properties"]["Namespace"] == OURS


def test_the_dashboard_shows_every_alarm() -> None:
    graphs = [each["properties"]["title"] for each in widgets() if each["type"] == "metric"]
    assert graphs == list(alarms())
    assert len(graphs) <= MOST_IN_A_DASHBOARD
    (states,) = [each["properties"]["alarms"] for each in widgets() if each["type"] == "alarm"]
    unconditional = [name for name, made in alarms().items() if "Condition" not in made]
    assert states == [f"${{{name}.Arn}}" for name in unconditional]


def test_what_the_dashboard_names_is_in_every_stack() -> None:
    """A reference to what a stack lacks would stop its deployment."""
    made = merge_template("arm64")["Resources"]
    named = set(re.findall(r"\$\{(\w+)", str(dashboard()))) - {"AWS", *NAMES}
    assert {name for name in named if "Condition" in made[name]} == set()


def test_the_states_of_all_alarms_fit_in_their_widget() -> None:
    ends = defaultdict(list)
    box = r'class="(state|card)" x="\d+" y="(\d+)" width="\d+" height="(\d+)"'
    for kind, top, height in re.findall(box, picture()):
        ends[kind].append(int(top) + int(height))
    assert max(ends["state"]) < ends["card"][0]


def test_the_picture_is_that_of_the_dashboard() -> None:
    assert FILE.read_text("utf-8") == picture(), "make dashboard"
