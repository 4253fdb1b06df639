"""Walks for tests: a ward with something to look at, a walk past it, and a phone."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from PIL import Image

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE, NEXT, AskMaker, Ground
from wardroom.access.actor import Stamp, Window
from wardroom.city.actions import note_place
from wardroom.fieldwork.actions import (
    draw_walk,
    note_clash,
    take_line,
    take_photo,
    take_walk,
)
from wardroom.fieldwork.gateways.routing import WalkWanted, draft_of, propose_walk
from wardroom.fieldwork.models import Walk, WalkLine, WalkStop
from wardroom.fieldwork.queries.passes import open_pass, pass_of
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.matters.actions import accept_ask, open_matter, report_done
from wardroom.matters.models import Matter

NAMES = UUID("5d3cf9a1-5ab3-4a2e-9f5d-0f6b3f0f6f11")
TODAY = NOON.date()


def name_of(*words: object) -> str:
    """A key that stays the same for the same words."""
    return str(uuid5(NAMES, " ".join(map(str, words))))


def picture(shade: int = 120) -> bytes:
    """A small JPEG, another one for each shade."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (shade % 256, 90, 40)).save(out, "JPEG")
    return out.getvalue()


def matters_in(
    ground: Ground, who: Cast, ward: str, number: int, *, first: int = 0
) -> list[Matter]:
    """So many open issues along a street of a ward, one on each block."""
    made = []
    longitude = {"5": -77.0, "7": -76.96}[ward]
    for n in range(first, first + number):
        place = note_place(
            None,
            key=50_000 + 100 * int(ward) + n,
            label=f"{1201 + 100 * n} OAK STREET NE",
            latitude=38.915 + 0.0007 * n,
            longitude=longitude,
            stamp=HOUSE,
        )
        made.append(
            open_matter(
                place,
                kind="issue",
                title=f"Bags in block {n}",
                owner=who.party,
                next_on=NEXT,
                next_step="Decide whom to ask",
                ward=ground.wards[ward],
                stamp=who.stamp,
            )
        )
    return made


def said_done(
    matter: Matter, who: Cast, partner: Cast, ask_in: AskMaker, agency: str = "DPW"
) -> Any:
    """An ask in a matter that its agency calls done, an hour before noon."""
    ask = ask_in(matter, who, "DPW")
    before = replace(partner.stamp, at=NOON - timedelta(hours=1))
    accept_ask(ask, promised_on=DUE, stamp=before)
    return report_done(ask, disposition="fixed", stamp=before)


def walk_of(who: Cast, *, ward: str = "5", random: int = 0, title: str = "Oak Street") -> Walk:
    """A walk as the house proposes it, written down by this person."""
    wanted = WalkWanted(ward, TODAY, random=random)
    proposal = propose_walk(wanted, who.actor)
    refs = [each.ref for each in proposal.offered if each.proposed]
    return draw_walk(draft_of(proposal, refs, title=title), stamp=who.stamp)


def stops_of_walk(walk: Walk) -> list[WalkStop]:
    """Its stops in their order."""
    return list(WalkStop.objects.filter(walk=walk).order_by("position"))


@dataclass
class Phone:
    """A phone on a walk: it writes lines and hands them in, and can do so out of turn."""

    walk: Walk
    who: Cast
    token: str
    name: str = "a"
    ahead: timedelta = timedelta()
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def stamp(self) -> Stamp:
        """Nobody is signed in where a phone hands in: the pass says on whose word it does."""
        try:
            actor = open_pass(self.walk.pk, self.token, at=NOON).actor
        except Refused:
            actor = self.who.actor
        return Stamp(actor=actor, at=NOON, window=Window.WEB)

    def write(self, stop: WalkStop, finding: str = "fixed", **words: Any) -> dict[str, Any]:
        """A finding at a stop, kept on the phone."""
        minutes = len(self.lines)
        rating = words.pop("rating", {"fixed": 1, "partly": 2, "not_fixed": 3}.get(finding))
        seen = NOON - timedelta(minutes=30 - minutes) + self.ahead
        said = {
            "kind": "finding", "stop": stop.pk, "finding": finding, "rating": rating, "note": "",
            "photos": [], "seen_at": seen.isoformat(), **words,
        }  # fmt: skip
        return self.keep(said)

    def trouble(self, stop: WalkStop, topic: str = "dumping", **words: Any) -> dict[str, Any]:
        """New trouble near a stop, kept on the phone."""
        return self.write(stop, "", kind="trouble", topic=topic, **{"rating": 3, **words})

    def keep(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Anything as a line, in its turn."""
        body = json.dumps(said)
        number = len(self.lines) + 1
        line = {
            "key": name_of(self.name, self.walk.pk, number),
            "series": name_of("series", self.name),
            "number": number,
            "sha256": hashlib.sha256(body.encode()).hexdigest(),
            "body": body,
        }
        self.lines.append(line)
        return line

    def send(self, line: Mapping[str, Any], *, at: datetime = NOON) -> str:
        """Hand one line in as the site does; what the site says to it."""
        stamp = replace(self.stamp, at=at)
        try:
            made = take_line(
                self.walk, token=self.token, **line, sent_at=at + self.ahead, stamp=stamp
            )
        except Refused as no:
            if no.code == "clash":
                self._tell_clash(line, stamp)
            return no.code
        return made.state

    def _tell_clash(self, line: Mapping[str, Any], stamp: Stamp) -> None:
        with suppress(Refused):
            note_clash(
                self.walk, token=self.token, what="line", key=line["key"],
                sha256=line["sha256"], body=line["body"], stamp=stamp,
            )  # fmt: skip

    def photograph(
        self, name: str, content: bytes | None = None, *, place_stays: bool = False
    ) -> str:
        """Hand a photograph in; its key, whatever the site says."""
        key = name_of("photo", self.name, name)
        self.send_photo(key, content or picture(len(name)), place_stays=place_stays)
        return key

    def send_photo(self, key: str, content: bytes, *, place_stays: bool = False) -> str:
        """Hand bytes in under a key; what the site says to it."""
        digest = hashlib.sha256(content).hexdigest()
        try:
            take_photo(
                self.walk, token=self.token, key=key, sha256=digest, content=content,
                place_stays=place_stays, stamp=self.stamp,
            )  # fmt: skip
        except Refused as no:
            return no.code
        return "taken"


def phone_of(walk: Walk, who: Cast, *, name: str = "a", ahead: timedelta = timedelta()) -> Phone:
    """The phone of somebody who takes a walk along."""
    take_walk(walk, stamp=who.stamp)
    held = pass_of(walk, who.actor, at=NOON)
    assert held is not None
    return Phone(walk, who, held[0], name, ahead)


def follow_up() -> None:
    """What follows from the lines of the ledger, as the worker does it."""
    for pk in Receipt.objects.filter(state="due").order_by("pk").values_list("pk", flat=True):
        deliver_receipt(pk, stamp=HOUSE)


def what_came(walk: Walk, stops: Sequence[WalkStop]) -> list[tuple[object, ...]]:
    """All that came of a walk, whenever and however often it came in."""
    rows = WalkLine.objects.filter(walk=walk).order_by("series", "number")
    return [
        (
            str(line.key), line.number, line.sha256, line.state, line.remark, line.finding,
            line.check_made_id is not None, line.matter_id is not None,
            sorted(str(key) for key in line.photos.values_list("key", flat=True)),
            line.photos.count(),
        )
        for line in rows
    ]  # fmt: skip


def outing(who: Cast, ward: str, other: Cast) -> Walk:
    """A walk of a ward with a photograph, of whose oldest matter two people say other things."""
    walk = walk_of(who, ward=ward, random=1, title=f"Walk of Ward {ward}")
    stop = min(walk.stops.filter(matter__isnull=False), key=lambda stop: stop.matter_id)
    phones = [phone_of(walk, each, name=f"{ward}{n}") for n, each in enumerate((who, other))]
    shown = phones[0].photograph("first")
    phones[0].send(phones[0].write(stop, "not_fixed", photos=[shown]))
    phones[1].send(phones[1].write(stop, "fixed"))
    return walk
