"""What automation rules cost: none of it is paid by a submission or a command, and little by the stream."""

from types import SimpleNamespace

from benchmarks.measuring.aws_requests import counted
from benchmarks.product.installation import SITE
from complaints.adapters.container import container
from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk
from complaints.settings.casework.automation import MOST_RULES
from complaints.settings.commands import (
    ChangeAutomation,
)
from complaints.settings.setting import SettingKind
from complaints.values.casework.automation import RuleState, Trigger
from functions.workers.case_stream import follow_cases
from infrastructure.local.seed import surroundings


def keep_rules() -> int:
    """Gives the site as many rules as it may have, all switched on, none of which applies; how many."""
    deps = container()
    for place in range(MOST_RULES):
        setting = deps.settings_store.load(SettingKind.AUTOMATION, f"{SITE}.rule{place}")
        when = Trigger.CHANGED if place % 2 else Trigger.RECEIVED
        words = tuple(f"zebra{place}{word} crossing" for word in range(10))
        rule = ChangeAutomation(
            title="Zebras", when=when, words=words, assign="Deniz", state=RuleState.ON, reason="Measured."
        )
        deps.settings_service.carry_out(setting, rule, surroundings(deps))
    deps.automations.forget(SITE)
    return MOST_RULES


def calls_of_stream(reference: str) -> int:
    """How many calls the stream makes for news of a case, when it has seen its site before."""
    key = {"pk": {"S": case_pk(reference)}, "sk": {"S": entry_sk(1)}}
    batch = [SimpleNamespace(keys=key, new_image=None, event_name="INSERT", sequence_number="1")]
    follow_cases(batch)  # type: ignore[arg-type]
    with counted() as tally:
        follow_cases(batch)  # type: ignore[arg-type]
    return len(tally.calls)
