"""Stories at a site with a country's pack, as if all that the pack asks of a site were so."""

from typing import Any

from msgspec.structs import replace

from tests.builders import Story, a_complaint


def under(pack: str, **site: Any) -> Story:
    """A complaint that begins under this pack beside the default one."""
    story = a_complaint(packs=("iso10002-default", pack), **site)
    packs = tuple(replace(each, conditions=()) for each in story.terms.packs)
    story.terms = replace(story.terms, packs=packs)
    return story
