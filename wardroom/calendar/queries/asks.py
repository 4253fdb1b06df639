"""How asks are read out in a meeting: done, verified, late, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet
from wardroom.calendar import rules
from wardroom.calendar.models import MeetingLine
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Ask
from wardroom.matters.queries.files import public_name
from wardroom.matters.queries.seeing import DoneAsk, seen_by_others
from wardroom.matters.rules import REFERRAL

RELATED = ("matter__place", "party", "agreed_at_meeting__event")


@dataclass(frozen=True)
class HeardAsk:
    """One ask as a meeting goes through it.

    ``public_title`` is what the matter is called to those outside; ``why`` is what was said in
    this meeting.
    """

    ask_id: int
    matter_id: int
    matter_kind: str
    matter_title: str
    public_title: str
    place_label: str
    agency_code: str
    agency_name: str
    wording: str
    owner_name: str
    due_on: date
    promised_on: date | None
    standing: str
    words: str
    answer_text: str
    restricted: bool
    why: tuple[str, ...] = ()

    @property
    def expected_on(self) -> date:
        """The promised day, or the day asked for."""
        return self.promised_on or self.due_on


def asks_within(actor: Actor, ward_code: str) -> ScopedQuerySet:
    """The referrals of a ward within reach, with the day on which each is expected."""
    rows = Ask.objects.filter(kind=REFERRAL, ward_code=ward_code)
    reached: ScopedQuerySet = rows.within(matters_policy.reach_of_asks(actor)).annotate(
        expected=Coalesce("promised_on", "due_on")
    )
    return reached


def heard(asks: Iterable[Ask], *, on: date, event_id: int | None = None) -> tuple[HeardAsk, ...]:
    """These asks as they stand on a day, with what was said of them in a meeting."""
    rows = list(asks)
    seen = _seen([ask for ask in rows if ask.state == "done"])
    said: dict[int, list[str]] = {}
    if event_id is not None:
        lines = MeetingLine.objects.filter(event=event_id, kind=rules.WHY, struck_at=None)
        for ask_id, text in lines.order_by("pk").values_list("ask_id", "text"):
            said.setdefault(ask_id, []).append(text)
    return tuple(_heard(ask, seen.get(ask.pk, ""), said.get(ask.pk, ()), on) for ask in rows)


def in_order(rows: ScopedQuerySet) -> ScopedQuerySet:
    """Asks by agency, the soonest first, with all that a line of them needs."""
    ordered: ScopedQuerySet = rows.select_related(*RELATED).order_by(
        "agency_code", Coalesce("promised_on", "due_on"), "pk"
    )
    return ordered


def _heard(ask: Ask, seen: str, why: Sequence[str], on: date) -> HeardAsk:
    agreed = getattr(ask, "agreed_at_meeting", None)
    standing, words = rules.standing_of(
        rules.AskAsHeard(
            state=ask.state,
            due_on=ask.due_on,
            promised_on=ask.promised_on,
            answered_on=_day(ask.answered_at),
            done_on=_day(ask.done_at),
            counter_on=ask.counter_on,
            seen=seen,
        ),
        on=on,
    )
    place = ask.case.place
    return HeardAsk(
        ask_id=ask.pk,
        matter_id=ask.case.pk,
        matter_kind=ask.case.kind,
        matter_title=ask.case.title,
        public_title=public_name(ask.case),
        place_label=place.label if place is not None else "",
        agency_code=ask.agency_code,
        agency_name=ask.party.name,
        wording=ask.wording,
        owner_name=agreed.owner_name if agreed is not None else "",
        due_on=ask.due_on,
        promised_on=ask.promised_on,
        standing=standing,
        words=words,
        answer_text=ask.answer_text,
        restricted=ask.case.restricted,
        why=tuple(why),
    )


def _seen(asks: Sequence[Ask]) -> dict[int, str]:
    """What somebody who had no hand in it found after the agency said done, the last look."""
    done = [
        DoneAsk(ask.pk, ask.case.pk, ask.done_at, ask.asked_by_id, ask.party_id)
        for ask in asks
        if ask.done_at is not None
    ]
    return {pk: looks[-1].finding for pk, looks in seen_by_others(done).items()}


def _day(at: datetime | None) -> date | None:
    return localdate(at) if at else None
