"""Details of a complaint: what was told first beside the description, such as an order number."""

from msgspec import Struct

from complaints.events.case import Received


class Details(Struct, frozen=True, kw_only=True):
    """What the complainant told first beside the description: `taken_elsewhere` says to whom else."""

    product: str | None
    order_number: str | None
    place: str | None
    occurred_on: str | None
    earlier_reference: str | None
    taken_elsewhere: str | None


def details_view(fact: Received) -> Details:
    """The details that a complaint was received with."""
    return Details(
        product=fact.product,
        order_number=fact.order_number,
        place=fact.place,
        occurred_on=fact.occurred_on,
        earlier_reference=fact.earlier_reference,
        taken_elsewhere=fact.taken_elsewhere,
    )
