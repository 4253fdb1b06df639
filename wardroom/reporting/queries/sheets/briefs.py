"""The memo before an event: what they will raise there, and what may be said for the Mayor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate, localtime

from wardroom.access.actor import Actor
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.queries import SpeakerView, get_event, languages_at, speaker_of
from wardroom.calendar.rules import ANSWERS, KINDS, ROLES
from wardroom.city.queries import places_near
from wardroom.directory.queries import liaison_of
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement.queries.commitments import CommitmentRow, commitment_page
from wardroom.kernel.text import ended, long_instant
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import REFERRAL, kind_of
from wardroom.reporting.queries.sheets.asked import asks_now
from wardroom.reporting.rules.sheets import BRIEF, AskNow, Part, Sheet, lines_of, table_of
from wardroom.reporting.rules.wording import day_words, how_many

HALF_A_MILE = 804.672
RAISED = ("What", "Where", "How old", "How it stands")
MOST_RAISED, MOST_SAID = 12, 8


def brief(event_id: int, actor: Actor, *, at: datetime) -> tuple[Sheet, str]:
    """The memo for whoever speaks for the Mayor at an event, and the ward of it."""
    event, today = get_event(event_id, actor), localdate(at)
    speaker = speaker_of(event, actor)
    people = _people(event)
    near, told = _near(event, actor, today)
    before = _promised(event, people, actor, today)
    parts = (
        Part("Your part", lines=_part(event, speaker)),
        Part("Three messages", none="Write up to three messages here."),
        Part(f"What they will raise: {told}", head=RAISED,
             rows=table_of(_raised(near, actor, today), MOST_RAISED),
             none="Nothing that you can see is open there."),
        Part("What was promised before", lines=lines_of(before, MOST_SAID),
             none="No promise is open."),
        Part("You may promise", lines=(speaker.may_promise,) if speaker else (),
             none="Nobody wrote it down yet: promise nothing new."),
        Part("You may not promise", lines=(speaker.may_not_promise,) if speaker else (),
             none="Nobody wrote it down yet: promise nothing new."),
        Part("Sensitive", none="Nothing was written down."),
        Part("Who is there", lines=lines_of(_there(event, people), MOST_SAID),
             none="Nobody was named yet."),
        Part("Language and access", lines=_needs(event, people),
             none="No need is known. Ask before you go."),
        Part("Contact", lines=_contact(event, today)),
    )  # fmt: skip
    place = event.place.label if event.place is not None else event.place_text
    ward = f"Ward {event.ward_code}" if event.ward_code else "The whole city"
    about = (KINDS[event.kind], long_instant(localtime(event.starts_at)), place, ward)
    return Sheet(BRIEF, event.pk, event.title, about, today, parts), event.ward_code


def _part(event: Event, speaker: SpeakerView | None) -> tuple[str, ...]:
    until = long_instant(localtime(event.ends_at))
    when = ended(f"Be there at {long_instant(localtime(event.starts_at))}; it ends {until}")
    if speaker is None:
        return (when, "Nobody was chosen to speak for the Mayor.")
    said = "said yes" if speaker.accepted else "did not answer yet"
    return (when, f"{speaker.name} speaks for the Mayor, and {said}.")


def _people(event: Event) -> list[Participation]:
    rows = Participation.objects.filter(event=event).select_related("party")
    return list(rows.order_by("pk"))


def _there(event: Event, people: Sequence[Participation]) -> list[str]:
    """Whose meeting it is, then who takes part."""
    hosts = [f"{event.host.name}: it is their meeting"] if event.host is not None else []
    return [*hosts, *(_person(row) for row in people)]


def _person(row: Participation) -> str:
    name = row.party.name if row.party is not None else row.name
    agency = f" ({row.agency_code})" if row.agency_code and row.agency_code != name else ""
    return f"{name}{agency}, {ROLES[row.role].lower()}: {ANSWERS[row.answer]}"


def _near(event: Event, actor: Actor, today: date) -> tuple[list[Matter], str]:
    """The open matters around the event, and in which circle that is."""
    rows = Matter.objects.within(matters_policy.reach_inside(actor)).filter(state="open")
    rows = rows.exclude(kind="commitment").select_related("place")
    place = event.place
    if place is not None and place.latitude is not None and place.longitude is not None:
        around = places_near(
            actor, place.latitude, place.longitude, on=today, metres=HALF_A_MILE, limit=500
        )
        inside = [one.place_id for one in around if one.place_id is not None]
        told = "within half a mile"
        rows = rows.filter(place__in=inside)
    else:
        told = f"in Ward {event.ward_code}" if event.ward_code else "in the whole city"
        rows = rows.filter(ward_code=event.ward_code) if event.ward_code else rows
    found = list(rows.order_by("opened_at", "pk")[: MOST_RAISED * 4])
    first = sorted(found, key=lambda m: (m.kind != "persistent_location", m.opened_at, m.pk))
    return first, told


def _raised(near: Sequence[Matter], actor: Actor, today: date) -> list[tuple[str, ...]]:
    """Each matter with its age and its true state; an agency's word is told as its word."""
    asks = Ask.objects.within(matters_policy.reach_of_asks(actor))
    rows = asks.filter(kind=REFERRAL, matter__in=[m.pk for m in near])
    of: dict[int, list[AskNow]] = {}
    for ask in asks_now(rows.exclude(state__in=["proposed", "withdrawn"])):
        of.setdefault(ask.matter_id or 0, []).append(ask)
    return [
        (
            f"{kind_of(m.kind).label}: {m.title}",
            m.place.label if m.place is not None else "",
            how_many((today - localdate(m.opened_at)).days, "day"),
            _stands(m, of.get(m.pk, []), today),
        )
        for m in near
    ]


def _stands(matter: Matter, asks: Sequence[AskNow], today: date) -> str:
    late = [ask for ask in asks if ask.days_late(today)]
    said_done = [ask for ask in asks if ask.state == "done" and not ask.seen]
    words = []
    if late:
        longest = max(ask.days_late(today) for ask in late)
        words.append(f"{how_many(len(late), 'ask')} late, the longest {how_many(longest, 'day')}")
    if said_done:
        words.append(f"{how_many(len(said_done), 'ask')} done, the agency says; nobody looked")
    waiting = len(asks) - len(late) - sum(ask.state == "done" for ask in asks)
    if waiting > 0:
        words.append(f"{how_many(waiting, 'ask')} with agencies")
    if not asks:
        words.append("nothing was asked of an agency")
    if matter.came_back_at is not None:
        words.append(f"it came back on {day_words(localdate(matter.came_back_at).isoformat())}")
    if matter.next_on is not None:
        words.append(f"next: {day_words(matter.next_on.isoformat())} {matter.next_step}".strip())
    return "; ".join(words)


def _promised(
    event: Event, people: Sequence[Participation], actor: Actor, today: date
) -> list[str]:
    """Open promises to those who are there, then the others of the ward."""
    hosts = [event.host.name] if event.host is not None else []
    names = hosts + [row.party.name if row.party is not None else row.name for row in people]
    theirs = commitment_page(actor, on=today, made_to=names).rows if names else ()
    others = commitment_page(actor, on=today, ward=event.ward_code).rows
    known = {row.id for row in theirs}
    return [_promise(row) for row in (*theirs, *(o for o in others if o.id not in known))]


def _promise(row: CommitmentRow) -> str:
    due = f", due {day_words(row.due_on.isoformat())}" if row.due_on else ", no day named"
    late = ", which is over" if row.overdue else ""
    said = day_words(row.said_on.isoformat())
    return f"“{row.wording}”: {row.maker_name} to {row.made_to}, {said}{due}{late}"


def _needs(event: Event, people: Sequence[Participation]) -> tuple[str, ...]:
    spoken = sorted(languages_at(event))
    lines = [f"Spoken there: {', '.join(spoken)}."] if spoken else []
    for party in (event.host, *(row.party for row in people)):
        if party is not None and party.interpreter:
            tongue = LANGUAGES.get(party.language, "their language")
            lines.append(f"{party.name} needs an interpreter for {tongue}.")
        if party is not None and party.access_needs:
            lines.append(f"{party.name}: {party.access_needs}")
    return tuple(lines)


def _contact(event: Event, today: date) -> tuple[str, ...]:
    held = liaison_of(event.ward_code, on=today) if event.ward_code else ""
    name = f"Liaison of the ward: {held}." if held else ""
    return tuple(line for line in (name, f"Planned by {event.planned_by}.") if line)
