"""A commission by the code of its area."""

from __future__ import annotations

from wardroom.directory import rules
from wardroom.directory.models import Party


def get_commission(code: str) -> Party | None:
    """The advisory commission of this code, such as 5B; none where the directory has none."""
    rows = Party.objects.filter(organisation_kind=rules.ANC, area_code__iexact=code)
    found: Party | None = rows.first()
    return found
