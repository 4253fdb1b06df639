"""The office at work, built once for a module and lent to each test as if it were its own.

Building it takes longer than most tests that look at it. It stands in a transaction of its
own, around those of the tests, each of which takes back what it changed; what it keeps in
memory and on disk is copied for each test.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client

from tests.trouble import Trouble

if TYPE_CHECKING:
    from tests.web.conftest import World


@dataclass(frozen=True)
class Standing:
    """An office at work with the people and things that tests ask for by name."""

    world: World
    parts: dict[str, Any]

    def lent(self, folder: Path) -> Standing:
        """A copy of it, whose files are in a folder of its own."""
        own = copy.deepcopy(
            Standing(replace(self.world, clients={}), {**self.parts, "trouble": None})
        )
        trouble: Trouble = self.parts["trouble"]
        shutil.copytree(trouble.folder, folder, dirs_exist_ok=True)
        clients = {name: same_browser(client) for name, client in self.world.clients.items()}
        return Standing(
            replace(own.world, clients=clients),
            {**own.parts, "trouble": Trouble(copy.deepcopy(trouble.detection), folder)},
        )


def same_browser(client: Client) -> Client:
    """Another browser that is signed in as this one is."""
    again = Client()
    again.cookies = copy.deepcopy(client.cookies)
    return again


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that tests may nest in theirs; nothing of it is kept."""
    around: Any = transaction.atomic()
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)


def writes_for_others(node: Any) -> bool:
    """Whether the tests of this module, or this test, really commit what they write."""
    mark = node.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction"))


def of_the_office(name: str) -> Callable[..., Any]:
    """A fixture that gives the office's own, where the test has the office; else a new one."""

    @pytest.fixture(name=name)
    def lent_or_new(request: pytest.FixtureRequest) -> Any:
        if "lent" in request.fixturenames:
            return request.getfixturevalue("lent").parts[name]
        return request.getfixturevalue(name)

    return lent_or_new
