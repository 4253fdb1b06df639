"""A commission by the code of its area, and who sits in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from wardroom.directory import rules
from wardroom.directory.models import Party, Tenure


def get_commission(code: str) -> Party | None:
    """The advisory commission of this code, such as 5B; none where the directory has none."""
    rows = Party.objects.filter(organisation_kind=rules.ANC, area_code__iexact=code)
    found: Party | None = rows.first()
    return found


def commissioners_of(commission_id: int, *, on: date) -> Mapping[str, str]:
    """Who stands for each single-member district on a day; a vacant one is not among them."""
    rows = Tenure.objects.filter(
        Q(until_on=None) | Q(until_on__gt=on),
        seat__organisation=commission_id,
        seat__title=rules.COMMISSIONER,
        since_on__lte=on,
    ).exclude(seat__smd_code="")
    held = rows.select_related("seat", "party").order_by("since_on", "pk")
    return {tenure.seat.smd_code: tenure.holder_name for tenure in held}
