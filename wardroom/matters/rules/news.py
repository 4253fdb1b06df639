"""What the office made public: one shape for a text, a plan, a look, an event or a promise.

Whoever owns such a thing says what of it is public; whoever sends or publishes it asks them
all. No field here holds words that were not written for the public.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

TEXT, PLAN, CHECK, EVENT, PROMISE, KEPT = "text", "plan", "check", "event", "promise", "kept"
NEWS_KINDS = (TEXT, PLAN, CHECK, EVENT, PROMISE, KEPT)


@dataclass(frozen=True, kw_only=True)
class PublicNews:
    """One thing that became public.

    ``key`` names it for ever, such as text/12. ``at`` is when it became public, ``local`` when
    it is or was, on the city's clock. ``label`` is its place by block, ``districts`` the
    numbers of the districts it lies in, in every version of the boundaries.
    """

    kind: str
    key: str
    at: datetime
    local: datetime
    text: str = ""
    label: str = ""
    ward_code: str = ""
    districts: frozenset[int] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    topics: frozenset[str] = frozenset()
    agencies: tuple[str, ...] = ()
    finding: str = ""
    who: str = ""
    due_on: date | None = None
    where: str = ""
