"""What may stand in a template: names, conditions and loops; nothing is called, nothing is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from jinja2 import TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from workflow.documents.docx_file import TemplateUnfitError

FILTERS = frozenset({
    "default", "d", "join", "length", "count", "first", "last", "upper", "lower", "trim", "title",
    "round", "int", "sort", "unique", "reverse", "list",
})  # fmt: skip
TESTS = frozenset({
    "defined", "undefined", "none", "odd", "even", "in", "eq", "ne", "lt", "le", "gt", "ge",
    "divisibleby", "true", "false",
})  # fmt: skip
#: Loops within loops multiply: more than this is no document.
DEEPEST_LOOP = 3
_NODES: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem,
    nodes.For, nodes.If, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Const, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg,
    nodes.List, nodes.Tuple, nodes.Keyword,
)  # fmt: skip
#: Rows of all loops of one part together.
MOST_ROWS = 20_000
LOOP = frozenset({"index", "index0", "revindex", "first", "last", "length"})
_ROWS = "_rows"
#: What stands on the paper where something is missing in a draft.
BLANK = "＿＿＿＿"


class Fields(dict[str, Any]):
    """A part of what a template is filled with; knows its own dotted name."""

    def __init__(self, path: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.path = path


class Missing(Undefined):
    """A field nobody filled in: printed, it is noted by its name and leaves a blank."""

    __slots__ = ()
    note: Callable[[str], None] | None = None

    def __str__(self) -> str:
        name = str(self._undefined_name or "")
        if self.note is not None:
            self.note(name)
        return BLANK

    def __html__(self) -> str:
        return str(self)

    def __iter__(self) -> Iterator[Any]:
        if self.note is not None:
            self.note(str(self._undefined_name or ""))
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return False


class Language(ImmutableSandboxedEnvironment):
    """Jinja without calls; ``missing`` collects what was printed and is not there."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        note = self.missing
        kind = type("Missing", (Missing,), {"__slots__": (), "note": staticmethod(_noting(note))})
        super().__init__(autoescape=True, undefined=kind)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters[_ROWS] = self._rows
        self.tests = {name: self.tests[name] for name in TESTS}
        self._looped = 0

    def _rows(self, value: Any) -> Any:
        """What a loop may walk: a list, and not for ever."""
        if not isinstance(value, list | Undefined):
            raise TemplateUnfitError(_("A loop needs a list."))
        self._looped += len(value)
        if self._looped > MOST_ROWS:
            raise TemplateUnfitError(_("The loops would never end."))
        return value

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._field(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, int) and isinstance(obj, list | tuple):
            found = -len(obj) <= argument < len(obj)
            return obj[argument] if found else self.undefined(name=str(argument))
        return self._field(obj, str(argument))

    def _field(self, obj: Any, name: str) -> Any:
        """A field of a part, of a loop; never an attribute of a value."""
        if isinstance(obj, Fields):
            value = obj.get(name)
            return self.undefined(name=f"{obj.path}.{name}") if empty(value) else value
        if isinstance(obj, Undefined):
            return self.undefined(name=f"{obj._undefined_name}.{name}")
        if isinstance(obj, LoopContext) and name in LOOP:
            return getattr(obj, name)
        return self.undefined(name=name)

    def call(self, *args: Any, **kwargs: Any) -> Any:
        raise TemplateUnfitError(_("Nothing can be called in a template."))


def _noting(names: list[str]) -> Callable[[str], None]:
    def note(name: str) -> None:
        if name and name not in names:
            names.append(name)

    return note


def empty(value: Any) -> bool:
    """Whether nobody filled this in; 0 and False are answers."""
    return value is None or (isinstance(value, str) and not value.strip())


def parsed(source: str, language: Language, place: Callable[[int], str]) -> nodes.Template:
    """The tree of a part's text, once everything in it is allowed.

    Raises ``TemplateUnfitError`` with the place.
    """
    try:
        tree = language.parse(source)
        _require_allowed(tree, place, 0)
    except TemplateSyntaxError as error:
        said = _("The field cannot be read: %(why)s") % {"why": error.message}
        raise TemplateUnfitError(said, place(error.lineno)) from error
    except (TemplateError, RecursionError) as error:
        raise TemplateUnfitError(_("The fields cannot be read.")) from error
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _ROWS, [], [], None, None, lineno=loop.lineno)
    return tree


def _require_allowed(node: nodes.Node, place: Callable[[int], str], loops: int) -> None:
    if fault := _fault(node):
        raise TemplateUnfitError(fault, place(node.lineno))
    loops += isinstance(node, nodes.For)
    if loops > DEEPEST_LOOP:
        raise TemplateUnfitError(_("Too many loops within loops."), place(node.lineno))
    for child in node.iter_child_nodes():
        _require_allowed(child, place, loops)


def _fault(node: nodes.Node) -> str:
    if not isinstance(node, _NODES):
        said = _("“%(what)s” is not allowed in a template: only fields, conditions and loops.")
        return said % {"what": type(node).__name__.lower()}
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return _("The filter “%(name)s” is not known here.") % {"name": node.name}
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        return _("The test “%(name)s” is not known here.") % {"name": node.name}
    if isinstance(node, nodes.For) and (node.recursive or not isinstance(node.target, nodes.Name)):
        return _("A loop has one name: {% for person in people %}.")
    for name in (getattr(node, "attr", ""), getattr(node, "name", "")):
        if isinstance(name, str) and name.startswith("_"):
            return _("A name that begins with “_” is not allowed.")
    return _too_much(node)


def _too_much(node: nodes.Node) -> str:
    """A constant that would blow up what is printed, or that hides a name."""
    if isinstance(node, nodes.Const) and isinstance(node.value, Markup | bytes):
        return _("The fields cannot be read.")
    if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
        return _("Write the name of the field: it cannot be put together.")
    if isinstance(node, nodes.Getitem):
        value = getattr(node.arg, "value", "")
        if isinstance(value, str) and value.startswith("_"):
            return _("A name that begins with “_” is not allowed.")
    return ""


def names_in(tree: nodes.Node) -> list[str]:
    """The dotted names of every field a tree prints or asks for, in order, each once.

    A loop's name stands for its list: ``{% for 人 in 人员 %}{{ 人.姓名 }}`` gives 人员.姓名.
    """
    found: dict[str, None] = {}
    _collect(tree, {}, found)
    return list(found)


def _collect(node: nodes.Node, loops: dict[str, str], found: dict[str, None]) -> None:
    if isinstance(node, nodes.For):
        path = _path(node.iter, loops)
        if path:
            found[path] = None
        else:
            _collect(node.iter, loops, found)
        inner = {**loops, getattr(node.target, "name", ""): path or "", "loop": "loop"}
        for child in (*node.body, *([node.test] if node.test else [])):
            _collect(child, inner, found)
        for child in node.else_:
            _collect(child, loops, found)
        return
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        path = _path(node, loops)
        if path and not path.startswith("loop."):
            found[path] = None
        return
    for child in node.iter_child_nodes():
        _collect(child, loops, found)


def _path(node: nodes.Node, loops: dict[str, str]) -> str:
    if isinstance(node, nodes.Name):
        return loops.get(node.name, node.name)
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _path(node.node, loops)
    if isinstance(node, nodes.Getattr):
        above = _path(node.node, loops)
        return f"{above}.{node.attr}" if above else ""
    if isinstance(node, nodes.Getitem):
        above, key = _path(node.node, loops), getattr(node.arg, "value", "")
        return above if isinstance(key, int) else f"{above}.{key}" if above else ""
    return ""
