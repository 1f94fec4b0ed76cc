"""What django-helpdesk spends on a ticket, at its desk and on escalating, inside the peer's own environment.

The first two go through the peer's real views with Django's test client, cheaper than any web server.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth import get_user_model  # type: ignore[import-not-found]
from django.core import mail  # type: ignore[import-not-found]
from django.core.management import call_command  # type: ignore[import-not-found]
from django.test import Client  # type: ignore[import-not-found]
from django.utils import timezone  # type: ignore[import-not-found]
from helpdesk.models import Queue, Ticket  # type: ignore[import-not-found]

from benchmarks.measuring.cpu_time import samples_of
from benchmarks.peer import desk
from benchmarks.product.complaint import DESCRIPTION, EMAIL, SUBJECT

DUE = 200


def prepare() -> Queue:
    """An empty database with one public queue, the mail templates that the peer ships, and one member of
    staff.
    """
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    get_user_model().objects.create_superuser("deniz", "deniz@example.org", "only-for-the-benchmark")
    return Queue.objects.create(
        title="Complaints",
        slug="complaints",
        allow_public_submission=True,
        email_address="desk@example.org",
        escalate_days=1,
    )


def submit(visitor: Client, queue: Queue) -> None:
    """One public submission; raises RuntimeError unless it made a ticket and a mail to the submitter."""
    form = {
        "queue": queue.id,
        "title": SUBJECT,
        "body": DESCRIPTION,
        "priority": "3",
        "submitter_email": EMAIL,
    }
    before = len(mail.outbox)
    answer = visitor.post("/tickets/submit/", form)
    if answer.status_code != 302 or len(mail.outbox) == before:
        raise RuntimeError(f"the peer refused the ticket: {answer.status_code}")


def escalate(queue: Queue) -> list[float]:
    """Milliseconds for each ticket of one run of the peer's escalation; raises RuntimeError unless it
    raised them all and told their submitters.
    """
    Ticket.objects.all().delete()
    tickets = [
        Ticket(queue=queue, title=SUBJECT, description=DESCRIPTION, submitter_email=EMAIL, priority=3)
        for _ in range(DUE)
    ]
    Ticket.objects.bulk_create(tickets)
    Ticket.objects.update(created=timezone.now() - timedelta(days=queue.escalate_days + 1))
    mail.outbox = []
    (spent,) = samples_of([lambda: call_command("escalate_tickets")], 0)
    if Ticket.objects.filter(priority=2).count() != DUE or len(mail.outbox) != DUE:
        raise RuntimeError(f"the peer escalated {len(mail.outbox)} of {DUE} tickets")
    return [spent / DUE]


def main(rounds: int, warm_up: int, sizes: Sequence[int]) -> dict[str, list[float]]:
    """Measures submissions first, then the desk at each of the sizes, and escalation alone."""
    mail.outbox = []
    queue = prepare()
    visitor, staff = Client(), Client()
    staff.force_login(get_user_model().objects.get())
    submissions = samples_of([lambda: submit(visitor, queue)] * (rounds + warm_up), warm_up)
    desks = desk.measure(staff, queue, sizes)
    return {"submission": submissions, **desks, "escalation": escalate(queue)}
