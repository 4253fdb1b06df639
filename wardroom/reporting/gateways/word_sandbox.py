"""What a Word template may do when it is filled: read the values of the report, and no more."""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

COUNTED = frozenset({"index", "index0", "first", "last", "length"})
CALLED = frozenset({"items", "keys", "values", "get"})
FILTERS = (
    *("capitalize", "default", "d", "escape", "e", "first", "join", "last", "length", "count"),
    *("list", "lower", "replace", "round", "title", "trim", "upper", "batch", "sort"),
)


class Sandbox(SandboxedEnvironment):
    """Reads values, loops over lists, and calls nothing that could grow or reach outside."""

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, **options)
        self.globals.clear()
        self.intercepted_binops = frozenset({"*", "**", "%"})
        self.filters = {name: self.filters[name] for name in FILTERS}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """The ways to read a table of names; nothing else that a value could be told to do."""
        if isinstance(obj, LoopContext):
            return attr in COUNTED
        return isinstance(obj, dict) and attr in CALLED

    def is_safe_callable(self, obj: Any) -> bool:
        """What reads a table of names; no macro, which could call itself for ever."""
        return isinstance(getattr(obj, "__self__", None), dict)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers and words are shown and not reckoned with."""
        raise SecurityError(f"a template may not reckon with {operator}")


class StrictSandbox(Sandbox):
    """The same, and a name that is not there is an error."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined)
