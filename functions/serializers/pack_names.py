"""What promise packs are called: those of the product in the reader's language, own ones as in their file."""

from complaints.adapters.container import container


def title(pack: str, own: str, language: str) -> str:
    """The title of the pack of that name; `own` is the title that it has in its file."""
    deps = container()
    return (
        deps.catalogues.text(language, f"pages.pack.{pack}") if pack in deps.shipped_data.pack_names else own
    )
