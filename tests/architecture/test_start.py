"""What few requests need is loaded by the first of them, not when the site starts.

It would lie in the memory of every office: typst sets papers, segno draws squares to scan, and
the driver of PostgreSQL is of no use on SQLite, where Django does not load it either.
"""

from __future__ import annotations

import ast

from tests.architecture.source import modules, shown, tree_of
from tests.architecture.test_threads import imported_at_once

FOR_FEW = {"typst", "segno", "psycopg"}
# What builds on one of them: it may load that one at once, for nobody loads it at once.
BUILT_ON = {"wardroom/config/postgresql/cursors.py": "psycopg"}


def test_no_module_loads_at_once_what_few_requests_need() -> None:
    at_once = {shown(path): imported_at_once(tree_of(path)) & FOR_FEW for path in modules()}
    found = {path: names for path, names in at_once.items() if names}
    assert found == {path: {name} for path, name in BUILT_ON.items()}


def test_what_builds_on_one_of_them_is_loaded_by_nobody_at_once() -> None:
    names = {path.removesuffix(".py").replace("/", ".") for path in BUILT_ON}
    at_once = {shown(path): asked_at_once(tree_of(path)) & names for path in modules()}
    assert {path: found for path, found in at_once.items() if found} == {}


def asked_at_once(tree: ast.Module) -> set[str]:
    """The modules that are imported with the module itself, each with its whole name."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_this_rule_can_fail() -> None:
    assert imported_at_once(ast.parse("import typst")) & FOR_FEW == {"typst"}
    assert imported_at_once(ast.parse("def draw():\n    import segno")) & FOR_FEW == set()


def test_loading_it_at_once_is_seen_however_it_is_written() -> None:
    for words in ("from a.b import c", "import a.b", "from a import b"):
        assert "a.b" in asked_at_once(ast.parse(words))
    assert asked_at_once(ast.parse("if x:\n    from a.b import c")) == set()
