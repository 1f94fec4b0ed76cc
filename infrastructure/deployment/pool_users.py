"""Colleagues in the stack's own user pool: invited by mail, with the roles that they may have at most."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from complaints.values.people import Role
from infrastructure.errors import CannotDeploy

INVITED = "FORCE_CHANGE_PASSWORD"
"""What Cognito says of somebody who was invited and has chosen no password yet."""


class Pool(NamedTuple):
    """A user pool of Cognito, by a client that may administer it."""

    client: Any
    id: str

    def invite(self, address: str, roles: Iterable[Role]) -> bool:
        """Let Cognito mail an invitation; answers whether it did. Who is in the pool and has signed in only
        gets the roles; who has not, and may have lost the mail or let its days pass, gets another one.

        The caller vouches for the address. Raises botocore's own errors where AWS refuses.
        """
        attributes = {"email": address, "email_verified": "true"}
        named = {"UserPoolId": self.id, "Username": address}
        by_mail = {"DesiredDeliveryMediums": ["EMAIL"]}
        is_mailed = True
        try:
            self.client.admin_create_user(
                **named,
                **by_mail,
                UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
            )
        except self.client.exceptions.UsernameExistsException:
            is_mailed = self.client.admin_get_user(**named)["UserStatus"] == INVITED
            if is_mailed:
                self.client.admin_create_user(**named, **by_mail, MessageAction="RESEND")
        for role in roles:
            self.client.admin_add_user_to_group(**named, GroupName=role.value)
        return is_mailed


def named_roles(names: str) -> tuple[Role, ...]:
    """The roles of a list with commas. Raises `CannotDeploy` for a word that is none."""
    try:
        return tuple(Role(name.strip()) for name in names.split(",") if name.strip())
    except ValueError as error:
        raise CannotDeploy(f"{error}: roles are {', '.join(Role)}.") from error
