"""The description says what the API does: another program reads it and believes it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from pydantic import TypeAdapter

from wardroom.api.v1.urls import api, urlpatterns

SCHEMA: Any = api.get_openapi_schema()
CALLS = [
    (method, path, call)
    for path, methods in SCHEMA["paths"].items()
    for method, call in methods.items()
]


def test_every_address_is_described() -> None:
    served = {str(one.pattern) for one in urlpatterns} - {"openapi.json", "^.+$"}
    assert len(served) == len(SCHEMA["paths"])


@pytest.mark.parametrize(("method", "path", "call"), CALLS, ids=lambda v: v if v else "")
def test_every_call_says_what_it_needs_and_gives(
    method: str, path: str, call: dict[str, Any]
) -> None:
    assert call["security"] == [{"KeyAuth": []}]
    assert call["summary"]
    assert call["description"].endswith(".")
    statuses = {int(status) for status in call["responses"]}
    assert {401, 403, 404, 422, 429} <= statuses
    for status, answer in call["responses"].items():
        kind = "application/problem+json" if int(status) >= 400 else "application/json"
        assert list(answer["content"]) == [kind]


def test_no_two_things_are_described_under_one_name() -> None:
    """The framework lets a second thing of the same name take the place of the first."""
    known: dict[str, set[str]] = defaultdict(set)
    for view in (operation for _, router in api._routers for operation in _operations(router)):
        for model in view.response_models.values():
            made = TypeAdapter(model).json_schema(mode="serialization")
            for name, definition in made.get("$defs", {}).items():
                known[name].add(str(definition))
    assert len(known) > 30
    assert {name for name, kinds in known.items() if len(kinds) > 1} == set()


def _operations(router: Any) -> list[Any]:
    return [op for view in router.path_operations.values() for op in view.operations]
