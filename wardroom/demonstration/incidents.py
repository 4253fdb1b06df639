"""Invented incidents: some months that are over, an exercise, one told whole, and one open now.

Nobody is woken by a clock here: each step falls when it fell due, and whoever was called last
answers when they answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.access.queries import actor_for
from wardroom.city.models import Place
from wardroom.city.queries import get_ward
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.demonstration.rhythm import ZONE
from wardroom.directory.actions import add_contact_point, add_party
from wardroom.directory.models import Party
from wardroom.directory.queries import get_liaison_of
from wardroom.incidents.actions import (
    answer_mine,
    climb_call_out,
    end_incident,
    finish_after_action,
    note_arrival,
    note_incident_call,
    open_critical_incident,
    release_situation,
    stand_down,
    tick_checklist,
    write_after_action,
    write_situation,
)
from wardroom.incidents.models import CallOut, Incident, SituationReport
from wardroom.incidents.rules import CALL_OPEN, CAPABILITIES
from wardroom.matters.actions import finish_task
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import LIVE, TO_DO

DIRECTOR = "director@wardroom.example"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A_MOMENT = timedelta(seconds=20)
CASE_AGENCIES = {
    "DHS": ("Department of Human Services", "202-555-0161"),
    "HSEMA": ("Homeland Security and Emergency Management Agency", "202-555-0162"),
    "FEMS": ("Fire and Emergency Medical Services", "202-555-0163"),
}
LEADS = {
    "fire": "Fire and EMS, the battalion chief",
    "closure": "Department of Buildings, the inspector",
    "violence": "MPD, the watch commander",
    "outage": "The utility's crew chief",
}
FORM = "demonstration-"


@dataclass(frozen=True)
class Past:
    """An incident that is over: how long until somebody had it, and until the first report."""

    days: int
    at: time
    kind: str
    ward: str
    where: str
    words: str
    taken: int
    reported: int
    hours: float
    review: str = ""
    rated: str = "PPSSP"
    exercise: bool = False


PASTS = (
    Past(172, time(22, 40), "fire", "7", "100 block of Sample Road SE",
         "Kitchen fire in a row house, one family out", 4, 38, 5,
         "One family slept at a hotel by one in the morning."),
    Past(158, time(6, 15), "outage", "3", "Blocks along Model Avenue NW",
         "A transformer failed; about 300 homes without power", 9, 52, 9),
    Past(149, time(17, 5), "closure", "1", "20 Sample Place NW",
         "A wall leans; the building is closed by order", 6, 41, 20,
         "The order came before the reception center was open.", "PSMSP"),
    Past(133, time(3, 20), "fire", "4", "300 block of Sample Street NW",
         "Two homes burned, nobody hurt", 12, 57, 8,
         "The first call reached a phone that was switched off.", "MSSPS"),
    Past(121, time(20, 30), "violence", "8", "Corner of Model Road and Sample Court SE",
         "Shots were fired near the bus stop", 3, 29, 4),
    Past(108, time(13, 50), "weather", "5", "The underpass by the rail yard",
         "Two feet of water; cars stand in it", 7, 46, 6,
         "The street was closed within the hour."),
    Past(97, time(23, 10), "outage", "2", "Blocks around Sample Square NW",
         "A water main broke under the street", 41, 96, 14,
         "Two calls went unanswered, so the director took it, and the report was late.", "MMSSS"),
    Past(86, time(9, 25), "closure", "6", "The school on Model Street NE",
         "Smell of gas; children are on the field", 2, 24, 3,
         "Parents heard from the office before they read it elsewhere."),
    Past(71, time(1, 45), "fire", "8", "500 block of Sample Avenue SE",
         "Fire on the third floor; nine homes are out", 14, 59, 11,
         "Nine homes were placed by noon; two of them far from their school.", "PSSMP"),
    Past(58, time(18, 20), "weather", "7", "Along the creek",
         "A tree fell on wires after the storm", 5, 33, 5),
    Past(45, time(10, 0), "outage", "7", "Blocks around the recreation center",
         "Practice: the power is out in the heat", 5, 35, 2,
         "Everybody was reached; the list of coolers was old.", "PSSPP", exercise=True),
    Past(37, time(2, 55), "fire", "5", "1300 block of Model Street NE",
         "Fire in a basement apartment; four people out", 8, 44, 7,
         "Shelter and food were there within two hours."),
    Past(26, time(16, 40), "violence", "1", "Sample Park",
         "A fight with knives after the game", 11, 50, 4),
)  # fmt: skip


def show_incidents(plan: Plan) -> int:
    """Some months of incidents that are over, and an exercise; returns how many."""
    for code, (name, phone) in CASE_AGENCIES.items():
        if not Party.objects.filter(code=code).exists():
            party = add_party(
                None, kind="organisation", name=name, code=code, agency=True, stamp=plan.start
            )
            add_contact_point(party, channel="phone", value=phone, consent=True, stamp=plan.start)
    for number, past in enumerate(PASTS):
        if not is_shown(f"past-{number}"):
            _past(plan, past, f"past-{number}")
    return Incident.objects.filter(matter__state="closed").count()


def is_shown(name: str) -> bool:
    """Whether an earlier load opened this incident already."""
    return Incident.objects.filter(token=FORM + name).exists()


def begin(
    name: str,
    *,
    opener: str,
    at: datetime,
    kind: str,
    ward: str,
    where: str,
    words: str,
    place: Place | None = None,
    exercise: bool = False,
) -> Incident:
    """Somebody opens an incident, and whoever is on call is called."""
    opened: Incident = open_critical_incident(
        place,
        kind_code=kind,
        where_text=where,
        words=words,
        ward=get_ward(ward, at.date()),
        exercise=exercise,
        token=FORM + name,
        stamp=stamp_of(opener, at),
    )
    return opened


def be_taken(incident: Incident, at: datetime) -> Party:
    """Nobody answers until then: the clock calls the next, and whoever was called last has it."""
    while (call := _open_call(incident)) is not None and call.due_at + A_MOMENT < at:
        climb_call_out(incident, stamp=_house(call.due_at + A_MOMENT))
    if call is not None:
        answer_mine(incident, call_out=call, stamp=_house(at, f"{call.party.name} by link"))
    incident.refresh_from_db()
    assert incident.taken_by is not None
    return incident.taken_by


def by(party: Party, at: datetime) -> Stamp:
    """The stamp of somebody of the office at an instant."""
    return Stamp(actor=actor_for(party.user, on=at.date()), at=at, window=Window.SHELL)


def report(
    incident: Incident,
    writer: Party,
    at: datetime,
    *,
    what: str,
    affected: Mapping[str, int | None],
    next_update_at: datetime | None,
    needs: str = "",
    partners: str = "",
) -> SituationReport:
    """Whoever has it writes a report, and somebody else releases it."""
    written: SituationReport = write_situation(
        incident,
        what=what,
        where_text=incident.where_text,
        lead_text=LEADS.get(incident.kind_code, ""),
        affected=affected,
        needs=needs,
        partners=partners,
        next_update_at=next_update_at,
        stamp=by(writer, at),
    )
    others = (_director(), get_liaison_of(incident.ward_code, on=at.date()))
    other = next((one for one in others if one is not None and one.pk != writer.pk), None)
    if other is not None:
        release_situation(written, stamp=by(other, at + 9 * MINUTE))
    return written


def finish_tasks(matter: Matter, at: datetime) -> None:
    """The follow-ups and the review are ticked off the owner's list."""
    for task in Ask.objects.filter(matter=matter, state__in=LIVE, kind=TO_DO).order_by("pk"):
        finish_task(task, stamp=by(task.party, at))


def work_through(
    incident: Incident, has_it: Party, at: datetime, *, lines: int, calls: int
) -> None:
    """Whoever has it is there, sees to the checklist, and calls the first on the list."""
    stamp = by(has_it, at)
    note_arrival(incident, stamp=stamp)
    ids = list(incident.checklist.order_by("position").values_list("pk", flat=True)[:lines])
    tick_checklist(incident, line_ids=ids, stamp=by(has_it, at + 5 * MINUTE))
    rows = list(incident.call_list.order_by("position").values_list("pk", flat=True)[:calls])
    for number, line_id in enumerate(rows):
        outcome = ("reached", "message", "reached", "no_answer")[number % 4]
        stamp = by(has_it, at + (6 + 3 * number) * MINUTE)
        note_incident_call(incident, line_id=line_id, outcome=outcome, stamp=stamp)


def _past(plan: Plan, past: Past, name: str) -> None:
    opened = datetime.combine(plan.end - past.days * DAY, past.at, tzinfo=ZONE)
    incident = begin(
        name,
        opener=DIRECTOR,
        at=opened,
        kind=past.kind,
        ward=past.ward,
        where=past.where,
        words=past.words,
        exercise=past.exercise,
    )
    has_it = be_taken(incident, opened + past.taken * MINUTE)
    there = opened + (past.taken + 12) * MINUTE
    work_through(incident, has_it, there, lines=5, calls=2)
    report(incident, has_it, opened + past.reported * MINUTE, what=past.words,
           affected={}, next_update_at=None)  # fmt: skip
    down = opened + past.hours * HOUR
    stand_down(incident, text="Nobody needs anything more tonight", stamp=by(has_it, down))
    if past.review:
        _reviewed(past, incident, has_it, down + 6 * DAY)
    finish_tasks(incident.matter, down + 7 * DAY)
    words = "" if past.review else "Talked through at the next meeting; nothing to do better."
    end_incident(incident.matter, outcome="over", text=words,
                 stamp=stamp_of(DIRECTOR, down + 7 * DAY + HOUR))  # fmt: skip


def _reviewed(past: Past, incident: Incident, writer: Party, at: datetime) -> None:
    write_after_action(
        incident,
        expected="Somebody has it within 15 minutes, and the first report is out within the hour.",
        happened=past.review,
        why="Most of it follows from who could be reached, and how fast.",
        strengths="The agencies knew whom to call.",
        ratings=dict(zip(CAPABILITIES, past.rated, strict=True)),
        stamp=by(writer, at),
    )
    finish_after_action(incident, stamp=stamp_of(DIRECTOR, at + 5 * HOUR))


def _director() -> Party:
    found: Party = Party.objects.get(user__email=DIRECTOR)
    return found


def _open_call(incident: Incident) -> CallOut | None:
    found: CallOut | None = (
        incident.call_outs.filter(state=CALL_OPEN).select_related("party__user").first()
    )
    return found


def _house(at: datetime, name: str = "") -> Stamp:
    actor = replace(SYSTEM, name=name[:120]) if name else SYSTEM
    return Stamp(actor=actor, at=at, window=Window.WORKER)
