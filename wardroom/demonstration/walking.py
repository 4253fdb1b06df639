"""The demonstration's walks: one that is over, with photographs, and one for tomorrow."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import numpy as np
from django.utils.timezone import localdate, localtime
from PIL import Image, ImageDraw

from wardroom.access.actor import Stamp
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.fieldwork.actions import (
    draw_walk,
    end_walk,
    settle_stop,
    take_line,
    take_photo,
    take_walk,
)
from wardroom.fieldwork.gateways.routing import WalkWanted, draft_of, propose_walk
from wardroom.fieldwork.models import Walk, WalkLine, WalkStop
from wardroom.fieldwork.queries.passes import pass_of

LIAISON, DIRECTOR = "liaison5@wardroom.example", "director@wardroom.example"
NAMES = UUID("0c7bd6a2-45fb-4f31-a0f3-8c1ea0d0c0de")
WARD, STOPS = "5", 12
PAST, TOMORROW = "What was called done, Ward 5", "Alleys and random stops, Ward 5"
SEEN: tuple[tuple[str, int | None, str], ...] = (
    ("not_fixed", 3, "The pile is as it was"),
    ("fixed", 1, ""),
    ("partly", 2, "The bags are gone, the boards are not"),
    ("fixed", 1, ""),
    ("cannot_determine", None, "Behind a locked gate"),
    ("not_fixed", 2, ""),
)
CAME = """
Department of Public Works, area manager
Advisory Neighborhood Commission, two members
6 neighbors
"""
SIZE, GROUND, SKY, WHITE = (960, 720), (112, 108, 102), (171, 196, 214), (210, 205, 196)


def show_walks(plan: Plan) -> int:
    """Draw two walks of a ward and walk one of them; how many there are."""
    if not Walk.objects.exists():
        _walked(plan)
        _draw(LIAISON, plan.now, plan.now + timedelta(days=1), TOMORROW)
    return Walk.objects.count()


def _draw(who: str, at: datetime, on: datetime, title: str) -> Walk:
    stamp = stamp_of(who, at)
    wanted = WalkWanted(WARD, localdate(on), stops=STOPS, random=3)
    proposal = propose_walk(wanted, stamp.actor)
    refs = [each.ref for each in proposal.offered if each.proposed]
    hour = localtime(on).replace(hour=10, minute=0, second=0, microsecond=0)
    draft = draft_of(proposal, refs, title=title, starts_at=hour)
    return draw_walk(draft, stamp=stamp)


def _walked(plan: Plan) -> None:
    at = plan.now - timedelta(days=4)
    walk = _draw(LIAISON, at - timedelta(days=1), at, PAST)
    stops = list(WalkStop.objects.filter(walk=walk).order_by("position"))
    liaison, director = (_Phone(walk, who, at) for who in (LIAISON, DIRECTOR))
    for n, stop in enumerate(stops):
        finding, rating, note = SEEN[n % len(SEEN)]
        if stop.matter_id is None:
            finding, rating, note = "fixed", 1, ""
        liaison.write(stop, finding, rating, note, photos=1 + (n % 3 == 0))
    liaison.trouble(stops[1], "dumping", "Two mattresses at the fence")
    first = next(stop for stop in stops if stop.matter_id is not None)
    found = WalkLine.objects.get(stop=first, kind="finding").finding
    other = "partly" if found == "fixed" else "fixed"
    director.write(first, other, 2 if other == "partly" else 1, "Seen from the far side")
    at += timedelta(hours=2)
    line = WalkLine.objects.get(stop=first, finding=found)
    stop = WalkStop.objects.select_related("walk").get(pk=first.pk)
    settle_stop(
        stop, line=line, reason="I went back and saw the far side", stamp=stamp_of(LIAISON, at)
    )
    end_walk(walk, who_came=CAME, stamp=stamp_of(LIAISON, at))


class _Phone:
    """Somebody's phone on a walk."""

    def __init__(self, walk: Walk, who: str, at: datetime) -> None:
        self.walk, self.who, self.at = walk, who, at
        self.number = 0
        take_walk(walk, stamp=self.stamp)
        held = pass_of(walk, self.stamp.actor, at=at)
        assert held is not None
        self.token = held[0]

    @property
    def stamp(self) -> Stamp:
        return stamp_of(self.who, self.at)

    def write(
        self, stop: WalkStop, finding: str, rating: int | None, note: str, photos: int = 0
    ) -> None:
        """A finding, with its photographs before it."""
        self.at += timedelta(minutes=3)
        keys = [self._shoot(stop, n, trouble=finding != "fixed") for n in range(photos)]
        self._hand_in(stop, keys, kind="finding", finding=finding, rating=rating, note=note)

    def trouble(self, stop: WalkStop, topic: str, note: str) -> None:
        """New trouble near a stop."""
        self.at += timedelta(minutes=1)
        keys = [self._shoot(stop, 9, trouble=True)]
        self._hand_in(stop, keys, kind="trouble", finding="", topic=topic, rating=3, note=note)

    def _hand_in(self, stop: WalkStop, keys: Sequence[str], **said: object) -> None:
        self.number += 1
        seen = self.at.isoformat()
        body = json.dumps({"stop": stop.pk, "photos": list(keys), "seen_at": seen, **said})
        take_line(
            self.walk,
            token=self.token,
            key=str(uuid5(NAMES, f"{self.who} {self.walk.pk} {self.number}")),
            series=str(uuid5(NAMES, f"{self.who} {self.walk.pk}")),
            number=self.number,
            sha256=hashlib.sha256(body.encode()).hexdigest(),
            body=body,
            sent_at=self.at,
            stamp=self.stamp,
        )

    def _shoot(self, stop: WalkStop, number: int, *, trouble: bool) -> str:
        content = street_scene(1000 * stop.position + number, trouble=trouble)
        key = str(uuid5(NAMES, f"photo {self.walk.pk} {stop.position} {number} {self.who}"))
        digest = hashlib.sha256(content).hexdigest()
        take_photo(
            self.walk, token=self.token, key=key, sha256=digest, content=content, stamp=self.stamp
        )
        return key


def street_scene(seed: int, *, trouble: bool) -> bytes:
    """A drawn street, the same for the same seed, with a pile of bags where there is trouble."""
    rng = np.random.default_rng(seed)
    width, height = SIZE
    picture = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(picture)
    wall = (int(rng.integers(110, 170)), int(rng.integers(70, 110)), int(rng.integers(60, 90)))
    draw.rectangle((0, 190, width, 500), fill=wall)
    for left in range(60, width - 100, 190):
        draw.rectangle(
            (left, 250, left + 90, 390), fill=(58, 66, 78), outline=(210, 205, 196), width=6
        )
    draw.rectangle((0, 500, width, height), fill=GROUND)
    for left in range(0, width, 160):
        draw.line((left, 500, left - 90, height), fill=(96, 92, 88), width=3)
    for _ in range(int(rng.integers(5, 10)) if trouble else 0):
        x, y, size = (
            int(rng.integers(240, 660)),
            int(rng.integers(500, 590)),
            int(rng.integers(60, 120)),
        )
        shade = int(rng.integers(20, 70))
        draw.ellipse((x, y - size // 2, x + size, y + size // 2), fill=(shade, shade, shade + 8))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
