"""Loading the schematic district into an empty house, by the same actions as everybody.

Each step looks first whether it was done, so that a load which was cut off carries on.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from shapely import to_wkb

from wardroom.access.actor import SYSTEM, Actor, Role, Stamp, Window
from wardroom.access.gate import guard_pass
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.city.actions import Feature, load_boundaries
from wardroom.city.models import BoundarySet
from wardroom.city.rules import GROUND, GroundDraft
from wardroom.demonstration import district
from wardroom.demonstration.catalogue import AGENCIES, SERVICES
from wardroom.demonstration.grounds import pieces
from wardroom.demonstration.requests import write_csv
from wardroom.demonstration.rhythm import ZONE, first_day
from wardroom.directory.actions import (
    add_contact_point,
    add_party,
    add_service,
    hire_person,
)
from wardroom.directory.models import Party, Service
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Receipt
from wardroom.library.actions import load_reference_data, sort_services
from wardroom.library.queries import services_without_topic
from wardroom.service_requests.actions import add_feed
from wardroom.service_requests.gateways.importing import Summary, import_file
from wardroom.service_requests.models import Feed, ImportRun

FEED = "demonstration"
PASSWORD = "wardroom-demonstration"  # noqa: S105
BOUNDARIES_FROM = date(2000, 1, 1)
MARK = "demonstration"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in to the demonstration."""

    email: str
    name: str
    role: Role
    ward: str = ""
    agency: str = ""


PEOPLE = (
    Person("director@wardroom.example", "The Director", Role.DIRECTOR),
    *(
        Person(f"liaison{w}@wardroom.example", f"Liaison of Ward {w}", Role.LIAISON, ward=w)
        for w in district.WARDS
    ),
    *(
        Person(f"partner.{a.lower()}@wardroom.example", f"Partner at {a}", Role.PARTNER, agency=a)
        for a in AGENCIES
    ),
    Person("records@wardroom.example", "The Records Officer", Role.RECORDS),
)


@dataclass(frozen=True)
class Plan:
    """What is to be loaded."""

    requests: int
    seed: int
    end: date

    @property
    def now(self) -> datetime:
        """Noon of the last day, when the demonstration's clock stands."""
        return datetime.combine(self.end, time(12), tzinfo=ZONE)

    @property
    def start(self) -> Stamp:
        """The stamp of what was there before the first request."""
        begins = datetime.combine(first_day(self.end), time(8), tzinfo=ZONE)
        return Stamp(actor=SYSTEM, at=begins, window=Window.SHELL)


def mark() -> Path:
    """The file that says: this house holds the demonstration, and holds all of it."""
    return Path(settings.HOME) / MARK


def is_loaded() -> bool:
    """Whether the demonstration was loaded to its end, into this very database."""
    if not mark().exists() or mark().read_text().splitlines()[:1] != [_database()]:
        return False
    return Feed.objects.filter(code=FEED).exists()


def check_empty() -> None:
    """Refuse a house that holds another city's requests or boundaries."""
    what = ""
    if Feed.objects.exclude(code=FEED).exists():
        what = "requests"
    elif not Feed.objects.exists() and BoundarySet.objects.filter(schematic=False).exists():
        what = "boundaries"
    if what:
        raise Refused(
            "other_data",
            f"This database holds {what} of another city; the demonstration needs its own. "
            "Set WARDROOM_HOME or DATABASE_URL to an empty one.",
        )


def load_district(plan: Plan, *, say: Callable[[str], None]) -> None:
    """Load the library, the boundaries, the agencies and the people."""
    with unless_done():
        load_reference_data(None, stamp=plan.start)
    for kind in district.KINDS:
        shapes = district.boundaries(kind)
        digest = hashlib.sha256(b"".join(to_wkb(s.geometry) for s in shapes)).hexdigest()
        with unless_done():
            load_boundaries(
                None,
                kind=kind,
                valid_from=BOUNDARIES_FROM,
                features=[Feature(s.code, s.name, s.geometry) for s in shapes],
                source="Schematic demonstration district",
                digest=digest,
                schematic=True,
                stamp=plan.start,
            )
    grounds = _load_grounds(plan)
    say(f"boundaries: 8 wards, 43 ANCs, 345 single-member districts, {grounds} pieces of ground")
    _load_agencies(plan)
    for person in PEOPLE:
        _hire(person, plan)
    say(f"directory: {len(AGENCIES)} agencies, {len(SERVICES)} services, {len(PEOPLE)} people")


def _load_grounds(plan: Plan) -> int:
    made = pieces(seed=plan.seed)
    features = [
        Feature(
            piece.code,
            piece.name,
            piece.geometry,
            GroundDraft(piece.owner_code, piece.owner_name, piece.kind, piece.phone, piece.advice),
        )
        for piece in made
    ]
    with unless_done():
        load_boundaries(
            None,
            kind=GROUND,
            valid_from=BOUNDARIES_FROM,
            features=features,
            source="Schematic demonstration district",
            digest=hashlib.sha256(b"".join(to_wkb(p.geometry) for p in made)).hexdigest(),
            schematic=True,
            stamp=plan.start,
        )
    return len(made)


def load_requests(plan: Plan, *, progress: Callable[[int], None]) -> Summary | None:
    """Generate the requests and import them as any file is; None where they are there."""
    stamp = Stamp(actor=SYSTEM, at=plan.now, window=Window.SHELL)
    summary = None
    if not ImportRun.objects.filter(feed__code=FEED, state=ImportRun.State.DONE).exists():
        summary = _import_requests(plan, stamp, progress)
    if services_without_topic():
        sort_services(None, stamp=stamp)
    return summary


def _import_requests(plan: Plan, stamp: Stamp, progress: Callable[[int], None]) -> Summary:
    if not Feed.objects.filter(code=FEED).exists():
        add_feed(
            None,
            code=FEED,
            name="Schematic demonstration feed",
            zone="America/New_York",
            schematic=True,
            stamp=plan.start,
        )
    with tempfile.TemporaryDirectory(prefix="wardroom-demo-") as folder:
        path = Path(folder) / "demonstration_requests.csv"
        write_csv(path, plan.requests, seed=plan.seed, end=plan.end)
        return import_file(
            path, layout_word="plain-full", feed_code=FEED, stamp=stamp, progress=progress
        )


def begin_the_clock(at: datetime) -> int:
    """Let what has still to follow be due from now on: its lines carry made-up days."""
    waits = Receipt.objects.filter(state=Receipt.State.DUE, next_try_at__lt=at)
    with guard_pass("the days of the demonstration are made up"):
        return waits.update(next_try_at=at)


def finish(plan: Plan) -> None:
    """Mark the house as the demonstration; pages say so from now on."""
    mark().parent.mkdir(parents=True, exist_ok=True)
    mark().write_text(f"{_database()}\n{plan.requests} requests, seed {plan.seed}, {plan.end}\n")


def stamp_of(email: str, at: datetime) -> Stamp:
    """The stamp of one of the demonstration's people at an instant."""
    return Stamp(actor=actor_of(email, at), at=at, window=Window.SHELL)


def actor_of(email: str, at: datetime) -> Actor:
    """One of the demonstration's people, as they may act on that day."""
    return actor_for(User.objects.get(email=email), on=at.date())


@contextmanager
def unless_done() -> Iterator[None]:
    """Let one refusal pass: what was refused is there already."""
    try:
        yield
    except Refused as no:
        if no.code != "nothing_new":
            raise


def _load_agencies(plan: Plan) -> None:
    known = {p.code: p for p in Party.objects.exclude(code="")}
    for code, name in AGENCIES.items():
        if code not in known:
            known[code] = add_party(
                None, kind="organisation", name=name, code=code, agency=True, stamp=plan.start
            )
            add_contact_point(
                known[code],
                channel="email",
                value=f"desk.{code.lower()}@wardroom.example",
                consent=True,
                stamp=plan.start,
            )
    there = set(Service.objects.values_list("code", flat=True))
    for seed in SERVICES:
        if seed.code not in there:
            add_service(known[seed.agency], code=seed.code, name=seed.name, stamp=plan.start)


def _hire(person: Person, plan: Plan) -> None:
    if User.objects.filter(email=person.email).exists():
        return
    hire_person(
        None,
        email=person.email,
        name=person.name,
        password=PASSWORD,
        role=person.role,
        since_on=first_day(plan.end) - timedelta(days=30),
        ward_code=person.ward,
        agency_code=person.agency,
        stamp=plan.start,
    )


def _database() -> str:
    at = connection.settings_dict
    where = f"{at['ENGINE']} {at['NAME']} {at['HOST']} {at.get('OPTIONS', {}).get('host', '')}"
    return hashlib.sha256(where.encode()).hexdigest()[:32]
