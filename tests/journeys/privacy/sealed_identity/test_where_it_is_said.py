"""Whoever asks before they say anything is told in which categories their identity is sealed."""

from tests.html import Reading
from tests.journeys.privacy.sealed_identity.sealed_case import SEALED
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.desk_client import signed_in


def test_the_published_procedure_and_the_form_of_staff_name_the_categories(run: LocalRun) -> None:
    offered = run.call("GET", "/v1/form?site=demo&lang=en").json["categories"]
    (label,) = (each["label"] for each in offered if each["code"] == SEALED)
    procedure = Reading(run.call("GET", "/procedure?site=demo&lang=en").text).words
    assert f"In these matters who complains is sealed: {label}." in " ".join(procedure.split())
    intake = words(signed_in(run, "Deniz", "agent").get("/desk/intake"))
    assert intake.count("(who complains is sealed)") == 1
    assert f"{label} (who complains is sealed)" in intake
