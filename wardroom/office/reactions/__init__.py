"""What the office does about itself when something happened."""

from __future__ import annotations

from wardroom.office.reactions.residency import (
    count_residency,
    tell_certificate,
    tell_recheck,
    tell_residency,
)
from wardroom.office.reactions.rota import free_shifts, note_gaps, propose_rota
from wardroom.office.reactions.swaps import tell_of_swap, tell_swap_ended
from wardroom.office.reactions.terms import (
    tell_term_ends,
)
from wardroom.office.reactions.wishes import tell_of_wish

__all__ = [
    "count_residency",
    "free_shifts",
    "note_gaps",
    "propose_rota",
    "tell_certificate",
    "tell_of_swap",
    "tell_of_wish",
    "tell_recheck",
    "tell_residency",
    "tell_swap_ended",
    "tell_term_ends",
]
