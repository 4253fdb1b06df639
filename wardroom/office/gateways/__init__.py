"""The office's papers and spreadsheet files, who may hold which role, and what is handed on."""

from __future__ import annotations

from wardroom.office.gateways.holding import check_terms
from wardroom.office.gateways.leaving import SHIFT_GATHERER, free_shifts_of_leavers

__all__ = ["SHIFT_GATHERER", "check_terms", "free_shifts_of_leavers"]
