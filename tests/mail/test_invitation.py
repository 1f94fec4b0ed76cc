"""The words of an invitation: who invites, to what, how to sign in and until when, and no link but ours."""

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import INVITED, LetterKind
from complaints.delivery.rendered_letter import Reader
from complaints.values.people import Role
from infrastructure.screenshots.example_mail import CATALOGUES
from tests.mail.letters import DUE, ISTANBUL, Sample, letter
from tests.mail.test_direction import apart

SIGN_IN = "https://complaints.example.org/desk/sign-in"
ADA = Reader(email="ada@demo.example", name="Ada Öz", invited_by="Şebnem Kaya")
in_every_language = pytest.mark.parametrize("language", sorted(CATALOGUES.languages))


def invitation(language: str) -> Sample:
    """Ada is invited as an agent and a reviewer, to two sites."""
    asked = letter(LetterKind.INVITATION, language=language, to=INVITED, answer_by=DUE, promises=())
    asked = replace(asked, roles=(Role.AGENT, Role.REVIEWER), site_names=(ISTANBUL.name, "Demo & Co"))
    return Sample("invitation", asked, link=SIGN_IN)


@in_every_language
def test_an_invitation_says_who_invites_to_what_and_how_in_both_parts(language: str) -> None:
    rendered = invitation(language).rendered(ADA)
    roles = [CATALOGUES.text(language, f"office.role.{role}") for role in ("agent", "reviewer")]
    for said in ("Ada Öz", "Şebnem Kaya", SIGN_IN, ISTANBUL.name, *roles):
        assert said in rendered.text
    for said in ("Ada Öz", "Şebnem Kaya", ISTANBUL.name, "Demo & Co"):
        assert apart(said).search(rendered.html), said
    assert f'href="{SIGN_IN}"' in rendered.html
    assert rendered.html.count("https://") == rendered.html.count(SIGN_IN)


def test_an_invitation_carries_no_link_that_somebody_wrote_as_a_name() -> None:
    """Abuse case 27: the letter goes to an address that has not answered yet."""
    link = "Win at https://evil.example"
    rendered = invitation("en").rendered(replace(ADA, name=link, invited_by=link))
    assert "evil.example" not in rendered.text + rendered.html
    assert "You are invited to work on complaints" in rendered.text
