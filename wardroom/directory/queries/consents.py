"""What was said of each contact point, for each purpose: the newest holds, the rest is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from wardroom.access.models import holds_any
from wardroom.directory import rules
from wardroom.directory.models import Consent, ContactPoint


@dataclass(frozen=True)
class ConsentRow:
    """What was said of one purpose, when, how and to whom."""

    purpose: str
    label: str
    state: str
    at: datetime | None = None
    how: str = ""
    by: str = ""

    @property
    def words(self) -> str:
        """The state in a word."""
        return rules.SAID[self.state]


def consents_of(
    point_ids: Iterable[int],
) -> Mapping[int, tuple[tuple[ConsentRow, ...], tuple[ConsentRow, ...]]]:
    """For each contact point what holds of each purpose, and all that was said before that."""
    wanted = list(point_ids)
    said: dict[int, dict[str, list[ConsentRow]]] = {pk: {} for pk in wanted}
    for row in Consent.objects.filter(point__in=wanted).order_by("-pk"):
        made = ConsentRow(
            purpose=row.purpose,
            label=rules.PURPOSES.get(row.purpose, row.purpose),
            state=rules.state_of(row.given),
            at=row.at,
            how=row.how,
            by=row.by,
        )
        said[row.point_id].setdefault(row.purpose, []).append(made)
    return {
        pk: (
            tuple(
                by.get(code, [ConsentRow(code, label, rules.NOT_ASKED)])[0]
                for code, label in rules.PURPOSES.items()
            ),
            tuple(row for rows in by.values() for row in rows[1:]),
        )
        for pk, by in said.items()
    }


def points_allowed(party_ids: Iterable[int], *, purpose: str, channel: str) -> dict[int, str]:
    """The first number or address of each party that may be used for a purpose and works."""
    points = ContactPoint.objects.filter(
        party__in=party_ids, channel=channel, bounced_at=None, ended_at=None
    )
    rows = list(points.order_by("-pk").values_list("pk", "party_id", "value"))
    held = consents_of(pk for pk, _, _ in rows)
    return {
        party: value
        for pk, party, value in rows
        if any(c.purpose == purpose and c.state == rules.YES for c in held[pk][0])
    }


def matches_refused(matches: Iterable[str], *, purpose: str, channel: str) -> frozenset[str]:
    """Those numbers or addresses, as `match`, that somebody refused for a purpose last."""
    rows = Consent.objects.filter(holds_any("point__match", matches), point__channel=channel)
    last = rows.filter(purpose=purpose).values("point").annotate(last=Max("pk")).values("last")
    refused = Consent.objects.filter(pk__in=last, given=False)
    return frozenset(refused.values_list("point__match", flat=True))
