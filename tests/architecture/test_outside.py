"""What comes from outside as JSON is read in one place, which no depth of it brings down."""

from __future__ import annotations

import ast

from tests.architecture.source import modules, shown, tree_of

READER = "wardroom/kernel/outside.py"
# What we wrote ourselves, and read again.
OUR_OWN = {
    "wardroom/ledger/rules.py": "the body of a line of the ledger",
    "wardroom/reporting/rules/packing.py": "the frozen rows of a report",
    "wardroom/reporting/rules/rebuilding.py": "a report, in the next line after it was written",
    "wardroom/reporting/gateways/open_data.py": "the note beside a file of the night",
    "wardroom/fieldwork/rules/rounds.py": "the draw of a round",
    "wardroom/service_requests/gateways/snapshot.py": "the note beside a copy of the mirror",
    "wardroom/service_requests/gateways/rejects.py": "rows that were put aside",
}
NAMES = {"json.load", "json.loads", "json.JSONDecoder"}


def reads_json(tree: ast.AST) -> list[int]:
    """Lines that read JSON with Python's own reader."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "json":
            lines += [node.lineno for name in node.names if name.name in {"load", "loads"}]
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in NAMES:
            lines.append(node.lineno)
    return lines


def test_only_the_kernel_reads_json_from_outside() -> None:
    found = {shown(path) for path in modules() if reads_json(tree_of(path))}
    assert found == {READER, *OUR_OWN}


def test_this_rule_can_fail() -> None:
    assert reads_json(ast.parse("x = json.loads(text)")) == [1]
    assert reads_json(ast.parse("from json import loads")) == [1]
    assert reads_json(ast.parse("read = json.load")) == [1]
    assert reads_json(ast.parse("x = json.dumps(text)")) == []
    assert reads_json(ast.parse("x = read_json(text)")) == []
