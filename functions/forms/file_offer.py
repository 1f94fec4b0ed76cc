"""A file that a script of a page would upload, by the form that it sends."""

from complaints.values.errors import Invalid, Wrong
from functions.forms.urlencoded import FormData
from functions.http.parsing.validation import read
from functions.use_cases.files.file_offers import FileOffer

_MOST_DIGITS = 9


def file_offer(form: FormData) -> FileOffer:
    """What is offered. Raises `Invalid`."""
    size = form.get("size", "")
    if not (size.isascii() and size.isdigit() and len(size) <= _MOST_DIGITS):
        raise Invalid(Wrong("/size", "wrong-type"))
    return read(FileOffer, {"name": form.get("name"), "type": form.get("type"), "size": int(size)})
