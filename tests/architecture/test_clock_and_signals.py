"""The clock is asked at the edge only, and nothing happens behind the reader's back."""

from __future__ import annotations

import ast
from functools import cache

from tests.architecture.source import modules, shown, tree_of

CLOCK_AT = ("wardroom/web/edge.py", "wardroom/web/probes.py", "wardroom/jobs/")
CLOCK_CALLS = {"now", "today", "utcnow"}
LOCAL_CALLS = {"localdate", "localtime"}
SIGNALS_AT = {
    "wardroom/access/apps.py": "the write guard is put on every new connection",
    "wardroom/jobs/cluster.py": "the queue's own hooks, when a worker starts and before a task",
}


@cache
def asks_the_clock(tree: ast.AST) -> list[int]:
    """Lines that ask what time it is."""
    lines = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        bare = not node.args and not node.keywords
        attribute = isinstance(node.func, ast.Attribute)
        if (attribute and name in CLOCK_CALLS) or (name in LOCAL_CALLS and bare):
            lines.append(node.lineno)
    return lines


@cache
def uses_signals(tree: ast.AST) -> bool:
    """Whether a file imports Django's signals or those of a package built on them."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        for name in names:
            if name.endswith(".signals") or name.startswith("django.dispatch"):
                return True
    return False


def test_nothing_below_the_edge_asks_the_clock() -> None:
    found = [
        f"{shown(path)}:{line}"
        for path in modules()
        if not shown(path).startswith(CLOCK_AT)
        for line in asks_the_clock(tree_of(path))
    ]
    assert found == []


def test_no_signals_but_the_named_exemptions() -> None:
    found = {shown(path) for path in modules() if uses_signals(tree_of(path))}
    assert found <= set(SIGNALS_AT)
    assert "wardroom/access/apps.py" in found


def test_these_rules_can_fail() -> None:
    assert asks_the_clock(ast.parse("x = timezone.now()")) == [1]
    assert asks_the_clock(ast.parse("x = date.today()")) == [1]
    assert asks_the_clock(ast.parse("x = localdate()")) == [1]
    assert asks_the_clock(ast.parse("x = localdate(stamp.at)")) == []
    assert uses_signals(ast.parse("from django.db.models.signals import post_save"))
    assert uses_signals(ast.parse("from django.dispatch import receiver"))
    assert uses_signals(ast.parse("from django.db.models import signals"))
    assert not uses_signals(ast.parse("from wardroom.ledger.actions import record"))
