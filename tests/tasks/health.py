"""The largest files, functions and templates: past the guide, ask what the thing is hiding."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 10
PAST = {"files": 400, "functions": 50, "templates": 150}


def sizes() -> dict[str, list[tuple[int, str]]]:
    """Lines of every file, function and template of ours, the largest first."""
    found: dict[str, list[tuple[int, str]]] = {"files": [], "functions": [], "templates": []}
    folders = ("wardroom", "bench", "starting")
    ours = [path for folder in folders for path in ROOT.glob(f"{folder}/**/*.py")]
    for path in sorted([*ours, ROOT / "run.py"]):
        if "migrations" in path.parts:
            continue
        source = path.read_text()
        name = str(path.relative_to(ROOT))
        found["files"].append((source.count("\n"), name))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                found["functions"].append((lines, f"{name}:{node.lineno} {node.name}"))
    for path in ROOT.glob("wardroom/**/*.html"):
        lines = path.read_text().count("\n")
        found["templates"].append((lines, str(path.relative_to(ROOT))))
    return {kind: sorted(rows, reverse=True) for kind, rows in found.items()}


def main() -> int:
    """Print them."""
    for kind, rows in sizes().items():
        past = sum(lines > PAST[kind] for lines, _ in rows)
        print(f"\n{len(rows):,} {kind}; {past} past {PAST[kind]} lines; the largest:")
        for lines, name in rows[:SHOWN]:
            print(f"  {lines:5}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
