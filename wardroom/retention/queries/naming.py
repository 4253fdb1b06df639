"""The sorts of records that a legal hold can name one by one, and whether one is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardroom.hiring.models import Posting
from wardroom.matters.models import Matter
from wardroom.office.models import ResidencyClock, Term, Training
from wardroom.records.models import RecordsRequest
from wardroom.records.rules import NOUN

_NAMED: Mapping[str, Any] = {
    "matter": Matter,
    NOUN: RecordsRequest,
    "hiring": Posting,
    "training": Training,
    "term": Term,
    "residency": ResidencyClock,
}


def is_there(unit: str) -> bool:
    """Whether there is a record of this name, as noun:key."""
    noun, _, key = unit.partition(":")
    model = _NAMED.get(noun)
    return model is not None and key.isdigit() and model._base_manager.filter(pk=int(key)).exists()
