"""`python -m infrastructure.cli.invite STAGE ADDRESS ROLES`: a colleague into the stack's own user pool.

Cognito mails the invitation. The person becomes a member by an invitation of the desk to the same address,
before or after this one.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.pool_users import Pool, named_roles
from infrastructure.deployment.stacks.data_stack import deployed_outputs
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy

POOL = "StaffPool"
"""The output of a stack that has an own pool."""


def main() -> None:
    """Invite as the command line says."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.invite")
    arguments.add_argument("stage")
    arguments.add_argument("address", help="the mail address of a colleague")
    arguments.add_argument("roles", help="what the person may be here at most, with commas: agent,reviewer")
    options = arguments.parse_args()
    try:
        stage, roles = read_stage(options.stage), named_roles(options.roles)
        session = session_in(stage.region)
        found = deployed_outputs(session.client("cloudformation"), stage)
        if POOL not in found:
            raise CannotDeploy(f'{stage.stack} has no pool of its own (OwnPool = "yes").')
        is_mailed = Pool(session.client("cognito-idp"), found[POOL]).invite(options.address, roles)
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Not invited. {reason(error)}")
    print("Invited by mail." if is_mailed else "Has signed in before; has these roles now, too.")


if __name__ == "__main__":
    main()
