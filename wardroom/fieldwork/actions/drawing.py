"""Drawing a round of spot checks by lot, and registering it before anybody looks."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.actions import PlaceDraft, note_places
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.fieldwork import facts, policy, rules
from wardroom.fieldwork.models import CheckRound, SpotCheck, Stop, Stratum
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.policy import runs


@dataclass(frozen=True)
class StratumDraft:
    """A ward and kind with the numbers of all that was closed there, rising."""

    ward_code: str
    kind_code: str
    kind_name: str
    spread: float
    checks: int
    members: tuple[int, ...]


@dataclass(frozen=True)
class StopDraft:
    """One thing that the lot chose, by its number and that of its stratum, and its turn."""

    number: int
    stratum: int
    place: PlaceDraft
    ward_code: str
    kind_code: str
    kind_name: str
    agency: str
    closed_on: date
    walk: int
    position: int


@dataclass(frozen=True)
class RoundDraft:
    """A round that was drawn and is to be registered.

    ``text`` is what the lot was drawn from. ``plan`` is how many checks a lot plan takes, how
    many of them may be not fixed, and the chances to pass of a good and of a bad lot.
    """

    wanted: rules.Wanted
    text: str
    data_as_of: datetime
    strata: tuple[StratumDraft, ...]
    stops: tuple[StopDraft, ...]
    plan: tuple[int, int, float, float] | None = None

    @property
    def ward_code(self) -> str:
        """The ward that all of it lies in, or nothing."""
        return self.wanted.ward_code

    @property
    def closed(self) -> int:
        """How many there were to draw from."""
        return sum(len(stratum.members) for stratum in self.strata)


@action(policy.may_draw_round)
def draw_round(draft: RoundDraft, *, stamp: Stamp) -> CheckRound:
    """Draw by lot what the office will look at, and write it down before anybody looks.

    The seed follows from what is drawn from, so that nobody can draw until they like it, and
    anybody can draw again and see the same. It never changes from then on.
    Refuses: no title; days to come, or more than four months; too few or too many checks; a
    plan to accept or reject without its agency; nothing that was closed; a lot that does not
    fit what it was drawn from; one that was drawn already and that nobody has begun to walk.
    Records: `RoundDrawn` in each ward.
    """
    title = rules.check_wanted(draft.wanted, today=localdate(stamp.at))
    _check_draft(draft, stamp)
    try:
        party = get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None
    _check_new(draft, party)
    wanted, plan = draft.wanted, draft.plan or (None, None, None, None)
    made = CheckRound.objects.create(
        title=title,
        source=wanted.source,
        ward_code=wanted.ward_code,
        agency=wanted.agency,
        topics=sorted(wanted.topics),
        closed_from=wanted.closed_from,
        closed_until=wanted.closed_until,
        closed=draft.closed,
        checks=len(draft.stops),
        lot=wanted.lot,
        planned_checks=plan[0],
        most_not_fixed=plan[1],
        passes_good=plan[2],
        passes_bad=plan[3],
        data_as_of=draft.data_as_of,
        seed=rules.seed_of(draft.text),
        text=draft.text,
        sha256=hashlib.sha256(draft.text.encode()).hexdigest(),
        drawn_by=party,
        drawn_at=stamp.at,
    )
    _keep_stops(made, draft, _keep_strata(made, draft), stamp)
    for ward, stops in sorted(Counter(stop.ward_code for stop in draft.stops).items()):
        fact = facts.RoundDrawn(
            round_id=made.pk,
            title=title,
            ward_code=ward,
            stops=stops,
            checks=made.checks,
            of=made.closed,
            seed=made.seed,
            sha256=made.sha256,
        )
        record(fact, stamp=stamp)
    return made


def _check_draft(draft: RoundDraft, stamp: Stamp) -> None:
    """Each stop is a member of its stratum, once, and lies where the actor may draw."""
    if not draft.closed:
        raise Refused(
            "nothing_closed",
            "Nothing of this was closed in these days. Choose other days, or more kinds.",
            field="closed_from",
        )
    members = [set(stratum.members) for stratum in draft.strata]
    drawn = [0] * len(members)
    for stop in draft.stops:
        if stop.number not in members[stop.stratum] or not stop.ward_code:
            raise Refused("lot_does_not_fit", "This draw does not fit what is listed.")
        members[stop.stratum].discard(stop.number)
        drawn[stop.stratum] += 1
        if not runs(stamp.actor, stop.ward_code):
            raise NotAllowed
    if drawn != [stratum.checks for stratum in draft.strata] or not draft.stops:
        raise Refused("lot_does_not_fit", "This draw does not fit what is listed.")


def _check_new(draft: RoundDraft, party: Party) -> None:
    """Nobody draws the same again until they like it, or by pressing the button twice."""
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    wanted = draft.wanted
    same = CheckRound.objects.filter(
        source=wanted.source,
        ward_code=wanted.ward_code,
        agency=wanted.agency,
        closed_from=wanted.closed_from,
        closed_until=wanted.closed_until,
        lot=wanted.lot,
        closed=draft.closed,
        checks=len(draft.stops),
        ended_at__isnull=True,
    ).exclude(pk__in=SpotCheck.objects.values("stop__round"))
    topics = sorted(wanted.topics)
    former = next((row for row in same.order_by("pk") if row.topics == topics), None)
    if former is not None:
        raise Refused(
            "drawn_already",
            f"This was drawn already, as “{former.title}”, and nobody has looked at any of it"
            " yet. Walk that round first.",
        )


def _keep_strata(made: CheckRound, draft: RoundDraft) -> list[Stratum]:
    return Stratum.objects.bulk_create(
        Stratum(
            round=made,
            number=number,
            ward_code=stratum.ward_code,
            kind_code=stratum.kind_code,
            kind_name=stratum.kind_name[:120],
            closed=len(stratum.members),
            spread=stratum.spread,
            checks=stratum.checks,
            members=rules.packed(stratum.members),
        )
        for number, stratum in enumerate(draft.strata)
    )


def _keep_stops(made: CheckRound, draft: RoundDraft, strata: list[Stratum], stamp: Stamp) -> None:
    places = note_places(None, drafts=[stop.place for stop in draft.stops], stamp=stamp)
    subject = "request_id" if made.source == rules.REQUESTS else "ask_id"
    Stop.objects.bulk_create(
        Stop(
            round=made,
            stratum=strata[stop.stratum],
            place=places[stop.place.key],
            ward_code=stop.ward_code,
            kind_code=stop.kind_code,
            kind_name=stop.kind_name[:300],
            agency=stop.agency,
            closed_on=stop.closed_on,
            label=stop.place.label[:200],
            latitude=stop.place.latitude,
            longitude=stop.place.longitude,
            walk=stop.walk,
            position=stop.position,
            **{subject: stop.number},
        )
        for stop in draft.stops
    )
