"""What changes of a site's codes: renamed, added, retired. A code that was offered is never removed.

What a site's own codes are in a regulator's return, where the site says otherwise than the return.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.settings import validation
from complaints.settings.commands import ChangeCodes, CodePut, MapReturn, PutCode
from complaints.settings.events import CodesChanged
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.site.site import SiteRecord
from complaints.values.codes import Code, CodeList, Codes, is_standard, is_within
from complaints.values.errors import Invalid, Wrong

MOST_CODES = 200
_IN_PUT = re.compile(r"^/put(/0)?")
_OF_PUT = {"/sensitive": "/is_sensitive", "/dangerous": "/is_dangerous", "/sealed": "/is_sealed"}
"""The fields of `PutCode` that `CodePut` calls otherwise, by their pointers."""


def change_codes(setting: Setting, command: ChangeCodes, context: SettingsContext) -> list[Fact]:
    """Changes the codes. Raises `Invalid`: a code in use is retired, not removed."""
    site = context.sites[setting.id]
    before = setting.record if isinstance(setting.record, Codes) else Codes()
    wrong = [*_wrong_puts(command, before, site), *_wrong_removals(command, before)]
    if not validation.has_cleared_reviewer(context.members, setting.id):
        wrong.extend(_unseen(command, before))
    after = _changed(before, command)
    wrong.extend(_homeless(command, after))
    for code_list in CodeList:
        if code_list is not CodeList.SUBCATEGORIES and not any(after.offered(code_list)):
            wrong.append(Wrong("/put", "nothing-offered"))
        if len(after.of(code_list)) > MOST_CODES:
            wrong.append(Wrong("/put", "too-many", MOST_CODES))
    if wrong:
        raise Invalid(*sorted(set(wrong), key=lambda each: each.pointer))
    return [CodesChanged(at=context.now, by=context.by, reason=command.reason, record=after)]


def put_code(setting: Setting, command: PutCode, context: SettingsContext) -> list[Fact]:
    """Adds one code, or changes it. Raises `Invalid`, with pointers to the fields of this command."""
    put = CodePut(
        list=command.list,
        code=command.code,
        labels=command.labels,
        state=command.state,
        like=command.like,
        sensitive=command.is_sensitive,
        dangerous=command.is_dangerous if command.list is CodeList.CATEGORIES else None,
        sealed=command.is_sealed,
    )
    try:
        return change_codes(setting, ChangeCodes(put=(put,), reason=command.reason), context)
    except Invalid as refusal:
        wrong = (replace(each, pointer=_IN_PUT.sub("", each.pointer)) for each in refusal.errors)
        raise Invalid(
            *(replace(each, pointer=_OF_PUT.get(each.pointer, each.pointer)) for each in wrong)
        ) from None


def _changed(codes: Codes, command: ChangeCodes) -> Codes:
    for put in command.put:
        code = _put(codes.find(put.list, put.code), put)
        known = codes.find(put.list, put.code) is not None
        rest = codes.of(put.list)
        changed = tuple(code if each.code == put.code else each for each in rest)
        codes = replace(codes, **{put.list: changed if known else (*rest, code)})
    for gone in command.remove:
        changed = tuple(each for each in codes.of(gone.list) if each.code != gone.code)
        codes = replace(codes, **{gone.list: changed})
    return codes


def _put(before: Code | None, put: CodePut) -> Code:
    """The code with what the change names; the rest stays."""
    named = {
        name: getattr(put, name)
        for name in ("labels", "state", "like", "topic", "product", "sensitive", "dangerous", "sealed")
    }
    values = {name: value for name, value in named.items() if value is not None}
    return replace(before, **values) if before else Code(code=put.code, **values)


def _wrong_puts(command: ChangeCodes, before: Codes, site: SiteRecord) -> Iterator[Wrong]:
    for place, put in enumerate(command.put):
        code = before.find(put.list, put.code)
        after = _put(code, put)
        for tag in after.labels:
            if tag not in site.languages:
                yield Wrong(f"/put/{place}/labels/{tag}", "not-spoken")
        if put.list is not CodeList.CATEGORIES and (after.topic or after.product):
            yield Wrong(f"/put/{place}/{'topic' if after.topic else 'product'}", "unknown-field")
        if put.list is not CodeList.CATEGORIES:
            for name in ("sensitive", "dangerous", "sealed"):
                if getattr(put, name):
                    yield Wrong(f"/put/{place}/{name}", "unknown-field")
        if code and code.state != "draft" and after.state == "draft":
            yield Wrong(f"/put/{place}/state", "code-in-use")
        if not is_standard(put.list, put.code):
            yield from _wrong_own(after, put, f"/put/{place}", site)
        elif after.like:
            yield Wrong(f"/put/{place}/like", "standard-code")


def _homeless(command: ChangeCodes, after: Codes) -> Iterator[Wrong]:
    """Sub-categories of a category that the site does not have."""
    for place, put in enumerate(command.put):
        if put.list is CodeList.SUBCATEGORIES and not any(
            is_within(put.code, category.code) for category in after.categories
        ):
            yield Wrong(f"/put/{place}/code", "no-such-category")


def _unseen(command: ChangeCodes, before: Codes) -> Iterator[Wrong]:
    """Categories whose cases no reviewer could see any more."""
    for place, put in enumerate(command.put):
        if put.sensitive and put.list is CodeList.CATEGORIES and put.code not in before.sensitive:
            yield Wrong(f"/put/{place}/sensitive", "no-cleared-reviewer")


def _wrong_own(code: Code, put: CodePut, at: str, site: SiteRecord) -> Iterator[Wrong]:
    """A code of the site's own has words in every language, and an outcome says what it counts as."""
    for tag in site.languages:
        if tag not in code.labels:
            yield Wrong(f"{at}/labels/{tag}", "missing")
    if put.list is CodeList.OUTCOMES and code.like is None:
        yield Wrong(f"{at}/like", "missing")
    if put.list is not CodeList.OUTCOMES and code.like:
        yield Wrong(f"{at}/like", "unknown-field")


def _wrong_removals(command: ChangeCodes, before: Codes) -> Iterator[Wrong]:
    for place, gone in enumerate(command.remove):
        code = before.find(gone.list, gone.code)
        if code is None:
            yield Wrong(f"/remove/{place}/code", "unknown-value")
        elif code.state != "draft":
            yield Wrong(f"/remove/{place}/code", "code-in-use")


MOST_MAPPED = 500
"""Codes of a site that one grouping may map."""


def map_return(setting: Setting, command: MapReturn, context: SettingsContext) -> list[Fact]:
    """Writes the own mapping of one grouping anew. Raises `Invalid`."""
    before = setting.record if isinstance(setting.record, Codes) else Codes()
    try:
        groupings = context.shipped_data.return_codes(command.name)
    except LookupError:
        raise Invalid(Wrong("/name", "unknown-value")) from None
    if command.grouping not in groupings:
        raise Invalid(Wrong("/grouping", "unknown-value"))
    theirs = groupings[command.grouping]
    wrong = [Wrong(f"/codes/{own}", "unknown-value") for own, to in command.codes.items() if to not in theirs]
    if len(command.codes) > MOST_MAPPED:
        wrong.append(Wrong("/codes", "too-many", MOST_MAPPED))
    if wrong:
        raise Invalid(*wrong)
    others = dict(before.returns.get(command.name, {})) | {command.grouping: command.codes}
    mapped = {grouping: codes for grouping, codes in others.items() if codes}
    returns = {name: each for name, each in (before.returns | {command.name: mapped}).items() if each}
    record = replace(before, returns=returns)
    return [CodesChanged(at=context.now, by=context.by, reason=command.reason, record=record)]
