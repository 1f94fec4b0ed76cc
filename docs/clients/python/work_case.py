"""`python work_case.py URL TOKEN REFERENCE`: carries a case from the queue to its answer."""

import sys
from typing import Any

from answerable_client import AuthenticatedClient
from answerable_client.api.desk import (
    get_desk_complaints_reference,
    post_desk_complaints_reference_commands_assess,
    post_desk_complaints_reference_commands_assign,
    post_desk_complaints_reference_commands_decide,
    post_desk_complaints_reference_commands_find,
    post_desk_complaints_reference_commands_respond,
)
from answerable_client.models import Assess, Assign, Decide, Find, Problem, Remedy, Respond


def main(url: str, token: str, reference: str) -> None:
    """Carries out each command on the version that the one before gave."""
    client = AuthenticatedClient(url, token=token)
    case = get_desk_complaints_reference.sync(reference, client=client)
    steps: tuple[tuple[Any, Any], ...] = (
        (post_desk_complaints_reference_commands_assign, Assign(to="Deniz")),
        (
            post_desk_complaints_reference_commands_assess,
            Assess(severity=1, safety=0, complexity=0, impact=0, urgency=1, immediate_action=0),
        ),
        (
            post_desk_complaints_reference_commands_find,
            Find(finding="It was packed without padding.", root_cause="procedure_not_followed"),
        ),
        (
            post_desk_complaints_reference_commands_decide,
            Decide(outcome="upheld", reasons="We packed it badly.", remedies=[Remedy(kind="replacement")]),
        ),
        (post_desk_complaints_reference_commands_respond, Respond()),
    )
    for operation, command in steps:
        if case is None or isinstance(case, Problem):
            sys.exit(f"Refused: {case}")
        case = operation.sync(reference, client=client, body=command, if_match=f'"{case.version}"')
    if case is None or isinstance(case, Problem):
        sys.exit(f"Refused: {case}")
    print(case.stage)


if __name__ == "__main__":
    main(*sys.argv[1:])
