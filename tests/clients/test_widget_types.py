"""The types of the widget: the React example of the desk passes the compiler, and a wrong one does not."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from functions.public.form.inputs import DETAILS
from infrastructure.statics.write import TEMPLATES
from tests.clients.generators import check_react
from tests.local_run import LocalRun
from tests.pages.settings_client import OfficeDesk

TYPES = TEMPLATES / "pages/static/answerable.d.ts"
ONLY_BY_THE_PERSON = {"danger", "danger_details", "feedback", "data_right"}


@pytest.fixture(scope="module")
def example(local_run: LocalRun) -> str:
    """What a developer copies."""
    page = OfficeDesk(local_run).desk.get("/desk/embed?site=demo&in=tr")
    found = re.search(r'<pre[^>]* id="react"[^>]*>(.*?)</pre>', page.text, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def test_the_react_example_passes_the_compiler_and_a_wrong_one_does_not(example: str, tmp_path: Path) -> None:
    shutil.copy(TYPES, tmp_path)
    assert check_react(example, tmp_path) == ""
    wrong = example.replace("order_number: orderNumber", "order: orderNumber")
    assert "'order' does not exist" in check_react(wrong, tmp_path)


def test_the_types_name_each_field_that_a_page_may_fill_in() -> None:
    fields = re.findall(r"^  (\w+)\?: string;", TYPES.read_text("utf-8"), re.MULTILINE)
    told = {detail.name for details in DETAILS.values() for detail in details} | {"email", "description"}
    assert set(fields) == told - ONLY_BY_THE_PERSON
