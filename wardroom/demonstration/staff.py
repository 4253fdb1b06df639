"""The invented office's own people: positions in units, a detail, volunteers, training, clocks."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.demonstration.district import WARDS
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.actions import fill_seat, note_person, open_post
from wardroom.directory.models import Party
from wardroom.directory.queries import get_person
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.office.actions import (
    PositionDraft,
    TermDraft,
    TrainingDraft,
    add_position,
    add_unit,
    agree_term,
    decide_residency,
    keep_scenario,
    log_time,
    note_training,
    note_unit_time,
    propose_position,
    record_proof,
    remind_of_residency,
    remind_of_term,
    set_work_year,
    start_residency_clock,
)
from wardroom.office.models import Position, ResidencyClock, Term, Unit

DIRECTOR = "director@wardroom.example"
EAST = frozenset({"5", "6", "7", "8"})
MINUTES = (45, 60, 75, 90, 60, 120)


def show_staff(plan: Plan) -> int:
    """A small office at work: a vacancy, a proposal, people on loan, papers that run out."""
    if not Position.objects.exists():
        _positions(plan)
        _terms(plan)
        _papers(plan)
        _needed(plan)
    return Position.objects.count() + Term.objects.count() + ResidencyClock.objects.count()


def _positions(plan: Plan) -> None:
    stamp = stamp_of(DIRECTOR, plan.now - timedelta(days=40))
    since = stamp.at.date()
    top = add_unit(None, name="Office of the director", stamp=stamp)
    units = {
        name: add_unit(None, name=name, parent=top, stamp=stamp)
        for name in ("Wards 1 to 4", "Wards 5 to 8", "Front desk and data")
    }
    _held(PositionDraft("Director", Decimal(1), top, grade="ES-9"), _person(DIRECTOR), plan)
    for ward in WARDS:
        unit = units["Wards 5 to 8" if ward in EAST else "Wards 1 to 4"]
        draft = PositionDraft(LIAISON_SEAT, Decimal(1), unit, ward, "ES-5")
        add_position(None, draft=draft, since_on=since, stamp=stamp)
    desk = units["Front desk and data"]
    _held(PositionDraft("Records officer", Decimal("0.5"), desk, grade="CS-11"),
          _person("records@wardroom.example"), plan)  # fmt: skip
    _held(PositionDraft("Front desk", Decimal(1), desk, grade="CS-7"), None, plan)
    propose_position(
        None,
        draft=PositionDraft("Analyst of neighborhoods", Decimal(1), desk, grade="ES-4"),
        reason="Reports are written by liaisons at night",
        stamp=stamp,
    )


def _held(draft: PositionDraft, holder: Party | None, plan: Plan) -> None:
    stamp = stamp_of(DIRECTOR, plan.now - timedelta(days=40))
    since = stamp.at.date()
    seat = open_post(None, title=draft.title, since_on=since, stamp=stamp)
    add_position(None, draft=draft, since_on=since, seat=seat, stamp=stamp)
    if holder is not None:
        fill_seat(seat, since_on=since, holder=holder, stamp=stamp)


def _terms(plan: Plan) -> None:
    stamp = stamp_of(DIRECTOR, plan.now - timedelta(days=30))
    today = plan.end
    unit = Unit.objects.get(name="Front desk and data")
    lender = Party.objects.filter(agency=True).exclude(code="").order_by("code").first()
    loan = TermDraft(
        kind="detail",
        since_on=today - timedelta(days=30),
        until_on=today + timedelta(days=40),
        duties="Answers the phone and takes complaints in",
        hours_weekly=Decimal(40),
        home_agency=lender,
        memorandum="MOU 26-114",
        unit=unit,
    )
    lent = agree_term(_noted("An employee on loan", plan), draft=loan, stamp=stamp)
    later = Stamp(actor=SYSTEM, at=plan.now - timedelta(days=4), window=Window.WORKER)
    remind_of_term(lent, stamp=later)
    for name, age, ward in (("A volunteer of the market", "grown", "5"),
                            ("A student volunteer", "minor", "7")):  # fmt: skip
        helps = TermDraft(
            kind="volunteer",
            since_on=today - timedelta(days=20),
            until_on=today + timedelta(days=100),
            duties="Greets people at the door of meetings",
            hours_weekly=Decimal(4),
            unit=unit,
            ward_code=ward,
            age=age,
            consent_from="parent" if age == "minor" else "",
            consent_on=stamp.at.date() if age == "minor" else None,
            displaces_nobody=True,
            no_conflict=True,
        )
        agree_term(_noted(name, plan), draft=helps, stamp=stamp)


def _papers(plan: Plan) -> None:
    stamp = stamp_of(DIRECTOR, plan.now - timedelta(days=5))
    today = plan.end
    house = Stamp(actor=SYSTEM, at=plan.now - timedelta(days=4), window=Window.WORKER)
    for ward, ago, proved in (("5", 100, False), ("7", 160, False), ("2", 120, True)):
        person = _person(f"liaison{ward}@wardroom.example")
        clock = start_residency_clock(
            person,
            appointed_on=today - timedelta(days=ago),
            appointed_as=f"{LIAISON_SEAT}, Ward {ward}",
            stamp=stamp,
        )
        if proved:
            seen = today - timedelta(days=6)
            record_proof(clock, kinds=("dc_id", "withholding"), seen_on=seen, stamp=stamp)
        else:
            remind_of_residency(clock, stamp=house)
        first_aid = TrainingDraft(
            sort="certificate",
            title="First aid at incidents",
            held_on=today - timedelta(days=300),
            hours=Decimal(8),
            provider="The fire department",
            cost_reference="PO 26-0117",
            expires_on=today + timedelta(days=int(ward) * 15),
        )
        note_training(person, draft=first_aid, stamp=stamp)
    late = start_residency_clock(
        _person("liaison8@wardroom.example"),
        appointed_on=today - timedelta(days=200),
        appointed_as=f"{LIAISON_SEAT}, Ward 8",
        stamp=stamp,
    )
    decide_residency(
        late,
        outcome="stands",
        reason="Counsel found that the lease began in time; the paper is on its way",
        stamp=stamp,
    )
    meeting = TrainingDraft(
        sort="conference",
        title="Neighborhoods conference",
        held_on=today - timedelta(days=60),
        hours=Decimal("12.5"),
    )
    note_training(_person("liaison5@wardroom.example"), draft=meeting, stamp=stamp)


def _needed(plan: Plan) -> None:
    director = stamp_of(DIRECTOR, plan.now - timedelta(days=2))
    liaison = "liaison5@wardroom.example"
    for minutes in MINUTES:
        stamp = stamp_of(liaison, plan.now - timedelta(days=3))
        log_time(_person(liaison), kind="issue", minutes=minutes, stamp=stamp)
    note_unit_time(
        None,
        kind="meeting",
        hours=Decimal("2.75"),
        low=Decimal("2.25"),
        high=Decimal("3.25"),
        observed=24,
        how="Diaries of four liaisons over six weeks",
        stamp=director,
    )
    set_work_year(
        None,
        net_hours=1698,
        utilisation=Decimal("0.75"),
        reason="Leave, sickness and training as the District counts them",
        stamp=director,
    )
    keep_scenario(
        None,
        name="Two wards more at night",
        changes={"volumes": {"incident": 180}, "positions": 2},
        stamp=director,
    )


def _noted(name: str, plan: Plan) -> Party:
    return note_person(None, name=name, stamp=stamp_of(DIRECTOR, plan.now - timedelta(days=31)))


def _person(email: str) -> Party:
    found = get_person(email)
    assert found is not None
    return found
