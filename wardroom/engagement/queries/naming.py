"""How the area of a subscription is called in a language."""

from __future__ import annotations

from wardroom.engagement.models import Subscription
from wardroom.engagement.rules.subscriptions import area_words
from wardroom.engagement.rules.tongues import Tongue


def words_of(tongue: Tongue, row: Subscription) -> str:
    """The area of a subscription as this language names it."""
    return area_words(
        tongue,
        area=row.area,
        kind=row.kind,
        code=row.district.code if row.district else "",
        where=row.where,
        metres=row.metres,
    )
