"""The installation complains to itself through its public address, as a website does."""

import uuid

from complaints.adapters.config.intake_client import IntakeClient
from functions.workers.synthetic import ADDRESS
from tests.journeys.steps import form
from tests.local_run import LocalRun


def test_a_complaint_of_our_own_is_taken_once_and_acknowledged(local_run: LocalRun) -> None:
    intake, key = IntakeClient(local_run.url), str(uuid.uuid4())
    body = form(complainant={"name": "Synthetic", "email": ADDRESS}, category=None)
    reference = intake.complain(body, key)
    assert intake.complain(body, key) == reference
    assert [mail for mail in local_run.mails(ADDRESS) if reference in mail["subject"]]
