"""Which roles somebody on other terms may not hold."""

from __future__ import annotations

from datetime import date

from wardroom.access.actor import Role
from wardroom.directory.models import Party
from wardroom.office.models import Term
from wardroom.office.rules import terms as rules


def check_terms(party: Party, role: Role, valid_from: date, valid_until: date | None) -> None:
    """A volunteer displaces nobody, and so leads neither a ward nor the office.

    Refuses: `displaces`.
    """
    terms = Term.objects.filter(party=party, over_at=None, until_on__gte=valid_from)
    if valid_until is not None:
        terms = terms.filter(since_on__lte=valid_until)
    for kind in terms.order_by("pk").values_list("kind", flat=True):
        rules.check_role(kind, role.value)
