"""What a Word template may do when it is filled: read the values of the report, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import StrictUndefined, nodes, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import do_join
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

COUNTED = frozenset({"index", "index0", "first", "last", "length"})
CALLED = frozenset({"items", "keys", "values", "get"})
FILTERS = (
    *("capitalize", "default", "d", "escape", "e", "first", "join", "last", "length", "count"),
    *("list", "lower", "round", "title", "trim", "upper", "sort"),
)
READING: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign),
    *(nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Call),
    *(nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.Keyword),
    *(nodes.And, nodes.Or, nodes.Not, nodes.CondExpr),
)
READ_FROM = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Call)
DEEPEST = 3
MOST_JOINED = 100_000
MOST_MADE = 40 * 1024 * 1024
MOST_NODES = 20_000


class Sandbox(SandboxedEnvironment):
    """Reads values, loops over lists, and calls nothing that could grow or reach outside."""

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, **options)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS} | {"join": _joined}
        self.concat = _within(MOST_MADE)  # type: ignore[method-assign]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _check_reads_only(tree)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """The ways to read a table of names; nothing else that a value could be told to do."""
        if isinstance(obj, LoopContext):
            return attr in COUNTED
        return isinstance(obj, dict) and attr in CALLED

    def is_safe_callable(self, obj: Any) -> bool:
        """What reads a table of names; no macro, which could call itself for ever."""
        return isinstance(getattr(obj, "__self__", None), dict)


class StrictSandbox(Sandbox):
    """The same, and a name that is not there is an error."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined)


def _check_reads_only(tree: nodes.Template) -> None:
    """Refuses all that makes something out of nothing: sums, lists, words put together, macros."""
    fixed: set[str] = set()
    for many, (node, depth) in enumerate(_every(tree, 0)):
        if many > MOST_NODES:
            raise SecurityError("a template may not have so many marks")
        if isinstance(node, nodes.For):
            _check_loop(node, depth, fixed)
        elif isinstance(node, nodes.Assign):
            if not isinstance(node.target, nodes.Name):
                raise SecurityError("a template may not name several values at once")
            if not isinstance(node.node, READ_FROM):
                fixed.add(node.target.name)
        elif not isinstance(node, READING) and not _is_target(node):
            word = type(node).__name__.lower()
            raise SecurityError(f"a template may not reckon, nor use what is called “{word}”")


def _check_loop(loop: nodes.For, depth: int, fixed: set[str]) -> None:
    source: Any = loop.iter
    while isinstance(source, nodes.Filter) and source.name in ("list", "sort"):
        source = source.node
    read = isinstance(source, READ_FROM) and getattr(source, "name", "") not in fixed
    if not read or loop.recursive:
        raise SecurityError("a loop may not go over anything but a list of the report")
    if depth >= DEEPEST:
        raise SecurityError(f"a template may not put more than {DEEPEST} loops into each other")


def _is_target(node: nodes.Node) -> bool:
    """The names of a loop over pairs."""
    return isinstance(node, nodes.Tuple) and node.ctx == "store"


def _every(node: nodes.Node, depth: int) -> Iterator[tuple[nodes.Node, int]]:
    """Each mark of a template, with the number of loops around it."""
    yield node, depth
    for child in node.iter_child_nodes():
        yield from _every(child, depth + isinstance(node, nodes.For))


@pass_eval_context
def _joined(
    context: nodes.EvalContext, value: Iterable[Any], d: str = "", attribute: Any = None
) -> str:
    """A list as one text, unless that is long."""
    parts = list(value)
    if len(d) * len(parts) + sum(len(str(part)) for part in parts) > MOST_JOINED:
        raise SecurityError("a template may not make so long a text")
    made: str = do_join(context, parts, d, attribute)
    return made


def _within(most: int) -> Any:
    """Puts the pieces of a text together while they are not too many."""

    def concat(pieces: Iterable[str]) -> str:
        kept, length = [], 0
        for piece in pieces:
            length += len(piece)
            if length > most:
                raise SecurityError("a template may not make so long a text")
            kept.append(piece)
        return "".join(kept)

    return concat
