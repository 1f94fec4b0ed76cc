"""`/_local/files`: where a browser uploads and fetches files, as it does at the bucket on AWS."""

from complaints.adapters.files.s3 import INLINE, disposition
from infrastructure.local.aws.s3 import FILES, ONCE, AlreadyUploaded, LocalS3, NotSigned, PresignedUrls
from infrastructure.local.dev_api.bodies import Refused
from infrastructure.local.dev_api.routes import Call
from infrastructure.local.gateway.http import NO_STORE, Answer, Request

PATTERN = f"{FILES}/{{reference}}/{{id}}"

# The address is the permission, wherever the page that holds it comes from.
ANY_ORIGIN = (("Access-Control-Allow-Origin", "*"),)
PREFLIGHT = (
    *ANY_ORIGIN,
    ("Access-Control-Allow-Methods", "GET, PUT"),
    ("Access-Control-Allow-Headers", "Content-Type, If-None-Match"),
)
NEVER_SHOWN = (("Content-Security-Policy", "default-src 'none'; sandbox"), *NO_STORE)


def calls(store: LocalS3, addresses: PresignedUrls) -> dict[str, dict[str, Call]]:
    """The calls at signed addresses."""

    def terms(request: Request, parameters: dict[str, str]) -> tuple[str, dict[str, str]]:
        key = f"{parameters['reference']}/{parameters['id']}"
        try:
            return key, addresses.terms(request.method, key, request.query)
        except NotSigned:
            raise Refused(403, "forbidden", "This address does not hold, or holds no more.") from None

    def taken(request: Request, parameters: dict[str, str]) -> Answer:
        key, signed = terms(request, parameters)
        _must_fit(request, signed)
        try:
            store.take(key, request.body)
        except AlreadyUploaded:
            raise Refused(412, "stale", "This address was used before.") from None
        return Answer(200, (*ANY_ORIGIN, *NO_STORE), b"")

    def fetched(request: Request, parameters: dict[str, str]) -> Answer:
        key, signed = terms(request, parameters)
        content = store.handed_out(key)
        if content is None:
            raise Refused(404, "not-found", "There is no such file.")
        shown = disposition(signed["name"]) if "name" in signed else INLINE
        headers = (("Content-Type", signed["type"]), ("Content-Disposition", shown))
        policy = NO_STORE if shown == INLINE else NEVER_SHOWN
        return Answer(200, (*headers, *ANY_ORIGIN, *policy), content)

    def preflight(*_: object) -> Answer:
        return Answer(204, PREFLIGHT, b"")

    return {PATTERN: {"PUT": taken, "GET": fetched, "OPTIONS": preflight}}


def _must_fit(request: Request, signed: dict[str, str]) -> None:
    """Raises Refused for another size or type, and for an upload that would replace one."""
    sent = (request.headers.get("content-type"), str(len(request.body)), request.headers.get("if-none-match"))
    if sent != (signed["type"], signed["size"], ONCE):
        raise Refused(403, "forbidden", "This is not the file that the address is for.")
