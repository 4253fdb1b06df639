"""One walk, or one part of it, to act on."""

from __future__ import annotations

from wardroom.access.actor import Actor
from wardroom.fieldwork import policy
from wardroom.fieldwork.models import Walk, WalkLine, WalkPhoto, WalkStop
from wardroom.kernel.errors import NotFound


def get_walk(walk_id: int, actor: Actor) -> Walk:
    """One walk, to act on it; `NotFound` where it is out of reach."""
    walk: Walk | None = Walk.objects.within(policy.reach_of_walks(actor)).filter(pk=walk_id).first()
    if walk is None:
        raise NotFound(f"no walk {walk_id}")
    return walk


def get_walk_of_pass(walk_id: int) -> Walk:
    """One walk, for whoever hands its pass in with what they send; the action asks for the pass."""
    walk: Walk | None = Walk.objects.filter(pk=walk_id).first()
    if walk is None:
        raise NotFound(f"no walk {walk_id}")
    return walk


def get_walk_stop(walk_id: int, stop_id: int, actor: Actor) -> WalkStop:
    """One stop, to act on it; `NotFound` where it is out of reach."""
    rows = WalkStop.objects.within(policy.reach_of_walk_stops(actor)).select_related("walk")
    stop: WalkStop | None = rows.filter(pk=stop_id, walk_id=walk_id).first()
    if stop is None:
        raise NotFound(f"no stop {stop_id}")
    return stop


def get_walk_line(line_id: int, actor: Actor | None = None) -> WalkLine:
    """One line, to act on it; without an actor for the house, which follows it up."""
    rows = WalkLine.objects.select_related("walk", "stop__matter__place", "observer__user")
    if actor is not None:
        rows = rows.within(policy.reach_of_walk_lines(actor))
    line: WalkLine | None = rows.filter(pk=line_id).first()
    if line is None:
        raise NotFound(f"no line {line_id}")
    return line


def get_walk_photo(walk_id: int, photo_id: int, actor: Actor) -> WalkPhoto:
    """One photograph, to act on it; `NotFound` where it or its stop is out of reach."""
    lines = WalkLine.objects.within(policy.reach_of_walk_lines(actor)).values("pk")
    rows = WalkPhoto.objects.filter(pk=photo_id, walk_id=walk_id, line__in=lines)
    photo: WalkPhoto | None = rows.select_related("walk", "line__stop").first()
    if photo is None:
        raise NotFound(f"no photograph {photo_id}")
    return photo
