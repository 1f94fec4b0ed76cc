"""Colleagues in the stack's own user pool: invited by mail, with the roles that they may have at most."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from complaints.values.people import Role
from infrastructure.deployment.errors import CannotDeploy


class Pool(NamedTuple):
    """A user pool of Cognito, by a client that may administer it."""

    client: Any
    id: str

    def invite(self, address: str, roles: Iterable[Role]) -> bool:
        """Let Cognito mail an invitation; answers whether it did. Who is in the pool only gets the roles.

        The caller vouches for the address. Raises botocore's own errors where AWS refuses.
        """
        attributes = {"email": address, "email_verified": "true"}
        try:
            self.client.admin_create_user(
                UserPoolId=self.id,
                Username=address,
                UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
                DesiredDeliveryMediums=["EMAIL"],
            )
            is_new = True
        except self.client.exceptions.UsernameExistsException:
            is_new = False
        for role in roles:
            self.client.admin_add_user_to_group(UserPoolId=self.id, Username=address, GroupName=role.value)
        return is_new


def named_roles(names: str) -> tuple[Role, ...]:
    """The roles of a list with commas. Raises `CannotDeploy` for a word that is none."""
    try:
        return tuple(Role(name.strip()) for name in names.split(",") if name.strip())
    except ValueError as error:
        raise CannotDeploy(f"{error}: roles are {', '.join(Role)}.") from error
