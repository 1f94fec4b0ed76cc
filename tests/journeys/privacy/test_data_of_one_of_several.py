"""The file of a person who is not the complainant has what is held of them, and nothing of the others."""

import json

from tests.journeys.privacy.test_data_of_a_person import Officer, told
from tests.journeys.steps import Staff, address, complain
from tests.local_run import LocalRun


def test_who_joined_gets_their_own_data_and_letters(local_run: LocalRun) -> None:
    complaint, paula = told(local_run, address()), Officer(local_run)
    [joint] = Staff(local_run).case(complaint)["joint"]
    assert paula.orders(complaint, party="j99").status == 422
    assert paula.orders(complaint, complain(local_run), party=joint["id"]).status == 422
    assert paula.orders(complaint, party=joint["id"]).status == 200
    archive = paula.fetches()
    data = json.loads(archive.read(f"{complaint.reference}/data.json"))
    assert (data["name"], data["email"]) == ("Bartholomaeus Roth", joint["email"])
    pages = [archive.read(f"{complaint.reference}/{each['file']}").decode() for each in data["letters"]]
    assert any("We look for the lamp." in page for page in pages)
    whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Papadaki" not in whole
    assert "It stands in the hallway." not in whole
