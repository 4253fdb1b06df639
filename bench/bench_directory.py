"""The brief, the directory and the map of silence with 50,000 parties and 20,000 events.

The commissions are made by the house's own action from the boundaries; people, how to reach
them, what they reported, lines about them and events are written as rows. Measured is the whole
page through a signed-in browser, the session, the roles and the frame with it.
"""

from __future__ import annotations

import shutil
import statistics
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.figures import MILLION, Figure, Scale, measured_in_child
from bench.homes import END, environment, wardroom

PARTIES, EVENTS, TOUCHES_EACH = 50_000, 20_000, 2
STATEMENTS, TIMES = 30, 15
BARS = {"brief": 300.0, "map of silence": 500.0}
LIAISON, DIRECTOR = "liaison5@wardroom.example", "director@wardroom.example"


def run(scale: Scale) -> list[Figure]:
    """The city is filled, then each page is opened warm."""
    share = min(1.0, scale.rows / MILLION)
    home = scale.folder / "directory"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    wardroom(home, "setup")
    filled = measured_in_child(
        "bench.bench_directory:fill",
        environment=environment(home),
        parties=int(PARTIES * share),
        events=int(EVENTS * share),
    )
    figures = [
        Figure(
            name=f"a directory of {filled.value['parties']:,} is filled",
            rows=filled.value["parties"],
            seconds=filled.seconds,
            peak_mb=filled.peak_mb,
        )
    ]
    got = measured_in_child("bench.bench_directory:measure", environment=environment(home))
    for name, one in got.value.items():
        most = next((ms for start, ms in BARS.items() if name.startswith(start)), 0.0)
        fits = one["wall_ms"] <= most and one["statements"] <= STATEMENTS
        figures.append(
            Figure(
                name=name,
                rows=filled.value["parties"],
                seconds=one["wall_ms"] / 1000,
                peak_mb=got.peak_mb,
                bar=f"{most:.0f} ms, {STATEMENTS} SQL" if most else "",
                ok=fits if most and scale.counts else None,
                note=f"{one['wall_ms']:.1f} ms, {one['statements']} SQL",
                extra=one,
            )
        )
    return figures


def prepare() -> None:
    """Django stands before the clock starts; style sheets are named without a manifest."""
    from bench.bench_candidate_pages import prepare as stand

    stand()


def fill(*, parties: int, events: int) -> dict[str, int]:
    """Put the city, its commissions, people, lines and events into the database."""
    from wardroom.access.gate import guard_pass
    from wardroom.demonstration.loader import Plan, load_district, stamp_of
    from wardroom.directory.actions import make_commissions

    plan = Plan(requests=0, seed=5, end=date.fromisoformat(END))
    load_district(plan, say=lambda _: None)
    make_commissions(None, stamp=stamp_of(DIRECTOR, plan.now))
    with guard_pass("a benchmark"):
        people = _people(parties)
        _hold_seats(people, plan.now)
        _lines(people, plan.now)
        _events(events, plan.now, people)
    _plan_outreach(plan)
    return {"parties": len(people)}


def _people(count: int) -> list[Any]:
    from wardroom.directory.models import Consent, ContactPoint, Party
    from wardroom.directory.rules import LANGUAGES, match_key

    spoken = list(LANGUAGES)
    made = Party.objects.bulk_create(
        (
            Party(kind="person", name=f"Neighbor {n}", language=spoken[n % len(spoken)])
            for n in range(count)
        ),
        batch_size=2000,
    )
    points = ContactPoint.objects.bulk_create(
        (
            ContactPoint(
                party=party,
                channel="email",
                value=f"neighbor{n}@city.example",
                match=match_key("email", f"neighbor{n}@city.example"),
            )
            for n, party in enumerate(made)
        ),
        batch_size=2000,
    )
    at = datetime.fromisoformat(f"{END}T12:00:00+00:00")
    Consent.objects.bulk_create(
        (
            Consent(point=p, purpose="progress", given=bool(n % 3), at=at, by="A liaison")
            for n, p in enumerate(points)
        ),
        batch_size=2000,
    )
    return list(made)


def _hold_seats(people: list[Any], now: datetime) -> None:
    from wardroom.directory.models import Seat, Tenure

    seats = Seat.objects.filter(district__isnull=False).order_by("smd_code")
    Tenure.objects.bulk_create(
        Tenure(seat=seat, party=person, since_on=now.date() - timedelta(days=400))
        for seat, person in zip(seats, people, strict=False)
    )


def _lines(people: list[Any], now: datetime) -> None:
    """Two contacts with everybody, and some hundred with the commissioners."""
    from wardroom.access.models import User
    from wardroom.ledger.models import About, Entry

    staff = list(User.objects.order_by("pk")[:10])
    whom = [p for p in people for _ in range(TOUCHES_EACH)] + people[:345] * 100
    entries = Entry.objects.bulk_create(
        (
            Entry(
                uid=uuid.uuid4(),
                at=now - timedelta(hours=n % 9000),
                actor=staff[n % len(staff)],
                actor_name=staff[n % len(staff)].name,
                window="web",
                kind="ContactLogged",
                ward_code=str(n % 8 + 1),
                sentence="A call: thanks for the new lights",
                body={},
            )
            for n in range(len(whom))
        ),
        batch_size=2000,
    )
    About.objects.bulk_create(
        (
            About(entry=entry, noun="party", key=str(person.pk))
            for entry, person in zip(entries, whom, strict=True)
        ),
        batch_size=5000,
    )


def _events(count: int, now: datetime, people: list[Any]) -> None:
    """Events before and after today; at each that is over, three people were present."""
    from wardroom.calendar.models import Event, Participation

    now = now.astimezone(UTC)
    made = Event.objects.bulk_create(
        (
            Event(
                kind="joint_work_day",
                title=f"Work day {n}",
                starts_at=now + timedelta(hours=n % 17_000 - 8_500),
                ends_at=now + timedelta(hours=n % 17_000 - 8_499),
                ward_code=str(n % 8 + 1),
                state="held" if n % 17_000 < 8_500 else "planned",
                planned_at=now,
                planned_by="A liaison",
            )
            for n in range(count)
        ),
        batch_size=2000,
    )
    Participation.objects.bulk_create(
        (
            Participation(
                event=event,
                party=people[(n * 3 + k) % len(people)],
                role="guest",
                attended="present",
                added_at=now,
            )
            for n, event in enumerate(made)
            if event.state == "held"
            for k in range(3)
        ),
        batch_size=5000,
    )


def _plan_outreach(plan: Any) -> None:
    """A plan of the city, and every contact counted anew, as after an upgrade."""
    from wardroom.demonstration.loader import stamp_of
    from wardroom.directory.models import Party
    from wardroom.engagement.actions import adopt_outreach_plan, count_contacts_anew

    adopt_outreach_plan(
        None,
        title="Reach everybody",
        starts_on=plan.end - timedelta(days=30),
        ends_on=plan.end + timedelta(days=60),
        reserve=33,
        targets="Each SMD: 1 in 60 days\nEach ward: 20 in 30 days\nEach language: 9 in 90 days",
        owner=Party.objects.get(user__email=DIRECTOR),
        next_on=plan.end + timedelta(days=20),
        stamp=stamp_of(DIRECTOR, plan.now),
    )
    count_contacts_anew()


def measure() -> dict[str, Any]:
    """Median wall time of each page after two warm calls, and its statements."""
    from django.contrib.auth.signals import user_logged_in
    from django.test import Client

    from wardroom.access.models import User
    from wardroom.directory.models import Party, Seat

    user_logged_in.disconnect(dispatch_uid="update_last_login")
    client = Client()
    client.force_login(User.objects.get(email=LIAISON))
    seat = Seat.objects.filter(ward_code="5", district__isnull=False).order_by("smd_code")[0]
    commissioner = seat.tenures.get().party_id
    resident = Party.objects.order_by("-pk")[0].pk
    pages = {
        "brief of a commissioner": f"/people/{commissioner}/brief/",
        "brief of a resident": f"/people/{resident}/brief/",
        "brief of an ANC": f"/people/{seat.organisation_id}/brief/",
        "directory, first page": "/people/",
        "directory, a ward": "/people/?ward=5",
        "directory, no contact in 90 days": "/people/?quiet=90",
        "directory, vacant seats": "/people/?waits=vacancy",
        "perhaps the same": "/people/twins/",
    }
    found = {name: _cost(client, path) for name, path in pages.items()}
    client.force_login(User.objects.get(email=DIRECTOR))
    city = {
        "map of silence, the city": "/outreach/",
        "map of silence, as drawn": "/feeds/silence.geojson",
        "map of silence, one language": "/outreach/?language=am",
        "map of silence, by language": "/outreach/?by=language",
        "next touches, the city": "/outreach/touches/",
    }
    return found | {name: _cost(client, path) for name, path in city.items()}


def _cost(client: Any, path: str) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def call() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    for _ in range(2):
        call()
    walls = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        call()
        walls.append(time.perf_counter() - begun)
    with CaptureQueriesContext(connection) as captured:
        call()
    return {"wall_ms": 1000 * statistics.median(walls), "statements": len(captured)}
