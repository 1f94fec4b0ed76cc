"""Inbound mail: SES stores it in the bucket and notifies a topic."""

from complaints.adapters.container import container
from functions.http.lambda_events import TopicMessage


def take_mail(event: TopicMessage) -> None:
    """Takes one mail in. What fails is tried again by the platform; the mail lies in the bucket meanwhile."""
    # Imported lazily: what reads mail is large, and the functions that answer requests start often.
    deps = container()
    from functions.workers import inbound_routing

    inbound_routing.route(deps, deps.ses.arrival(event.message))
