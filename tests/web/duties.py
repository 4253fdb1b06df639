"""The office on duty: a rota in force, a draft beside it, wishes, swaps and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.cast import Cast
from wardroom.calendar.models import Shift
from wardroom.office.actions import (
    RotaDraft,
    ask_swap,
    draft_rota,
    enter_wish,
    give_turn,
    publish_rota,
)
from wardroom.office.models import Rota
from wardroom.office.rules.rota import Pattern

FIRST, LATER = date(2026, 11, 30), date(2027, 2, 1)


@dataclass(frozen=True)
class Duties:
    """The numbers of what the pages of the rota name, some of them for each ward."""

    rota: int = 0
    draft: int = 0
    turn: int = 0
    people: Mapping[str, int] = field(default_factory=dict)
    shifts: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)
    wishes: Mapping[str, int] = field(default_factory=dict)
    swaps: Mapping[str, int] = field(default_factory=dict)


def on_duty(director: Cast, liaisons: Mapping[str, Cast]) -> Duties:
    """Two weeks of evenings in each ward: the first is swapped, the second stands."""
    wards = tuple(liaisons)
    weeks = RotaDraft("December", FIRST, 3, Pattern(backup=False, wards=wards))
    rota = draft_rota(None, draft=weeks, stamp=director.stamp)
    for ward, who in liaisons.items():
        for turn in rota.turns.filter(ward_code=ward).order_by("on_date")[:2]:
            give_turn(turn, user_id=who.user.pk, stamp=director.stamp)
    publish_rota(rota, stamp=director.stamp)
    held = {
        ward: list(Shift.objects.filter(ward_code=ward).order_by("on_date")) for ward in liaisons
    }
    wishes = {
        ward: enter_wish(None, kind="rather_not", from_on=LATER, stamp=who.stamp).pk
        for ward, who in liaisons.items()
    }
    swaps = {ward: ask_swap(held[ward][0], stamp=who.stamp).pk for ward, who in liaisons.items()}
    draft = draft_rota(None, draft=RotaDraft("February", LATER, 1, Pattern()), stamp=director.stamp)
    return Duties(
        rota=rota.pk,
        draft=draft.pk,
        people={ward: who.user.pk for ward, who in liaisons.items()},
        turn=Rota.objects.get(pk=draft.pk).turns.order_by("pk")[0].pk,
        shifts={ward: held[ward][1].pk for ward in liaisons},
        gaps={ward: held[ward][2].pk for ward in liaisons},
        wishes=wishes,
        swaps=swaps,
    )
