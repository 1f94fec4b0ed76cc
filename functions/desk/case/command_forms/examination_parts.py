"""The parts of the form of an examination: each is a command of its own, with inputs of its own names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from typing import Any, NamedTuple

from complaints.casework.command import StaffCommand
from complaints.casework.outcome.classification import Classify
from complaints.casework.outcome.decision import Decide
from complaints.casework.outcome.points import AnswerPoint
from complaints.casework.process.assessment import Assess
from complaints.casework.process.investigation import Find
from complaints.values.field_types import Assessment
from functions.desk.case.command_forms import fields
from functions.desk.case.command_forms.fields import BESIDE
from functions.desk.case.command_forms.forms import CommandForm
from functions.forms.inputs import FailedForm, Input
from functions.forms.urlencoded import FormData

_OF_POINT = re.compile(r"(?:answer_point|find)-([0-9]{1,2})-")

_ANSWER = ("outcome", "reasons", "kind_1", "amount_1")
"""Any of them says that the case, or a point, is decided now, and not only looked into."""

_FINDING = ("finding", "root_cause")


class Part(NamedTuple):
    """The inputs of a command in the form, and the id of the `point` that it is about, if it is about one."""

    kind: type[StaffCommand]
    point: str | None = None

    @property
    def name(self) -> str:
        """The name of the part; for a command on the whole case its verb."""
        return f"{self.kind.verb}-{self.point}" if self.point else self.kind.verb

    @property
    def within(self) -> str:
        """What stands before the names of its inputs, after the verb that their ids begin with."""
        return f"{self.point}-" if self.point else ""

    @property
    def shown(self) -> "Part":
        """The part that has its inputs: a finding on the whole case stands with the decision."""
        return Part(Decide) if self == Part(Find) else self

    def of(self, form: Mapping[str, str]) -> FormData:
        """What the form says in this part, by the names that its command alone has."""
        start = self._start
        named = ((name.removeprefix(start), value) for name, value in form.items() if name.startswith(start))
        return FormData((*named, *((name, form[name]) for name in BESIDE if name in form)))

    def body(self, form: Mapping[str, str], zone: tzinfo) -> dict[str, Any]:
        """The body of its command."""
        values = fields.body(self.kind.verb, self.of(form), zone)
        return values | {"point": self.point} if self.point else values

    def typed(self, form: Mapping[str, str]) -> FormData:
        """What was typed in it, by the names that its command alone has."""
        return fields.typed(self.kind.verb, self.of(form))

    def hidden(self, form: Mapping[str, str]) -> dict[str, str]:
        """All that the form sends of it, for one that asks the same once more."""
        values = fields.hidden(self.kind.verb, self.of(form)).items()
        return {name if name in BESIDE else f"{self._start}{name}": value for name, value in values}

    @property
    def _start(self) -> str:
        return f"{self.kind.verb}-{self.within}" if self.point else ""


WHOLE = (Part(Assess), Part(Classify), Part(Decide))
"""The parts that are about the whole case."""


class PointForms(NamedTuple):
    """What is asked of one point: its answer, and what was found."""

    id: str
    answer: CommandForm
    finding: CommandForm

    @property
    def says_remedy(self) -> bool:
        """Whether a remedy was typed, or is wrong."""
        inputs = (each for row in self.answer.asked.rows for each in row)
        return any(each.wrong or (each.value and each.label != "currency") for each in inputs)

    @property
    def says_finding(self) -> bool:
        """Whether a finding was typed, or is wrong."""
        return any(each.wrong or each.value for each in self.finding.asked.inputs)


def parts_in(form: Mapping[str, str]) -> tuple[Part, ...]:
    """All parts that a form has, in the order in which their commands are carried out."""
    ids = {found[1] for name in form if (found := _OF_POINT.match(name))}
    of_points = (Part(kind, id) for id in sorted(ids, key=int) for kind in (Find, AnswerPoint))
    assess, classify, decide = WHOLE
    return (assess, classify, *of_points, decide)


def asked_in(form: Mapping[str, str], *, decides: bool = False) -> Iterator[Part]:
    """The parts in which the form says something. A finding goes with the decision, where there is one.

    Whoever `decides` now asks for the decision, also where its fields were left empty.
    """
    for part in parts_in(form):
        values = part.of(form)
        if decides and part.kind is Decide and "outcome" in values:
            yield part
            continue
        if part.kind is Decide and not _says(values, _ANSWER):
            part = Part(Find)
        if _says(values, _NEEDED[part.kind]):
            yield part


def named_apart(form: CommandForm, point: str) -> CommandForm:
    """The form of a command with the names that its inputs have for one point."""
    start = f"{form.asked.verb}-{point}-"

    def renamed(inputs: Iterable[Input]) -> tuple[Input, ...]:
        return tuple(each._replace(id=f"{start}{each.name}", name=f"{start}{each.name}") for each in inputs)

    asked = form.asked
    apart = asked._replace(inputs=renamed(asked.inputs), rows=tuple(map(renamed, asked.rows)))
    return form._replace(asked=apart)


def failed_parts(
    form: Mapping[str, str], version: int, wrong: Mapping[str, Mapping[str, str]]
) -> dict[str, FailedForm]:
    """What was typed in each part, by its name, and what is `wrong` with it."""
    return {
        part.name: FailedForm(part.kind.verb, part.typed(form), wrong.get(part.name, {}), version)
        for part in parts_in(form)
    }


def _says(values: Mapping[str, str], names: Iterable[str]) -> bool:
    return any(values.get(name) for name in names)


_NEEDED: Mapping[type[StaffCommand], tuple[str, ...]] = {
    Assess: Assessment.__struct_fields__,
    Classify: ("category",),
    Find: _FINDING,
    AnswerPoint: _ANSWER,
    Decide: _ANSWER,
}
"""Any of these inputs says that a command is asked for."""
