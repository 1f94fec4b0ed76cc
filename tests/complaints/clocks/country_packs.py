"""Stories at a site with a country's pack, as if all that the pack asks of a site were so."""

from typing import Any

from msgspec.structs import replace

from tests.builders import Story, a_complaint


def under(pack: str, *, keeps: str | None = None, **site: Any) -> Story:
    """A complaint that begins under this pack beside the default one; conditions on the field that it `keeps`
    go on being asked."""
    story = a_complaint(packs=("iso10002-default", pack), **site)
    packs = tuple(
        replace(each, conditions=tuple(one for one in each.conditions if one.field == keeps))
        for each in story.terms.packs
    )
    story.terms = replace(story.terms, packs=packs)
    return story
