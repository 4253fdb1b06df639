"""What a ward's weekly report is told from, gathered once and ready to be frozen.

Asks, matters, checks and decisions are gathered as they stood at `as_of`, the earlier of the
week's end and the moment of drafting: what happened later changes nothing. What comes out is
plain values; `wardroom.reporting.rules.telling` makes every number and sentence of them.
"""

from __future__ import annotations

from wardroom.reporting.queries.gathering.week import as_of_for, gathered, sources_of

__all__ = ["as_of_for", "gathered", "sources_of"]
