"""The SAM template of the code: what is merged over Chalice's, and what is set right after it.

Whatever holds data has a template of its own (`data_stack.py`).
"""

import json

from infrastructure.template.alarms.all_alarms import alarms
from infrastructure.template.alarms.daily_cost import daily_cost
from infrastructure.template.alarms.dashboard import dashboard
from infrastructure.template.alarms.platform import intake_counter
from infrastructure.template.distribution import distribution
from infrastructure.template.functions import ENVIRONMENT, handlers
from infrastructure.template.gateway import gateway_logs, rest_api
from infrastructure.template.intrinsics import Json, ref
from infrastructure.template.parameters import CONDITIONS, IN_CODE, OUTPUTS, PARAMETERS, PUBLIC_URL, RULES
from infrastructure.template.resources import resources, tracing
from infrastructure.template.staff_pool import staff_sign_in
from infrastructure.template.storage.case_export import case_export
from infrastructure.template.storage.evidence import signers
from infrastructure.template.storage.given import GIVEN
from infrastructure.template.versions import MAPPINGS, call_alias


class Unfinished(Exception):
    """A placeholder of app.py was not replaced: Chalice names that event otherwise than functions.py does."""


def merge_template(arch: str, release: str = "") -> Json:
    """What Chalice merges over its own template: dictionaries deeply, lists and values whole. `release` is
    what the package is of (`infrastructure/package/release.py`)."""
    return {
        "Parameters": IN_CODE.of(PARAMETERS) | GIVEN,
        "Conditions": IN_CODE.of(CONDITIONS),
        "Mappings": MAPPINGS,
        "Globals": {
            "Function": {
                "Environment": {"Variables": ENVIRONMENT | {"ANSWERABLE_RELEASE": release}},
                "Layers": [ref("CoreLayer"), ref("DependenciesLayer")],
            }
        },
        "Resources": {
            **resources(arch),
            **handlers(),
            "RestAPI": rest_api(),
            **gateway_logs(),
            **distribution(),
            **alarms(),
            **staff_sign_in(PUBLIC_URL),
            **intake_counter(),
            **daily_cost(),
            **dashboard(),
            **case_export(),
            **signers(),
            **tracing(),
        },
    }


def finish(template: Json) -> Json:
    """Give Chalice's template our outputs, our rules, our alias and the name of our zip.

    Raises Unfinished when one of app.py's placeholders is left.
    """
    for made in template["Resources"].values():
        if made["Type"] == "AWS::Serverless::Function":
            made["Properties"]["CodeUri"] = "./function.zip"
    template["Outputs"], template["Rules"] = OUTPUTS, IN_CODE.of(RULES)
    call_alias(template)
    if "PLACEHOLDER" in json.dumps(template):
        raise Unfinished
    return template
