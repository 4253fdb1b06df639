"""Imports go down the storeys, and each contract is seen to fail when it is broken."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import grimp
import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

from tests.architecture.source import ROOT

CONTRACTS = ["storeys", "pure", "windows", "asking"]
CLASSES = {"layers": LayersContract, "forbidden": ForbiddenContract}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("wardroom", include_external_packages=True, cache_dir=None)


@pytest.fixture(scope="module")
def options() -> Any:
    configure()
    return use_cases.read_user_options(config_filename=str(ROOT / "pyproject.toml"))


def kept(graph: grimp.ImportGraph, options: Any, contract_id: str) -> bool:
    """Whether a contract of pyproject.toml holds on a graph of imports."""
    chosen = next(c for c in options.contracts_options if c["id"] == contract_id)
    contract = CLASSES[chosen["type"]](
        name=chosen["name"], session_options=options.session_options, contract_options=chosen
    )
    return bool(contract.check(deepcopy(graph), verbose=False).kept)


@pytest.mark.parametrize("contract_id", CONTRACTS)
def test_contract_holds(graph: grimp.ImportGraph, options: Any, contract_id: str) -> None:
    assert kept(graph, options, contract_id)


def test_no_contract_is_left_out(options: Any) -> None:
    assert [c["id"] for c in options.contracts_options] == CONTRACTS


@pytest.mark.parametrize(
    ("contract_id", "importer", "imported"),
    [
        ("storeys", "wardroom.matters.rules", "wardroom.plans.rules"),
        ("storeys", "wardroom.kernel.text", "wardroom.access.actor"),
        ("storeys", "wardroom.plans.actions", "wardroom.fieldwork.queries"),
        ("storeys", "wardroom.ledger.queries", "wardroom.web.edge"),
        ("pure", "wardroom.matters.rules", "django"),
        ("pure", "wardroom.kernel.text", "django"),
        ("pure", "wardroom.plans.policy", "wardroom.plans.models"),
        ("pure", "wardroom.fieldwork.facts", "wardroom.fieldwork.queries"),
        ("windows", "wardroom.web.urls", "wardroom.matters.models"),
        ("windows", "wardroom.jobs.cli", "wardroom.access.models"),
        ("windows", "wardroom.api.feeds.urls", "wardroom.ledger.models"),
        ("asking", "wardroom.casework.queries.known", "wardroom.casework.actions.intake"),
        ("asking", "wardroom.fieldwork.queries", "wardroom.matters.actions"),
    ],
)
def test_breach_is_seen(
    graph: grimp.ImportGraph, options: Any, contract_id: str, importer: str, imported: str
) -> None:
    assert {importer, imported} <= graph.modules
    seeded = deepcopy(graph)
    seeded.add_import(importer=importer, imported=imported, line_number=1, line_contents="seed")
    assert not kept(seeded, options, contract_id)


def test_new_package_without_a_storey_is_seen(graph: grimp.ImportGraph, options: Any) -> None:
    seeded = deepcopy(graph)
    seeded.add_module("wardroom.newcomer")
    assert not kept(seeded, options, "storeys")
