"""One invented night told whole, from the call at ten past two to its review; and one open now."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from wardroom.calendar.queries.duty import on_duty
from wardroom.calendar.rules.shifts import BACKUP, ON_CALL
from wardroom.city.models import Place
from wardroom.demonstration.incidents import (
    DAY,
    DIRECTOR,
    HOUR,
    MINUTE,
    be_taken,
    begin,
    by,
    finish_tasks,
    is_shown,
    report,
    work_through,
)
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.demonstration.rhythm import ZONE
from wardroom.directory.models import Party
from wardroom.directory.queries import get_agency, get_liaison_of
from wardroom.incidents.actions import (
    add_corrective_step,
    finish_after_action,
    follow_household_up,
    give_incident_role,
    leave_line_out,
    note_household,
    set_way_of_work,
    stand_down,
    write_after_action,
)
from wardroom.incidents.models import Incident
from wardroom.matters.actions import accept_ask, request_ask, set_next_step
from wardroom.matters.models import Ask
from wardroom.problems.models import Candidate

FIVE = "5"
DAYS_AGO = 16
OPENERS = ("3", "4", "6", "7")
HOMES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Unit 2", {"adults": 2, "children": 3, "languages": "Spanish",
                "needs": ("shelter", "clothes", "papers")}),
    ("Unit 3", {"adults": 1, "older": 1, "access": True, "needs": ("shelter", "transport")}),
    ("Unit 5", {"adults": 2, "pets": 1, "needs": ("shelter", "food", "pets")}),
    ("Unit 6", {"adults": 4, "languages": "Amharic", "needs": ("food", "money", "language")}),
)  # fmt: skip
RATED = {"calling": "S", "information": "P", "care": "S", "partners": "M", "public": "P"}


def show_nights(plan: Plan) -> int:
    """A fire at night worked through whole, and an incident that is open now."""
    if not is_shown("night"):
        _night(plan)
    if not is_shown("now"):
        _now(plan)
    return Incident.objects.filter(matter__state="open").count()


def _night(plan: Plan) -> None:
    at = datetime.combine(plan.end - DAYS_AGO * DAY, time(2, 10), tzinfo=ZONE)
    incident = begin(
        "night",
        opener=_opener(at),
        at=at,
        kind="fire",
        ward=FIVE,
        where="",
        words="Fire on the second floor, people are on the street",
        place=_place(0),
    )
    has_it = be_taken(incident, at + 8 * MINUTE)
    set_way_of_work(incident, mode="go", lead_text="Fire and EMS, the battalion chief",
                    stamp=by(has_it, at + 10 * MINUTE))  # fmt: skip
    work_through(incident, has_it, at + 24 * MINUTE, lines=6, calls=4)
    report(incident, has_it, at + 46 * MINUTE, next_update_at=at + 220 * MINUTE,
           what="Fire in four homes, knocked down at 2:35. Everybody is out, nobody is hurt.",
           affected={"homes": 4, "adults": 9, "children": 3, "older": 1, "pets": 1},
           needs="A warm bus until the reception center opens",
           partners="Fire and EMS, DHS, the Department of Buildings")  # fmt: skip
    _homes(incident, has_it, at + 80 * MINUTE)
    report(incident, has_it, at + 210 * MINUTE, next_update_at=at + 10 * HOUR,
           what="All four homes are closed by order. Three have a place for the night, the "
                "fourth stays with family.",
           affected={"homes": 4, "adults": 9, "children": 3, "older": 1, "pets": 1},
           needs="Clothes for three children before school")  # fmt: skip
    day = _handed_over(incident, has_it, at + 6 * HOUR)
    report(incident, day, at + 9 * HOUR, next_update_at=None,
           what="Everybody is placed for two weeks. DHS has all four cases.",
           affected={"homes": 4, "adults": 9, "children": 3, "older": 1})  # fmt: skip
    down = at + 10 * HOUR
    stand_down(incident, text="Everybody is placed; DHS has the cases", stamp=by(day, down))
    for row in incident.households.order_by("pk"):
        for hours in (24, 72):
            stamp = by(day, down + hours * HOUR + row.pk % 4 * MINUTE)
            follow_household_up(incident, household_id=row.pk, hours=hours, stamp=stamp)
    _reviewed(incident, day, down + 5 * DAY, plan)


def _homes(incident: Incident, has_it: Party, at: datetime) -> None:
    owner = get_agency("DHS")
    for number, (label, needs) in enumerate(HOMES):
        stamp = by(has_it, at + 6 * number * MINUTE)
        note_household(incident, label=label, owner=owner, **needs, stamp=stamp)
    line = incident.checklist.exclude(state="done").order_by("-position")[2]
    leave_line_out(incident, line_id=line.pk, reason="No pupil of that school lives here",
                   stamp=by(has_it, at + 30 * MINUTE))  # fmt: skip


def _handed_over(incident: Incident, has_it: Party, at: datetime) -> Party:
    """In the morning the incident goes to the liaison of the ward, or to a colleague."""
    seated = (get_liaison_of(code, on=at.date()) for code in (FIVE, "6"))
    day = next(one for one in seated if one is not None and one.pk != has_it.pk)
    note = "DHS comes at nine with vouchers. The bus stays until ten."
    give_incident_role(incident, role="lead", party=day, note=note, stamp=by(has_it, at))
    give_incident_role(incident, role="households", party=has_it, stamp=by(day, at + 5 * MINUTE))
    return day


def _reviewed(incident: Incident, writer: Party, at: datetime, plan: Plan) -> None:
    """The review, written and finished; one step is an agency's ask, the other a to-do."""
    write_after_action(
        incident,
        expected="Somebody has it in five minutes. Heat and chairs for everybody within the hour.",
        happened="The first on call did not hear the phone; the backup had it after eight "
        "minutes. People stood on the street until ten past three.",
        why="Nobody knew who opens the recreation center at night.",
        strengths="Reports were out before the first question came. Three languages were spoken.",
        ratings=RATED,
        stamp=by(writer, at),
    )
    until = plan.end + 25 * DAY
    steps = (
        (
            get_agency("DPR"),
            "partners",
            "Name who opens a recreation center at night",
        ),
        (writer, "calling", "Keep a second number for everybody who is on call"),
    )
    for party, capability, wording in steps:
        add_corrective_step(incident, wording=wording, capability=capability, party=party,
                            starts_on=at.date(), due_on=until,
                            stamp=by(writer, at + 20 * MINUTE))  # fmt: skip
    finish_tasks(incident.matter, at + HOUR)
    finish_after_action(incident, stamp=stamp_of(DIRECTOR, at + DAY))
    ask = Ask.objects.get(matter=incident.matter, party__code="DPR")
    request_ask(ask, stamp=stamp_of(DIRECTOR, at + DAY + MINUTE))
    promised = plan.end + 20 * DAY
    accept_ask(ask, promised_on=promised, text="A list with two names for each center.",
               stamp=stamp_of("partner.dpr@wardroom.example", at + 3 * DAY))  # fmt: skip
    set_next_step(incident.matter, next_on=promised, next_step="Try the two numbers at night",
                  stamp=stamp_of(DIRECTOR, at + 3 * DAY + HOUR))  # fmt: skip


def _now(plan: Plan) -> None:
    at = plan.now - 38 * MINUTE
    incident = begin("now", opener=DIRECTOR, at=at, kind="closure", ward=FIVE, where="",
                     words="The front wall leans; the inspector closes the building",
                     place=_place(1))  # fmt: skip
    has_it = be_taken(incident, at + 4 * MINUTE)
    work_through(incident, has_it, at + 21 * MINUTE, lines=3, calls=2)


def _opener(at: datetime) -> str:
    """A liaison who is not on duty that night, so that somebody else is called."""
    duties = [on_duty(at, role=role, ward=FIVE) for role in (ON_CALL, BACKUP)]
    busy = {duty.user_id for duty in duties if duty is not None}
    emails = [f"liaison{ward}@wardroom.example" for ward in OPENERS]
    free = Party.objects.filter(user__email__in=emails).exclude(user__in=busy).order_by("pk")
    return str(free.values_list("user__email", flat=True)[0])


def _place(number: int) -> Place | None:
    """A place of Ward 5 that the office knows from requests; none in a small demonstration."""
    found = Candidate.objects.filter(ward_code=FIVE, place__latitude__isnull=False)
    ids = found.order_by("place_id").values_list("place_id", flat=True).distinct()
    return Place.objects.filter(pk__in=list(ids[number : number + 1])).first()
