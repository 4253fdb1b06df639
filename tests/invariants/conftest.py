"""The office at work, for rules that hold of all of it."""

from __future__ import annotations

from tests.casework.conftest import office
from tests.web.conftest import (
    agencies,
    director,
    fixed_noon,
    fresh_cache,
    ground,
    lent,
    liaison5,
    liaison7,
    partner_ddot,
    partner_dpw,
    records_officer,
    sign_in,
    standing,
    trouble,
    world,
)

__all__ = [
    "agencies",
    "director",
    "fixed_noon",
    "fresh_cache",
    "ground",
    "lent",
    "liaison5",
    "liaison7",
    "office",
    "partner_ddot",
    "partner_dpw",
    "records_officer",
    "sign_in",
    "standing",
    "trouble",
    "world",
]
