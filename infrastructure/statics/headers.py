"""The headers of each static file, whether the bucket, the distribution, or a local run serves it."""

from pathlib import PurePosixPath

from infrastructure.statics.fingerprint import is_hashed

PATHS = ("widget.js", "widget/*", "static/*")
"""Where static files lie; all else is the API's."""

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".ts": "text/plain; charset=utf-8",
}
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_MINUTES = "public, max-age=300"

READ_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""Any website may embed the widget, whose parts are modules with an integrity: both ask for CORS."""
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}


def content_type(path: str) -> str:
    """The type of a file. Raises `KeyError` for a kind that we do not serve."""
    return _TYPES[PurePosixPath(path).suffix]


def cache_control(path: str) -> str:
    """For how long browsers may keep a file: its name says whether it can ever change."""
    return FOR_GOOD if is_hashed(path) else FOR_MINUTES
