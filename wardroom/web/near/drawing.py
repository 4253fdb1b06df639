"""What the pages of a neighborhood draw: the map of an area or a place, and what was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from wardroom.problems.queries.near import NearLocation, Seen
from wardroom.web.near.showing import Showing
from wardroom.web.ui.map import Map
from wardroom.web.ui.plots import Dot, Plot, Tick, line

ABOUT_M = 100
WORKED, WATCHED, HERE, EDGE = "worked", "watched", "here", "edge"
SMALLEST_FIRST = ("smd", "anc", "ward")
# The picture in its own units: narrow, so that its words can be read on a phone.
WIDTH, HEIGHT, LEFT, RIGHT = 360, 150, 92, 348
LEVELS = {"clean": 18.0, "partly": 46.0, "not_fixed": 74.0, "worse": 102.0}
LOOKS = {
    "clean": "plot__dot",
    "partly": "plot__dot--unusual",
    "not_fixed": "plot__dot--unusual",
    "worse": "plot__dot--outside",
}


@dataclass(frozen=True)
class Drawn:
    """A map with its key: what each kind of mark means."""

    map: Map
    key: tuple[tuple[str, str], ...]


def city_map(show: Showing) -> Drawn:
    """The wards with every public place of the city."""
    return _area(show, reverse("feed_near") + _in(show), show.tongue.city, edge="")


def area_map(show: Showing, kind: str, code: str) -> Drawn:
    """A district with its outline and the public places in it."""
    name = show.area_name(kind, code)
    return _area(show, _feed(show, kind, code), name, edge=name)


def place_map(show: Showing, found: NearLocation) -> Drawn | None:
    """A place to its block, in the smallest district around it; none where it has no point."""
    if found.point is None:
        return None
    latitude, longitude = found.point
    words, within = show.words.map, _smallest(found.codes)
    name = show.area_name(*within) if within else ""
    drawn = Map(
        outlines=reverse("feed_wards"),
        label=words.place.format(place=found.label),
        instead=words.place_instead.format(place=found.label),
        points=_feed(show, *within) if within else reverse("feed_near") + _in(show),
        point=True,
        latitude=f"{latitude:.3f}",
        longitude=f"{longitude:.3f}",
        radius_m=ABOUT_M,
        within=True,
    )
    return Drawn(_worded(drawn, show), ((HERE, words.here), *_key(show, name)))


def seen_plot(show: Showing, looks: Sequence[Seen]) -> Plot | None:
    """What was seen at a place, given the newest first; one look alone makes no picture."""
    if len(looks) < 2:
        return None
    words, days = show.words.looks, show.tongue.day
    told = tuple(reversed(looks))
    first, last = told[0].on, told[-1].on
    span = (last - first).days or 1
    at = [round(LEFT + 10 + (RIGHT - LEFT - 20) * (s.on - first).days / span, 1) for s in told]
    levels = [LEVELS[seen.finding] for seen in told]
    ends = (Tick(LEFT, days(first), "start"), Tick(RIGHT, days(last), "end"))
    return Plot(
        caption=words.title,
        summary=words.summary.format(
            n=len(told), first=days(first), last=days(last), newest=show.looked(looks[0])
        ),
        across=ends if first != last else ends[:1],
        along=tuple(Tick(LEVELS[finding], words.levels[finding]) for finding in LEVELS),
        bands=(),
        lines=(line(at, levels, "plot__line--middle"),),
        dots=tuple(
            Dot(x, y, LOOKS[seen.finding], show.looked(seen))
            for x, y, seen in zip(at, levels, told, strict=True)
        ),
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=RIGHT,
        base=HEIGHT - 30,
        small=True,
    )


def _area(show: Showing, points: str, name: str, *, edge: str) -> Drawn:
    words = show.words.map
    drawn = Map(
        outlines=reverse("feed_wards"),
        label=words.label.format(area=name),
        instead=words.instead,
        points=points,
    )
    return Drawn(_worded(drawn, show), _key(show, edge))


def _key(show: Showing, edge: str) -> tuple[tuple[str, str], ...]:
    words = show.words.map
    points = ((WORKED, words.worked), (WATCHED, words.watched))
    return (*points, (EDGE, words.edge.format(area=edge))) if edge else points


def _worded(drawn: Map, show: Showing) -> Map:
    """A map with the names of the wards and the words of its buttons in the page's language."""
    words = show.words.map
    return replace(
        drawn,
        named=show.tongue.named["ward"],
        zoom_in=words.zoom_in,
        zoom_out=words.zoom_out,
        close=words.close,
    )


def _smallest(codes: Mapping[str, str]) -> tuple[str, str] | None:
    return next(((kind, codes[kind]) for kind in SMALLEST_FIRST if kind in codes), None)


def _feed(show: Showing, kind: str, code: str) -> str:
    return reverse("feed_near_of", args=[kind, code]) + _in(show)


def _in(show: Showing) -> str:
    """The language of a feed, which stands in its address, as nothing else may choose it."""
    return f"?language={show.tongue.code}"
