"""The reference of the API as pages, made of its description: a list, and a page for each operation."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from chalice.app import Response

from complaints.values.errors import NotFound
from functions.http.visit import Visit
from functions.openapi.document import description
from functions.openapi.schema_descriptions import FieldDescription, TypeDescription, named, refs, shape, words
from functions.rendering.page import as_page, page

_JSON = "application/json"
_PARAMETERS = "parameters"
_REFUSED = "400"


class Operation(NamedTuple):
    """One method of one address, as the description has it."""

    id: str
    method: str
    path: str
    summary: str
    group: str
    said: Mapping[str, Any]


class AnswerDescription(NamedTuple):
    """One answer: its status, what it means, and its media types and its type where it is no problem."""

    status: str
    kinds: tuple[str, ...]
    about: str
    ref: str


@as_page
def show_all(visit: Visit) -> Response:
    """Every operation, in groups, with a link to its page."""
    operations = _operations().values()
    groups = [
        (tag["name"], tag["description"], [each for each in operations if each.group == tag["name"]])
        for tag in _description()["tags"]
    ]
    return page(visit.deps, "reference.html", language=visit.language, address="/openapi", groups=groups)


@as_page
def show_one(visit: Visit, operation: str) -> Response:
    """One operation: who may call it, what it takes, and what it answers. Raises `NotFound`."""
    found = _operations().get(operation)
    if found is None:
        raise NotFound
    body = found.said.get("requestBody", {}).get("content", {}).get(_JSON, {}).get("schema", {})
    answers = list(_answers(found))
    return page(
        visit.deps,
        "reference-operation.html",
        language=visit.language,
        address=f"/openapi/{operation}",
        operation=found,
        who=_who(found),
        parameters=[_parameter(each) for each in found.said.get(_PARAMETERS, ())],
        body=_body(body),
        answers=answers,
        shapes=_shapes([*refs(body), *(each.ref for each in answers if each.ref)]),
    )


@cache
def _description() -> dict[str, Any]:
    return description()


@cache
def _operations() -> dict[str, Operation]:
    """All operations by their ids, each with the parameters of its path."""
    found = {}
    for path, item in _description()["paths"].items():
        shared = item.get(_PARAMETERS, [])
        for method, value in item.items():
            if method != _PARAMETERS:
                whole = value | {_PARAMETERS: [*shared, *value.get(_PARAMETERS, [])]}
                id = value["operationId"]
                found[id] = Operation(id, method.upper(), path, value["summary"], value["tags"][0], whole)
    return found


def _who(operation: Operation) -> list[str]:
    """In the words of the description; nobody is named where everybody may."""
    schemes = _description()["components"]["securitySchemes"]
    return [schemes[name]["description"] for needed in operation.said.get("security", ()) for name in needed]


def _parameter(values: Mapping[str, Any]) -> FieldDescription:
    about = ". ".join(filter(None, (values.get("description"), _such_as(values.get("example")))))
    return FieldDescription(
        values["name"], values.get("required", False), f"{values['in']}: {words(values['schema'])}", about
    )


def _such_as(example: object) -> str:
    return f"Such as {example}" if example else ""


def _body(schema: Mapping[str, Any]) -> tuple[TypeDescription, str] | None:
    """The type of the body, and an example as it is sent."""
    if not schema:
        return None
    name = named(schema)
    described = shape(name, _components()[name] if name else schema)
    return described, json.dumps(
        described.example, indent=2, ensure_ascii=False
    ) if described.example is not None else ""


def _answers(operation: Operation) -> Iterator[AnswerDescription]:
    components = _description()["components"]["responses"]
    for status, answer in sorted(operation.said["responses"].items()):
        if ref := answer.get("$ref"):
            answer = components[ref.rpartition("/")[2]]
        content = answer.get("content", {}) if status < _REFUSED else {}
        of = next((named(each["schema"]) for each in content.values()), "")
        yield AnswerDescription(status, tuple(content), answer["description"], of)


def _shapes(names: Iterable[str]) -> list[TypeDescription]:
    """The types that are named, and those that they name, each once."""
    found: dict[str, TypeDescription] = {}
    left = list(names)
    while left:
        name = left.pop(0)
        if name not in found:
            found[name] = shape(name, _components()[name])
            left.extend(refs(_components()[name]))
    return list(found.values())


def _components() -> dict[str, Any]:
    schemas: dict[str, Any] = _description()["components"]["schemas"]
    return schemas
