"""The source tree as the rules about the code see it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import wardroom

PACKAGE = Path(wardroom.__file__).resolve().parent
ROOT = PACKAGE.parent
NOT_DOMAIN = frozenset(
    {"access", "analysis", "api", "config", "demonstration", "jobs", "kernel", "web"}
)


def modules() -> Iterator[Path]:
    """Every Python file of the house, migrations aside."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def domain_apps() -> list[Path]:
    """The folders of the apps that keep to the rooms."""
    return [
        path
        for path in sorted(PACKAGE.iterdir())
        if (path / "__init__.py").exists() and path.name not in NOT_DOMAIN
    ]


def tree_of(path: Path) -> ast.Module:
    """The parsed file."""
    return parsed(path.read_text(encoding="utf-8"))


@cache
def parsed(text: str) -> ast.Module:
    """A text, parsed once wherever it stands: the copies that rules are tried on are the same."""
    return ast.parse(text)


def shown(path: Path) -> str:
    """A path as messages show it."""
    return str(path.relative_to(ROOT))


def functions_named(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions that stand at the top of a file."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node
