"""Who speaks for the Mayor at an event, and who could: with what bears on the choice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor, Role
from wardroom.access.models import Grant
from wardroom.access.queries import actor_for
from wardroom.calendar import policy, rules
from wardroom.calendar.models import Event, Mandate, Participation
from wardroom.calendar.queries.events import get_event
from wardroom.calendar.rules.speaking import (
    CITY,
    COVERS,
    OWN_WARD,
    Speaker,
    Suggestion,
    suggested_speakers,
)
from wardroom.directory.models import Party
from wardroom.directory.rules import LANGUAGES
from wardroom.kernel.errors import NotFound
from wardroom.matters.policy import runs

AROUND = timedelta(days=3, hours=12)
SPEAKS = (Role.DIRECTOR.value, Role.LIAISON.value)


@dataclass(frozen=True)
class SpeakerView:
    """Who speaks for the Mayor here, what they may and may not promise, and their answer."""

    mandate_id: int
    party_id: int
    name: str
    may_promise: str
    may_not_promise: str
    assigned_by: str
    accepted: bool
    is_me: bool


def speaker_of(event: Event, actor: Actor) -> SpeakerView | None:
    """Who speaks for the Mayor at an event that the caller has found; for the office alone."""
    rows = Mandate.objects.filter(event=event, ended_at__isnull=True)
    row = rows.select_related("participation__party").first() if actor.is_staff else None
    if row is None or row.participation.party is None:
        return None
    party = row.participation.party
    return SpeakerView(
        mandate_id=row.pk,
        party_id=party.pk,
        name=party.name,
        may_promise=row.may_promise,
        may_not_promise=row.may_not_promise,
        assigned_by=row.assigned_by,
        accepted=row.accepted_at is not None,
        is_me=party.user_id == actor.user_id,
    )


def get_mandate(event_id: int, actor: Actor) -> Mandate:
    """Who speaks for the Mayor at an event within reach, to answer for it or to end it."""
    rows = Mandate.objects.filter(event=get_event(event_id, actor), ended_at__isnull=True)
    row = rows.select_related("event", "participation__party", "participation__event").first()
    if row is None:
        raise NotFound(f"nobody speaks for the Mayor at event {event_id}")
    return row


def may_speak(party: Party, event: Event, *, at: datetime) -> bool:
    """Whether somebody can speak for the Mayor there: the director, or who runs the ward."""
    if party.user is None:
        return False
    actor = actor_for(party.user, on=localdate(max(at, event.starts_at)))
    if not event.ward_code:
        return actor.has(Role.DIRECTOR, Role.LIAISON)
    return runs(actor, event.ward_code)


def speakers_for(event: Event, actor: Actor) -> tuple[Suggestion, ...]:
    """Who could speak for the Mayor at an event, the best first, each with the reasons."""
    if not policy.may_assign_speaker(actor, event):
        return ()
    people = _people(event)
    near = _events_near(event, list(people))
    answered = Mandate.objects.filter(event=event, ended_why__startswith="Said no")
    declined = set(answered.order_by("pk").values_list("participation__party", flat=True))
    speakers = [
        Speaker(
            party_id=party.pk,
            name=party.name,
            ward=ward,
            languages=frozenset({LANGUAGES.get(party.language, "")} - {""}),
            load=near.load[party.pk],
            clashes=tuple(near.clashes.get(party.pk, ())),
            declined=party.pk in declined,
        )
        for party, ward in people.values()
    ]
    return suggested_speakers(speakers, languages=languages_at(event))


def languages_at(event: Event) -> frozenset[str]:
    """The languages other than English of those who take part, by their names."""
    rows = Participation.objects.filter(event=event).exclude(party__user__isnull=False)
    found = rows.exclude(party=None).order_by("pk").values_list("party__language", flat=True)
    return frozenset(LANGUAGES.get(code, code) for code in found if code not in ("", "en"))


def _people(event: Event) -> dict[int, tuple[Party, str]]:
    """Who may speak there by the number of the party, and how each belongs to the ward."""
    day = localdate(event.starts_at)
    held = Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        role__in=SPEAKS,
        valid_from__lte=day,
        user__is_active=True,
        user__party__isnull=False,
    )
    if event.ward_code:
        held = held.filter(Q(ward_code=event.ward_code) | Q(role=Role.DIRECTOR.value))
    found: dict[int, tuple[Party, str]] = {}
    for grant in held.select_related("user__party").order_by("pk"):
        party = grant.user.party
        kind = CITY if grant.role == Role.DIRECTOR.value or not event.ward_code else (
            COVERS if grant.cover else OWN_WARD
        )  # fmt: skip
        before = found.get(party.pk)
        if before is None or before[1] == CITY or kind == OWN_WARD:
            found[party.pk] = (party, kind)
    return found


@dataclass(frozen=True)
class _Near:
    """How many events each has in the week around, and what at the same time."""

    load: Counter[int]
    clashes: dict[int, list[str]]


def _events_near(event: Event, parties: list[int]) -> _Near:
    span = Q(event__starts_at__gte=event.starts_at - AROUND)
    span &= Q(event__starts_at__lte=event.starts_at + AROUND)
    rows = Participation.objects.filter(span, party__in=parties, event__state=rules.PLANNED)
    rows = rows.exclude(event=event).exclude(answer="no").select_related("event")
    load: Counter[int] = Counter()
    clashes: dict[int, list[str]] = {}
    for row in rows.order_by("event__starts_at", "pk"):
        assert row.party_id is not None
        load[row.party_id] += 1
        other = row.event
        if other.starts_at < event.ends_at and other.ends_at > event.starts_at:
            hidden = other.matter_id is not None
            told = "another event" if hidden else other.title
            clashes.setdefault(row.party_id, []).append(told)
    return _Near(load, clashes)
