"""The walk: its steps in their order, and which functions each wakes."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from infrastructure.rehearsal.installation import Installation, check
from infrastructure.rehearsal.steps import (
    complaint,
    data,
    deployment,
    desk,
    evidence,
    examination,
    keys,
    mail,
    own_pool,
    releases,
    restore,
    roles,
)


class Step(NamedTuple):
    """One step, and the functions (by their names in a stack) that it has to wake."""

    take: Callable[[Installation], None]
    wakes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it shows."""
        return str(self.take.__doc__)


STEPS = (
    Step(examination.examine_before),
    Step(deployment.deploy_package),
    Step(examination.examine_after),
    Step(deployment.deploy_again),
    Step(data.ask_for_no_change),
    Step(deployment.write_settings),
    Step(deployment.smoke_test, ("api",)),
    Step(complaint.submit_complaint, ("api", "send-letters")),
    Step(complaint.find_no_words),
    Step(complaint.upload_file, ("api",)),
    Step(mail.send_letter, ("api", "send-letters")),
    Step(mail.take_bounce, ("settle-letter",)),
    Step(mail.take_reply, ("take-mail",)),
    Step(restore.back_up),
    Step(desk.find_case, ("api", "follow-cases")),
    Step(desk.read_export, ("follow-cases",)),
    Step(desk.sign_in, ("api",)),
    Step(desk.assign_case, ("api",)),
    Step(evidence.seal_checkpoints, ("seal-checkpoints",)),
    Step(roles.refuse_others_rights),
    Step(releases.work_with_earlier_release, ("api",)),
    Step(keys.rotate_key, ("api",)),
    Step(releases.update_release, ("api",)),
    Step(keys.open_both_generations, ("api",)),
    Step(releases.read_newer_data, ("api",)),
    Step(releases.roll_back_update, ("api",)),
    Step(keys.end_stolen_generation),
    Step(releases.return_to_first_release, ("api",)),
    Step(keys.refuse_ended_generation, ("api",)),
    Step(mail.run_schedule, ("erase-cases", "escalate-overdue", "make-evidence", "send-letters")),
    Step(restore.restore_from_backup, ("api", "escalate-overdue", "seal-checkpoints", "send-letters")),
    Step(restore.restore_to_moment, ("api", "send-letters")),
    Step(data.make_code_anew, ("api", "seal-checkpoints", "send-letters")),
    Step(data.migrate_data),
    Step(own_pool.deploy_by_questions),
    Step(own_pool.begin_alone),
    Step(own_pool.invite_colleague),
)


class Taken(NamedTuple):
    """A step that was taken: how long it took, and why it failed, if it did."""

    step: Step
    seconds: float
    failure: str = ""


def walk(installation: Installation, steps: Iterable[Step] = STEPS) -> Iterator[Taken]:
    """Take the steps until one fails."""
    for step in steps:
        begun = time.monotonic()
        failure = ""
        try:
            step.take(installation)
            _check_woken(installation, step)
        except Exception as error:
            failure = f"{type(error).__name__}: {error}"
        yield Taken(step, time.monotonic() - begun, failure)
        if failure:
            return


def _check_woken(installation: Installation, step: Step) -> None:
    """Raises `NotAsPromised` for a function that the step wakes, which did not run well by now."""
    for name in step.wakes:
        check(any(not run.failure for run in installation.runs(name)), f"{name} was not woken")
