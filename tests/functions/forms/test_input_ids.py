"""Inputs whose names came with a form: nothing of a name becomes an attribute."""

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.templates import Templates
from functions.forms.inputs import Input
from tests.mail.letters import TEMPLATES


@pytest.mark.parametrize(
    ("template", "macro"),
    [("pages/desk/records/_form.html", "input_of"), ("pages/desk/_setting.html", "field")],
)
def test_a_name_adds_no_attribute_to_its_input(template: str, macro: str) -> None:
    name = 'texts.x" onfocus="alert(1)'
    asked = Input(name, name, name, "text", required=True, value="", wrong="Wrong", words="Text")
    templates = Templates(TEMPLATES, Catalogues(TEMPLATES / "locale"))
    module = templates._in("en").get_template(template).make_module({"language": "en"})
    html = str(getattr(module, macro)(asked))
    assert 'aria-describedby="texts.x&#34; onfocus=&#34;alert(1)' in html
    assert 'onfocus="' not in html
