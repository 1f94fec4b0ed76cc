"""What is printed: each step as it is taken, and what no rehearsal on this machine can show."""

from collections.abc import Iterable

from infrastructure.rehearsal.functions import Run
from infrastructure.rehearsal.packages import DEPLOYED, processor
from infrastructure.rehearsal.run_steps import Taken

WIDTH = 100

SHOWN_OTHERWISE = (
    ("mail that SES receives", "the walk puts it into the bucket and says through the topic what SES would"),
    ("what SES says of letters", "the simulator publishes no events: the walk publishes SES's to the topic"),
    ("API Gateway behind CloudFront", "the walk calls the API itself; static files come through CloudFront"),
    (
        "running functions",
        "the simulator forwards each event; the zips run here, in one bare Python 3.13 each",
    ),
    ("/opt", "is a folder of this machine, and ANSWERABLE_TEMPLATES names it there"),
    (
        "what SNS says to a function",
        "the simulator leaves empty fields out: they are put in, as Lambda has them",
    ),
    ("the OpenID provider", "that of the local run, over TLS with a certificate that only functions trust"),
    (
        "the first user of an own pool",
        "the simulator's CloudFormation has pools without users: the walk invites, as `make invite` does",
    ),
    ("hosts of Cognito", "are the simulator: its pages, its keys, tokens of the shape of Cognito's"),
    ("point-in-time recovery", "the simulator's CloudFormation leaves it off: the drill turns it on"),
    (
        "the version that an alias names",
        "the simulator tells SAM no parameters, so none is published for another: the latest code runs",
    ),
    ("the roles that the key that signs knows", "the simulator says sessions, where AWS says roles"),
    (
        "a moment of the past",
        "the simulator keeps none: it restores a table as it is now, and says an hour was kept",
    ),
    ("the earlier release", "its code, with the template and the libraries of the present one"),
    (
        "an installation of one stack, from before",
        "it is made of the present two templates: there was no release",
    ),
    ("data of a later release", "there is none: the walk writes a field and a stage that nobody knows"),
)
"""What stands in for something, and how."""

NOT_REHEARSED = (
    ("receipt rule set and rule of SES", "the simulator's CloudFormation has no such resources"),
    ("the budget of a day", "its CloudFormation has no such resource"),
    ("the style of an own pool's pages", "its CloudFormation has no such resource: the pages are its own"),
    ("DKIM records among the outputs", "the simulator makes identities without them"),
    (
        "which keys a role may read, and as whom it may send",
        "the simulator tells calls of SSM and SES not apart",
    ),
    ("which partitions of the table a role may touch", "it enforces actions and resources, no leading keys"),
    ("what a role may do with the table's key", "it encrypts nothing for DynamoDB and S3"),
    ("limits, throttling, gateway responses, access log, alarms", "it makes them, and does not act on them"),
    ("a domain of its own, its certificate, DNS", "the stage of the rehearsal has none"),
    ("what Lambda limits: memory, CPU, 6 MB of an answer", "functions are plain processes"),
    ("failed events: retries of SNS, dead letter queues", "no function of the walk fails"),
    ("object lock of the evidence bucket", "the simulator's CloudFormation leaves it out"),
    ("that nothing in it is written over", "the simulator does not know the condition of the policy"),
    ("an update that goes over in steps, snapshots", "the simulator has no CodeDeploy, and starts nothing"),
    ("copies of files in another region", "the stage of the rehearsal has none"),
    ("quotas, cold starts, costs", "only an account shows them"),
)
"""What could not be rehearsed, and why."""


def line_of(taken: Taken) -> str:
    """One step."""
    return f"{'FAIL' if taken.failure else 'ok':4} {taken.seconds:6.1f} s  {taken.step.title}"


def report(taken: Iterable[Taken], runs: Iterable[Run]) -> str:
    """The functions that ran, what was shown otherwise, and what was not shown."""
    steps = list(taken)
    lines = ["", f"{len(steps)} steps in {sum(each.seconds for each in steps):.0f} s. Runs of functions:"]
    lines += _functions(list(runs))
    if processor() != DEPLOYED:
        lines += [
            "",
            f"Compiled modules of the dependencies layer are those for {processor()}, not for {DEPLOYED}.",
        ]
    lines += ["", "Shown otherwise than on AWS:", *_table(SHOWN_OTHERWISE)]
    lines += ["", "Not rehearsed:", *_table(NOT_REHEARSED)]
    lines += [f"\nFAILED: {each.step.title}: {each.failure}" for each in steps if each.failure]
    return "\n".join(lines)


def _functions(runs: list[Run]) -> list[str]:
    names = sorted({(run.function, run.source) for run in runs})
    return [
        _function(name, source, [run for run in runs if run[:2] == (name, source)]) for name, source in names
    ]


def _function(name: str, source: str, runs: list[Run]) -> str:
    times = sorted(run.milliseconds for run in runs)
    failed = sum(bool(run.failure) for run in runs)
    message = f"{failed} failed" if failed else "none failed"
    return f"  {name:38} {source:15} {len(runs):4} runs, {times[0]}–{times[-1]} ms, {message}"


def _table(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {what:58} {why}" for what, why in rows]
