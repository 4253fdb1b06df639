"""New complaints for the benchmark, one after the other, no two alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.casework.actions import take_in
from wardroom.city.models import District, Place
from wardroom.directory.models import Party
from wardroom.ledger.models import Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.matters.actions import open_matter
from wardroom.matters.models import Matter

SAID = "Rats come out from under the fence as soon as it is dark, every night again."
TOPIC = "rodents"
Form = dict[str, str]


class Taking:
    """Everything that a complaint needs, and a place each time at which nothing was closed."""

    def __init__(self, visitor: Any, ward: str, now: datetime) -> None:
        self.visitor, self.now = visitor, now
        inside = Place.objects.filter(
            memberships__district__boundary_set__kind="ward",
            memberships__district__code=ward,
        )
        ended = Matter.objects.filter(issue__topic__code=TOPIC, state="closed")
        quiet = inside.exclude(pk__in=ended.values("place_id")).order_by("pk")
        self.places = list(quiet[:600])
        written_to = Party.objects.filter(contact_points__channel="email", user=None, agency=False)
        self.person = written_to.filter(contact_points__consent=True).order_by("pk")[0]
        self.ward = District.objects.get(boundary_set__kind="ward", code=ward)
        self.count = 0
        self.met = Party.objects.order_by("-pk")[0].pk

    @property
    def stamp(self) -> Stamp:
        """The stamp that the edge would make."""
        return Stamp(actor=self.visitor.actor, at=self.now, window=Window.WEB)

    def _place(self) -> Place:
        self.count += 1
        return self.places[self.count % len(self.places)]

    def _form(self, **words: str) -> Form:
        form = {"said": SAID, "channel": "phone", "topic_code": TOPIC, "language": "en"}
        return {**form, **words}

    def known(self) -> Form:
        """At a place and by a person that the office knows."""
        spot = f"id:{self._place().pk}"
        return self._form(spot=spot, person=str(self.person.pk), name_=self.person.name)

    def anonymous(self) -> Form:
        """By nobody."""
        return self._form(spot=f"id:{self._place().pk}", anonymous="on")

    def new(self) -> Form:
        """At a new place, by somebody new, who may be written to.

        Numbered from the newest party on: an office may be measured more than once.
        """
        near = self._place()
        n = self.met + self.count
        where = f"{(near.latitude or 0) + n % 1000 / 1e6:.6f},{near.longitude}"
        return self._form(
            spot=f"at:{where}|{n} NEW STREET",
            place_text=f"{n} NEW STREET",
            name_=f"New neighbor {n}",
            phone=f"202-{600 + n // 10_000 % 400}-{n % 10_000:04d}",
            email=f"new{n}@wardroom.example",
            consent="on",
        )

    def opened(self) -> bytes:
        """A matter opened by the action itself, without a request around it."""
        party = self.ward_liaison()
        open_matter(
            self._place(),
            kind="issue",
            title="Rats and other vermin",
            owner=party,
            next_on=self.now.date() + timedelta(days=3),
            next_step="Decide whom to ask",
            ward=self.ward,
            stamp=self.stamp,
        )
        return b"-"

    def ward_liaison(self) -> Party:
        """Whoever is signed in."""
        if not hasattr(self, "_liaison"):
            self._liaison = Party.objects.get(user_id=self.visitor.actor.user_id)
        return self._liaison

    def taken(self, form: Form) -> None:
        """The same complaint through the action alone."""
        spot = form.get("spot", "")
        place = Place.objects.get(pk=spot[3:]) if spot.startswith("id:") else None
        take_in(
            None,
            place=place,
            spot="" if place else spot.removeprefix("at:").partition("|")[0],
            place_text=form.get("place_text", ""),
            name=form.get("name_", ""),
            phone=form.get("phone", ""),
            email=form.get("email", ""),
            consent="consent" in form,
            reporter=self.person if "person" in form else None,
            said=form["said"],
            channel=form["channel"],
            topic_code=form["topic_code"],
            anonymous="anonymous" in form,
            language="en",
            interpreter=False,
            may_share=False,
            request_number="",
            ward_code="",
            onto=None,
            stamp=self.stamp,
        )

    def acknowledged(self) -> bytes:
        """The reaction that writes to whoever complained; the complaint is taken in before."""
        self.taken(self.known())
        self.acknowledge()
        return b"-"

    def acknowledge(self) -> None:
        """Deliver the receipt of the newest complaint."""
        receipt = Receipt.objects.filter(state="due").order_by("-pk")[0]
        stamp = Stamp(actor=SYSTEM, at=self.now, window=Window.WORKER)
        assert deliver_receipt(receipt.pk, stamp=stamp)
