"""What is written for a lost link that does not fit is as much as for one that does."""

from complaints.casework.correspondence.lost_link import AskLink
from complaints.context.decision_context import Context
from complaints.values.people import MACHINE
from functions.public.own_case.resend_link import ITEMS_OF_A_LINK
from tests.guards.template.iam_calls import listened
from tests.installation import Installation, opened


def written(installation: Installation, reference: str) -> list[str]:
    """What is written as the link of a case is sent."""
    case = installation.world.cases.load(reference)
    assert case
    terms = installation.world.sites.terms(case.complaint.site)
    with listened() as calls:
        installation.world.casework.carry_out(
            case, AskLink(), Context(now=installation.clock.now(), by=MACHINE, terms=terms)
        )
    return [each.action for each in calls if each.action.endswith("Item") and "Get" not in each.action]


def test_a_link_that_is_sent_is_as_many_items_as_are_written_without_one(table: str) -> None:
    with opened(table) as installation:
        assert written(installation, installation.take("k-1")) == ["dynamodb:PutItem"] * ITEMS_OF_A_LINK
