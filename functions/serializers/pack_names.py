"""What promise packs are called: those of the product in the reader's language, own ones as in their file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def title(deps: "Container", pack: str, own: str, language: str) -> str:
    """The title of the pack of that name; `own` is the title that it has in its file."""
    return (
        deps.catalogues.text(language, f"pages.pack.{pack}") if pack in deps.shipped_data.pack_names else own
    )
