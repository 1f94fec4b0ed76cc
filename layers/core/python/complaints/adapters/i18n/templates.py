"""Templates of letters and pages, filled in the reader's language. Heavy: import it where one is needed."""

import marshal
import pickle
from collections.abc import Hashable
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, nodes, select_autoescape
from jinja2.bccache import Bucket, bc_magic
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # one has no public name

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.template_filters import TemplateFilters, direction

_PIECES = 512
"""How many pieces of pages are kept for each language, of some two thousand signs each."""

_FILTERS = (
    "say", "moment", "dated", "day", "distance", "due", "short_day", "lasting", "money", "place", "weight",
    "isolated", "apart", "by_country", "filled",
    "asked_for", "promised", "left_out", "remedied", "acted", "own_words", "telephone_links", "folds",
)  # fmt: skip


COMPILED = "compiled"
"""The folder with the templates that the package has compiled, by their language: what they say in it is
part of them."""


class Templates:
    """Templates below `folder`, with the words of `catalogues`."""

    def __init__(self, folder: Path, catalogues: Catalogues) -> None:
        self._folder = folder
        self._catalogues = catalogues
        self._in = cache(self._sheets)

    def spoken(self, *preferred: str) -> str:
        """The first of these languages that there are words in, or English."""
        return self._catalogues.spoken(*preferred)

    def fill(self, template: str, *, language: str, zone: str, **values: object) -> str:
        """A template with its values, in a language that is `spoken`, times in that of `zone`.

        Raises `jinja2.UndefinedError` for a value and `LookupError` for a text that is missing.
        """
        return (
            self._in(language)
            .get_template(template)
            .render(values, language=language, direction=direction(language), zone=zone)
        )

    def compiled(self, template: str, *, language: str, mounted_at: str) -> bytes:
        """What the package keeps of a template in its folder `COMPILED`, which tracebacks name below
        `mounted_at`."""
        sheets = self._in(language)
        source = (self._folder / template).read_text(encoding="utf-8")
        kept = _Compiled(self._folder).get_source_checksum(source)
        # Version 2 has no references, which depend on what else a process holds.
        code = marshal.dumps(sheets.compile(source, template, f"{mounted_at}/{template}"), 2)
        return bc_magic + pickle.dumps(kept, 2) + code

    def _sheets(self, language: str) -> "_LanguageEnvironment":
        sheets = _LanguageEnvironment(
            loader=FileSystemLoader(self._folder),
            bytecode_cache=_Compiled(self._folder / COMPILED / language),
            # Each part of a page asks this by its name.
            autoescape=cache(select_autoescape(("html",))),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        phrases = TemplateFilters(self._catalogues, language)
        sheets.globals["count"] = phrases.count
        sheets.globals["colon"] = self._catalogues.text(language, "words.format.colon")
        sheets.filters.update({name: getattr(phrases, name) for name in _FILTERS})
        sheets.filters["piece"] = sheets.piece
        return sheets


class _Compiled(BytecodeCache):
    """Templates that were compiled as the package was built, each of a source and for a Python that it names.
    Those of another, and all of a checkout, which has none, are compiled as usual.

    Exists for the gate "cold start of a letter" (`benchmarks/RESULTS.md`): to compile an acknowledgement is
    some fifth of it. The first page of a case would compile 26 templates.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            bucket.load_bytecode(BytesIO((self._folder / bucket.key).read_bytes()))
        except OSError:
            return

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps nothing: a package is what was built."""


def _escaped(value: object) -> str:
    """What `markupsafe.escape` answers, as a plain text where it has only to be joined to others.

    Exists for the gate "processor time of a case page at 1,000 cases, of the peer's"
    (`benchmarks/RESULTS.md`): a page escapes some 260 values, and most are made a `Markup` for nothing.
    """
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


class _CodeGenerator(CodeGenerator):
    """Compiles an output of an HTML template as a call of `_escaped`."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")
            if finalize.src is not None:
                self.write(finalize.src)


class _LanguageEnvironment(Environment):
    """The templates of one language: what they say without a value is part of them once they are compiled.

    Most of a page is such texts. Jinja works out a filter of constants beforehand, but never a call.
    """

    code_generator_class = _CodeGenerator
    escaped = staticmethod(_escaped)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._cached_piece = lru_cache(maxsize=_PIECES)(self._piece)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(_SayCalls().visit(source), name, filename, defer_init)

    def piece(self, template: str, *, keep: bool = True, **values: Hashable) -> Markup:
        """Renders a part of a page that depends on these values only; equal values are rendered once.

        With texts that people wrote in it, which must not be cached, one does not `keep` it.
        """
        return self._cached_piece(template, **values) if keep else self._piece(template, **values)

    def _piece(self, template: str, **values: Hashable) -> Markup:
        return Markup(self.get_template(template).render(values))  # noqa: S704  # it escapes its arguments


class _SayCalls(NodeTransformer):
    """Compiles each call of `say` as a filter of that name, which joins the parts of a msgid.

    Exists for the gate "processor time of a case page at 1,000 cases, of the peer's"
    (`benchmarks/RESULTS.md`).
    """

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        call = self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name != "say":
            return call
        whole, *_ = node.args
        msgid, *parts = whole.nodes if isinstance(whole, nodes.Concat) else [whole]
        return nodes.Filter(msgid, "say", parts, node.kwargs, None, node.dyn_kwargs, lineno=node.lineno)
