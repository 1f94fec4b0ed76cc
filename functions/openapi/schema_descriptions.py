"""Schemas of the API's description (JSON Schema) in few words, for people who read it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Schema = Mapping[str, Any]
REF = "#/components/schemas/"
_NOT_EMPTY = ("minLength", 1)
"""Goes without saying."""
_ITS_VERY_END, _QUOTE = r"(?!\n)", r"\x22"
"""What patterns say to programs alone: to Python, for which `$` also stands before a last line end, and to
generators of clients, who put patterns between quotes."""

_LIMITS = (
    ("minLength", "at least {} characters"),
    ("maxLength", "at most {} characters"),
    ("minimum", "from {}"),
    ("exclusiveMinimum", "above {}"),
    ("maximum", "to {}"),
    ("minItems", "at least {}"),
    ("maxItems", "at most {}"),
    ("pattern", "as {}"),
)


class FieldDescription(NamedTuple):
    """One field: `kind` in words, `refs` the types that it holds."""

    name: str
    is_needed: bool
    kind: str
    about: str
    refs: tuple[str, ...] = ()


class TypeDescription(NamedTuple):
    """One type with its fields; `example` is one, if there is one."""

    name: str
    about: str
    fields: tuple[FieldDescription, ...]
    example: Any = None


def words(schema: Schema) -> str:
    """What a value may be."""
    if "$ref" in schema:
        return named(schema)
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(words(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if "const" in schema:
        return f"always {schema['const']}"
    return ", ".join([_kind(schema), *_limits(schema)])


def named(schema: Schema) -> str:
    """The type that a schema refers to, or nothing."""
    return str(schema.get("$ref", "")).removeprefix(REF)


def refs(schema: Any) -> Iterator[str]:
    """The types that a schema refers to, wherever in it."""
    if isinstance(schema, Mapping):
        if "$ref" in schema:
            yield named(schema)
        for part in schema.values():
            yield from refs(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from refs(part)


def shape(name: str, schema: Schema) -> TypeDescription:
    """A type with its fields; an enumeration has none, and says its words."""
    needed = schema.get("required", ())
    fields = tuple(
        FieldDescription(each, each in needed, words(part), part.get("description", ""), tuple(refs(part)))
        for each, part in schema.get("properties", {}).items()
    )
    about = schema.get("description", "") if fields else words(schema)
    return TypeDescription(name, about, fields, next(iter(schema.get("examples", ())), None))


def _kind(schema: Schema) -> str:
    match schema.get("type"):
        case "array":
            return f"list of {words(schema.get('items', {}))}"
        case "object":
            rest = schema.get("additionalProperties")
            return f"names, each with {words(rest)}" if isinstance(rest, Mapping) else "object"
        case "string":
            return str(schema.get("format", "text"))
        case "null":
            return "null"
        case str(kind):
            return kind
    return "anything"


def _limits(schema: Schema) -> Iterator[str]:
    return (
        text.format(str(schema[name]).removesuffix(_ITS_VERY_END).replace(_QUOTE, '"'))
        for name, text in _LIMITS
        if name in schema and (name, schema[name]) != _NOT_EMPTY
    )
