"""What everybody may read of persistent locations: approved words, and bare facts beside them.

A location without an approved text is not here at all. Of its plan the public reads which
agency was asked, since when and until when, and of each step only words that were written for
the public and approved with the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.city.models import Membership
from wardroom.city.rules import block_point
from wardroom.fieldwork.models import ConditionCheck
from wardroom.kernel.addresses import block_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.plans.models import PlanStep, StepCheck
from wardroom.problems.models import PublicText, Spell
from wardroom.problems.queries.made_public import UNSAID, standing_texts
from wardroom.problems.rules.publishing import TOLD

PAGE_ROWS = 25
MOST_LOOKS = 20
DISTRICTS = ("ward", "anc", "smd")


@dataclass(frozen=True)
class Seen:
    """What somebody found who went to look."""

    on: date
    finding: str


@dataclass(frozen=True)
class NearStep:
    """A step of a public plan: who does what, since when, and until when.

    ``first_on`` is the day that the agency promised first, ``until_on`` the day that holds now,
    which is the day it was asked for where nothing was promised.
    """

    agency: str
    words: str
    state: str
    asked_on: date | None
    first_on: date | None
    until_on: date
    done_on: date | None
    seen: Seen | None


@dataclass(frozen=True)
class NearLocation:
    """A location as everybody may read it. ``left_on`` says that the office watches it only."""

    matter_id: int
    place_id: int
    label: str
    text: str
    approved_at: datetime
    codes: Mapping[str, str]
    since_on: date
    left_on: date | None
    steps: tuple[NearStep, ...]
    others: tuple[str, ...]
    looks: tuple[Seen, ...]
    point: tuple[float, float] | None

    @property
    def until_on(self) -> date | None:
        """The next day by which an agency has something to do here."""
        return min((s.until_on for s in self.steps if s.done_on is None), default=None)

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that were asked for something, each once."""
        return tuple(dict.fromkeys((*(s.agency for s in self.steps), *self.others)))


@dataclass(frozen=True)
class NearPoint:
    """A location on a public map, to its block: latitude first."""

    matter_id: int
    label: str
    text: str
    point: tuple[float, float]
    since_on: date
    left_on: date | None


@dataclass(frozen=True)
class NearPage:
    """A page of the locations of an area, by their block."""

    rows: tuple[NearLocation, ...]
    total: int
    page: int
    pages: int


def locations_near(
    _: Actor, *, on: date, district_id: int | None = None, page: int = 1
) -> NearPage:
    """The public locations of a district, or of the whole city, by their block."""
    chosen = _texts_in(district_id)
    page, pages, on_page = page_at(len(chosen), page, PAGE_ROWS)
    return NearPage(_made(chosen[on_page], on), len(chosen), page, pages)


def points_near(_: Actor, *, district_id: int | None = None) -> tuple[NearPoint, ...]:
    """Every public location of a district, or of the whole city, as points of a map."""
    chosen = _texts_in(district_id)
    spells = _spells(chosen)
    return tuple(
        NearPoint(
            matter_id=text.location.matter_id,
            label=block_of(text.location.place.label),
            text=text.text,
            point=point,
            since_on=_since(spells[text.location_id]),
            left_on=_left(spells[text.location_id]),
        )
        for text in chosen
        if (point := _point(text)) is not None
    )


def location_near(matter_id: int, _: Actor, *, on: date) -> NearLocation:
    """One public location; `NotFound` where no approved text stands."""
    texts = standing_texts(Q(location__matter=matter_id))
    if matter_id not in texts:
        raise NotFound(f"nothing public of {matter_id}")
    return _made([texts[matter_id]], on)[0]


def locations_at(place_id: int, _: Actor, *, on: date) -> tuple[NearLocation, ...]:
    """What is public of a place."""
    texts = standing_texts(Q(location__place=place_id))
    return _made(sorted(texts.values(), key=lambda t: t.pk), on)


def _texts_in(district_id: int | None) -> list[PublicText]:
    """The texts that stand in a district, or in the whole city, by the block they are about."""
    where = Q()
    if district_id is not None:
        within = Membership.objects.filter(district_id=district_id)
        where = Q(location__place__in=within.values("place_id"))
    texts = standing_texts(where).values()
    return sorted(texts, key=lambda t: (block_of(t.location.place.label), t.pk))


def _made(texts: Iterable[PublicText], on: date) -> tuple[NearLocation, ...]:
    chosen = list(texts)
    matters = [text.location.matter_id for text in chosen]
    codes = _codes([text.location.place_id for text in chosen], on)
    spells, steps, looks = _spells(chosen), _steps(matters), _looks(matters)
    seen = _step_looks(step for found in steps.values() for step in found)
    return tuple(
        _location(
            text,
            codes.get(text.location.place_id, {}),
            spells[text.location_id],
            steps.get(text.location.matter_id, ()),
            seen,
            tuple(looks.get(text.location.matter_id, ())),
        )
        for text in chosen
    )


def _location(
    text: PublicText,
    codes: Mapping[str, str],
    spells: list[Spell],
    steps: Iterable[PlanStep],
    seen: Mapping[int, Seen],
    looks: tuple[Seen, ...],
) -> NearLocation:
    words = {step["ask"]: step["words"] for step in text.steps}
    asked = [step for step in steps if step.ask.state in TOLD]
    assert text.approved_at is not None
    return NearLocation(
        matter_id=text.location.matter_id,
        place_id=text.location.place_id,
        label=block_of(text.location.place.label),
        text=text.text,
        approved_at=text.approved_at,
        codes=codes,
        since_on=_since(spells),
        left_on=_left(spells),
        steps=tuple(
            _step(step, words[step.ask_id], seen.get(step.ask_id))
            for step in asked
            if step.ask_id in words
        ),
        others=tuple(
            dict.fromkeys(step.ask.party.name for step in asked if step.ask_id not in words)
        ),
        looks=looks,
        point=_point(text),
    )


def _point(text: PublicText) -> tuple[float, float] | None:
    place = text.location.place
    return block_point(place.latitude, place.longitude)


def _since(spells: list[Spell]) -> date:
    return localdate(spells[0].entered_at)


def _left(spells: list[Spell]) -> date | None:
    left_at = spells[-1].left_at
    return localdate(left_at) if left_at else None


def _step(step: PlanStep, words: str, seen: Seen | None) -> NearStep:
    ask = step.ask
    offered = ask.counter_on if ask.state == "countered" else None
    done_on = localdate(ask.done_at) if ask.done_at else None
    return NearStep(
        agency=ask.party.name,
        words=words,
        state=ask.state,
        asked_on=localdate(ask.asked_at) if ask.asked_at else None,
        first_on=ask.first_promised_on,
        until_on=ask.promised_on or offered or ask.due_on,
        done_on=done_on,
        seen=seen if seen and done_on and seen.on >= done_on else None,
    )


def _codes(places: Iterable[int], on: date) -> dict[int, dict[str, str]]:
    """The ward, ANC and SMD of each place in the boundaries of a day."""
    rows = Membership.objects.filter(
        place__in=list(places), district__boundary_set__kind__in=DISTRICTS
    ).filter(in_force("district__boundary_set__", on))
    found: dict[int, dict[str, str]] = {}
    columns = ("place_id", "district__boundary_set__kind", "district__code")
    for place, kind, code in rows.order_by("pk").values_list(*columns):
        found.setdefault(place, {})[kind] = code
    return found


def in_force(path: str, on: date) -> Q:
    """The boundary versions that hold on a day, as a condition on rows that lead to them."""
    ends = Q(**{f"{path}valid_until": None}) | Q(**{f"{path}valid_until__gte": on})
    return Q(**{f"{path}valid_from__lte": on}) & ends


def _spells(texts: Iterable[PublicText]) -> dict[int, list[Spell]]:
    """The times that the office worked on each location, the first one first."""
    rows = Spell.objects.filter(location__in=[text.location_id for text in texts])
    found: dict[int, list[Spell]] = {}
    for row in rows.order_by("number"):
        found.setdefault(row.location_id, []).append(row)
    return found


def _steps(matters: Iterable[int]) -> dict[int, list[PlanStep]]:
    """The steps of the newest plan of each location, in their order."""
    rows = PlanStep.objects.filter(plan__matter__in=list(matters))
    found: dict[int, list[PlanStep]] = {}
    for row in rows.select_related("plan", "ask__party").order_by("-plan__version", "position"):
        held = found.setdefault(row.plan.matter_id, [])
        if not held or held[0].plan_id == row.plan_id:
            held.append(row)
    return found


def _looks(matters: Iterable[int]) -> dict[int, list[Seen]]:
    """What was seen at each location, the newest first; a look that told nothing is left out."""
    rows = ConditionCheck.objects.filter(matter__in=list(matters)).exclude(finding=UNSAID)
    found: dict[int, list[Seen]] = {}
    columns = ("matter_id", "seen_at", "finding")
    for matter, at, finding in rows.order_by("-seen_at", "-pk").values_list(*columns):
        held = found.setdefault(matter, [])
        if len(held) < MOST_LOOKS:
            held.append(Seen(localdate(at), finding))
    return found


def _step_looks(steps: Iterable[PlanStep]) -> dict[int, Seen]:
    """The newest look at each step that told something."""
    rows = StepCheck.objects.filter(ask__in=[step.ask_id for step in steps])
    rows = rows.exclude(finding=UNSAID).order_by("seen_at", "pk")
    columns = ("ask_id", "seen_at", "finding")
    return {ask: Seen(localdate(at), found) for ask, at, found in rows.values_list(*columns)}
