"""Invented services that people are sent to, as another directory would send them in a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from wardroom.access.actor import Stamp
from wardroom.city.queries import get_ward
from wardroom.demonstration.loader import Plan, stamp_of, unless_done
from wardroom.directory.queries import get_party_of
from wardroom.engagement.actions import end_referral, make_referral, note_answers, note_gap
from wardroom.engagement.models import ReferredService, ServiceReferral
from wardroom.library.actions import load_needs, read_service_file, write_service_file
from wardroom.library.models import ListedService, Need
from wardroom.library.queries import service_preview
from wardroom.library.rules.needs import NEEDS, TAXONOMY, need_id
from wardroom.matters.models import Matter

SPACE = UUID("9d0c6f8e-1f0a-4a53-8a55-5d2a8a0f5b11")
LIAISON = "liaison5@wardroom.example"
WEEKDAYS, WEEK = "MO,TU,WE,TH,FR", "MO,TU,WE,TH,FR,SA,SU"
NAMES = {seed.code: seed.name for seed in NEEDS}
SPOKEN = {"es": "Spanish", "am": "Amharic", "zh": "Chinese", "fr": "French", "vi": "Vietnamese"}


@dataclass(frozen=True)
class Seed:
    """One service: who runs it, for which needs, when and where."""

    name: str
    run_by: str
    needs: tuple[str, ...]
    what: str
    phone: str
    days: str = WEEKDAYS
    hours: tuple[str, str] = ("09:00", "17:00")
    spoken: tuple[str, ...] = ()
    area: str = "District of Columbia"
    bring: str = ""
    ages: tuple[int | None, int | None] = (None, None)
    checked: int = 40
    at: tuple[float, float] = (38.93, -76.99)
    street: str = "100 Sample Street NE"
    alert: str = ""
    closed: bool = False
    interpreter: str = "By phone, in every language"


SEEDS = (
    Seed(
        "Wednesday and Saturday pantry", "Invented Neighbors' Table", ("food-pantry",),
        "Bags of groceries, once a week for each household.", "202-555-0110", "WE,SA",
        ("09:00", "13:00"), ("es",), "Ward 5", "A letter that shows your address",
    ),
    Seed(
        "Evening meals", "Invented Neighbors' Table", ("food-meals",),
        "A warm meal at a table. Nobody is asked for anything.", "202-555-0111", WEEK,
        ("17:00", "19:30"), ("es", "am"), checked=12, at=(38.91, -76.98),
        street="220 Sample Avenue NE", alert="No meals on public holidays; the pantry gives bags.",
    ),
    Seed(
        "Help with food benefits", "Schematic Benefits Desk", ("food-benefits", "bills-benefits"),
        "Fills in the application with you and follows it up.", "202-555-0112",
        spoken=("es", "am", "fr"), bring="An ID and your last pay slip", at=(38.9, -77.02),
        street="12 Model Place NW",
    ),
    Seed(
        "Rent that is overdue", "Schematic Housing Aid", ("housing-rent", "housing-eviction"),
        "Pays rent that is owed, up to three months, to keep people in their home.",
        "202-555-0113", hours=("10:00", "16:00"), bring="Lease; notice from the landlord; an ID",
        ages=(18, None), checked=210, at=(38.87, -76.97), street="31 Model Road SE",
    ),
    Seed(
        "Tenants' lawyers", "Schematic Legal Clinic", ("housing-eviction", "law-lawyer"),
        "A lawyer who goes to landlord court with you, free of charge.", "202-555-0114",
        "MO,WE", ("13:00", "18:00"), ("es", "zh"), at=(38.9, -77.01), street="5 Model Court NW",
    ),
    Seed(
        "Night shelter line", "Invented Shelter Line", ("housing-shelter",),
        "Finds a bed for tonight and sends a van.", "202-555-0115", WEEK, ("00:00", "00:00"),
        ("es",), checked=3, street="By phone",
    ),
    Seed(
        "Night clinic", "Model Health Center", ("health-clinic",),
        "A doctor without an appointment, insured or not.", "202-555-0116", "FR,SA",
        ("19:00", "02:00"), ("es", "am"), at=(38.94, -77.0), street="77 Sample Street NE",
    ),
    Seed(
        "Someone to talk to", "Invented Care Line", ("health-mind", "health-drugs"),
        "A trained listener, day and night, and help the same day.", "202-555-0117", WEEK,
        ("00:00", "00:00"), ("es", "zh", "vi"), checked=20, street="By phone",
    ),
    Seed(
        "Energy bills", "Schematic Energy Desk", ("bills-utility",),
        "Stops a shut-off and spreads what is owed.", "202-555-0118", spoken=("es",),
        bring="The bill", checked=400, at=(38.89, -76.95), street="9 Model Way NE",
    ),
    Seed(
        "English classes", "Sample Adult School", ("work-training",),
        "Four levels, mornings and evenings.", "202-555-0119", "TU,TH", ("18:00", "20:30"),
        ("es", "am", "fr"), ages=(18, None), at=(38.92, -77.03), street="40 Sample Road NW",
    ),
    Seed(
        "After-school room", "Sample Youth Room", ("family-youth",),
        "Homework, games and a snack.", "202-555-0120", WEEKDAYS, ("15:00", "18:30"),
        area="Wards 5 and 7", ages=(6, 14), at=(38.92, -76.97), street="61 Sample Street NE",
        interpreter="",
    ),
    Seed(
        "Rides for older people", "Invented Rides", ("older-ride",),
        "A ride to the doctor and back, booked two days ahead.", "202-555-0121",
        ages=(60, None), checked=70, street="By phone", closed=True,
        alert="No new riders until January 4: the vans are in the shop.",
    ),
)  # fmt: skip


def show_services(plan: Plan) -> int:
    """The tree of needs, and a file of services that a liaison brought in."""
    with unless_done():
        load_needs(None, stamp=plan.start)
    if not ListedService.objects.exists():
        stamp = stamp_of(LIAISON, plan.now - timedelta(days=30))
        data = json.dumps([_service(seed, plan) for seed in SEEDS]).encode()
        made = read_service_file(None, data=data, source="invented_services.json", stamp=stamp)
        digest = service_preview(made.pk, stamp.actor).digest
        write_service_file(made, digest=digest, stamp=stamp)
    return ListedService.objects.count()


def show_referrals(plan: Plan) -> int:
    """Referrals that helped, that did not, that are to be asked about now, and some gaps."""
    if ServiceReferral.objects.exists():
        return ServiceReferral.objects.count()
    asked = _sent(plan, "food-meals", "Evening meals", days=6)
    assert asked.state == "open"
    answers = ("helped", "did_not_help", "did_not_help", "did_not_help")
    for days, answer in zip((40, 34, 27, 20), answers, strict=True):
        name = "Energy bills" if answer != "helped" else "Tenants' lawyers"
        code = "bills-utility" if answer != "helped" else "law-lawyer"
        matter = _sent(plan, code, name, days=days)
        line = ReferredService.objects.get(referral__matter=matter)
        stamp = stamp_of(LIAISON, plan.now - timedelta(days=days - 6))
        note_answers(matter, answers={line.pk: answer}, stamp=stamp)
        if answer != "helped":
            end_referral(matter, outcome="nothing_fits", stamp=stamp)
    for number in range(6):
        stamp = stamp_of(LIAISON, plan.now - timedelta(days=12 + number))
        note_gap(Need.objects.get(pk=need_id("family-care")), language="es", **_whose(stamp))
    return ServiceReferral.objects.count()


def _sent(plan: Plan, code: str, name: str, *, days: int) -> Matter:
    stamp = stamp_of(LIAISON, plan.now - timedelta(days=days))
    made = make_referral(
        Need.objects.get(pk=need_id(code)),
        services=[ListedService.objects.get(name=name)],
        way="print",
        **_whose(stamp),
    )
    return made.matter


def _whose(stamp: Stamp) -> dict[str, Any]:
    ward = get_ward("5", stamp.at.date())
    return {"owner": get_party_of(stamp.actor), "ward": ward, "stamp": stamp}


def _key(*parts: str) -> str:
    return str(uuid5(SPACE, "/".join(parts)))


def _service(seed: Seed, plan: Plan) -> dict[str, Any]:
    name, checked = seed.name, plan.end - timedelta(days=seed.checked)
    return {
        "id": _key(name),
        "name": name,
        "status": "temporarily closed" if seed.closed else "active",
        "description": seed.what,
        "alert": seed.alert,
        "assured_date": checked.isoformat(),
        "assurer_email": "desk@directory.example",
        "minimum_age": seed.ages[0],
        "maximum_age": seed.ages[1],
        "fees_description": "Free",
        "interpretation_services": seed.interpreter,
        "organization": {
            "id": _key(seed.run_by),
            "name": seed.run_by,
            "description": "An invented organization",
        },
        "phones": [{"id": _key(name, "phone"), "number": seed.phone, "type": "voice"}],
        "schedules": [_hours(seed)],
        "service_areas": [{"id": _key(name, "area"), "name": seed.area}],
        "languages": [
            {"id": _key(name, code), "code": code, "name": SPOKEN[code]} for code in seed.spoken
        ],
        "required_documents": [
            {"id": _key(name, "bring", paper), "document": paper.strip()}
            for paper in seed.bring.split(";")
            if paper
        ],
        "service_at_locations": [] if seed.street == "By phone" else [_site(seed)],
        "attributes": [_need(seed, code) for code in seed.needs],
    }


def _hours(seed: Seed) -> dict[str, Any]:
    opens, closes = seed.hours
    return {
        "id": _key(seed.name, "hours"),
        "freq": "WEEKLY",
        "byday": seed.days,
        "opens_at": opens,
        "closes_at": closes,
    }


def _site(seed: Seed) -> dict[str, Any]:
    return {
        "id": _key(seed.name, "at"),
        "location": {
            "id": _key(seed.name, "site"),
            "name": seed.run_by,
            "location_type": "physical",
            "latitude": seed.at[0],
            "longitude": seed.at[1],
            "addresses": [
                {
                    "id": _key(seed.name, "address"),
                    "address_1": seed.street,
                    "city": "Washington",
                    "state_province": "DC",
                    "postal_code": "20000",
                    "country": "US",
                    "address_type": "physical",
                }
            ],
        },
    }


def _need(seed: Seed, code: str) -> dict[str, Any]:
    return {
        "id": _key(seed.name, "need", code),
        "link_entity": "service",
        "taxonomy_term": {
            "id": str(need_id(code)),
            "code": code,
            "name": NAMES[code],
            "taxonomy": TAXONOMY,
            "parent_id": str(need_id(code.partition("-")[0])),
            "taxonomy_id": str(need_id("taxonomy")),
        },
    }
