"""Nothing that starts a thread when it is imported is imported before web processes are forked.

A process that is forked has the memory of such a thread and not the thread: DuckDB then ends
the whole process with an abort where it should end in order.
"""

from __future__ import annotations

import ast

from tests.architecture.source import modules, shown, tree_of

STARTS_THREADS = {"duckdb"}


def imported_at_once(tree: ast.Module) -> set[str]:
    """Packages that are imported with the module itself, not in a function or for types."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_no_module_starts_a_thread() -> None:
    at_once = {shown(path): imported_at_once(tree_of(path)) & STARTS_THREADS for path in modules()}
    assert {path: names for path, names in at_once.items() if names} == {}


def test_this_rule_can_fail() -> None:
    assert imported_at_once(ast.parse("import duckdb")) == {"duckdb"}
    assert imported_at_once(ast.parse("from duckdb.typing import BIGINT")) == {"duckdb"}
    assert imported_at_once(ast.parse("def read():\n    import duckdb")) == set()
    assert imported_at_once(ast.parse("if TYPE_CHECKING:\n    import duckdb")) == set()
