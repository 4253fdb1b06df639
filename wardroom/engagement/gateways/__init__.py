"""Papers of the work with the community."""

from __future__ import annotations

from wardroom.engagement.gateways.minutes import minutes_name, typeset_minutes
from wardroom.engagement.gateways.news import (
    gather_news_with,
    places_of_others,
    show_places_with,
    told_by_others,
)
from wardroom.engagement.gateways.paper import typeset_referral, typeset_run

__all__ = [
    "gather_news_with",
    "minutes_name",
    "places_of_others",
    "show_places_with",
    "told_by_others",
    "typeset_minutes",
    "typeset_referral",
    "typeset_run",
]
