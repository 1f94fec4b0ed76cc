"""What is said beside the inputs of a form that was refused."""

from complaints.values.errors import Invalid, Wrong
from functions.forms.fields import FormField
from functions.forms.input_errors import input_errors
from functions.forms.widgets import Widget

CASES = FormField("cases", "/cases", Widget.LINES, required=True)


def test_what_is_wrong_with_several_values_of_one_input_is_said_once() -> None:
    wrong = [Wrong(f"/cases/{place}", "unknown-case") for place in range(3)]
    refused = Invalid(*wrong, Wrong("/cases/3", "missing"))
    said = input_errors([CASES], refused, {}, lambda words, **_: words)
    assert said == {"cases": "api.wrong.unknown-case api.wrong.missing"}


def test_errors_stand_in_the_order_of_the_inputs() -> None:
    zone = FormField("zone", "/zone", Widget.LINE, required=True)
    refused = Invalid(Wrong("/cases/0", "missing"), Wrong("/elsewhere", "missing"), Wrong("/zone", "missing"))
    said = input_errors([zone, CASES], refused, {}, lambda words, **_: words)
    assert list(said) == ["zone", "cases", ""]
