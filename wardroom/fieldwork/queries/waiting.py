"""What a walk could pass: the open matters of a ward, and why each is worth a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from wardroom.access.actor import Actor
from wardroom.city.models import Place
from wardroom.city.rules import METRES_PER_DEGREE, metres_between
from wardroom.fieldwork import rules
from wardroom.kernel.addresses import block_of
from wardroom.matters.models import Ask, Matter
from wardroom.matters.policy import reach_inside
from wardroom.matters.rules.steps import LOOK

KINDS = ("persistent_location", "issue")
MOST, SOON = 1_500, timedelta(days=7)
NEAR = 400.0
# Whole rows of more than a thousand matters and their places would take as long as all else.
COLUMNS = (
    "pk",
    "kind",
    "title",
    "next_on",
    "next_step",
    "place__label",
    "place__latitude",
    "place__longitude",
    "is_done",
)


@dataclass(frozen=True)
class Waits:
    """One open matter with a point, and why a walk should pass it."""

    matter_id: int
    kind: str
    reason: str
    title: str
    label: str
    latitude: float
    longitude: float
    next_on: date | None

    @property
    def point(self) -> tuple[float, float]:
        return self.latitude, self.longitude


def waiting_in(ward: str, actor: Actor, *, on: date) -> tuple[Waits, ...]:
    """The open matters of a ward within reach, the soonest next date first.

    Restricted ones are left out: what is on a walk goes to a phone.
    """
    done = Ask.objects.filter(
        matter=OuterRef("pk"), kind="referral", state="done", settled_at__isnull=True
    )
    rows = Matter.objects.within(reach_inside(actor)).filter(
        kind__in=KINDS,
        state="open",
        ward_code=ward,
        restricted=False,
        place__latitude__isnull=False,
    )
    shown = rows.annotate(is_done=Exists(done)).order_by("next_on", "pk")
    return tuple(
        Waits(
            matter_id=number,
            kind=kind,
            reason=_reason(kind, next_on, done=is_done or next_step == LOOK, on=on),
            title=title,
            label=label,
            latitude=latitude,
            longitude=longitude,
            next_on=next_on,
        )
        for number, kind, title, next_on, next_step, label, latitude, longitude, is_done in (
            shown.values_list(*COLUMNS)[:MOST]
        )
    )


def _reason(kind: str, next_on: date | None, *, done: bool, on: date) -> str:
    if done:
        return rules.DONE
    due = next_on is not None and next_on <= on + SOON
    return rules.RECHECK if kind == "persistent_location" and due else rules.OPEN


def beside(point: tuple[float, float]) -> tuple[str, float, str] | None:
    """The known place next to a point: its block, how far from it the point lies, and where."""
    latitude, longitude = point
    half = NEAR / METRES_PER_DEGREE
    rows = Place.objects.filter(
        latitude__range=(latitude - half, latitude + half),
        longitude__range=(longitude - 1.3 * half, longitude + 1.3 * half),
    )
    points = rows.order_by("pk").values_list("pk", "label", "latitude", "longitude")[:2_000]
    near = sorted(
        (metres_between(latitude, longitude, lat, lon), pk, label, lat, lon)
        for pk, label, lat, lon in points
        if lat is not None and lon is not None
    )
    if not near:
        return None
    metres, _, label, lat, lon = near[0]
    return block_of(label), metres, rules.way_from((lat, lon), point)
