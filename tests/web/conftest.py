"""A small office at work, and browsers for the people who look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.calendar.table import met, work_day
from tests.cast import HIRES, HOUSE, PASSWORD, Cast, make_agencies
from tests.conftest import NOON
from tests.fieldwork.outings import outing
from tests.fieldwork.rounds import drawn, look_at, stops_of
from tests.ground import DUE, NEXT, make_ground
from tests.notices.letters import letter
from tests.problems.evaluations import registered, told
from tests.remembered import begin, remembered_with_files
from tests.trouble import Trouble, load_topics, make_trouble
from tests.web.standing import Standing, of_the_office, taken_back, writes_for_others
from wardroom.calendar.models import Event
from wardroom.casework.actions import go_on_with_batch, prepare_batch, take_complaint, take_mail
from wardroom.casework.models import Batch
from wardroom.city.models import Place
from wardroom.directory.actions import add_user, note_person
from wardroom.directory.models import Party
from wardroom.fieldwork.actions import record_check
from wardroom.fieldwork.models import CheckRound, Walk
from wardroom.ledger.models import Entry, Mention
from wardroom.matters.actions import accept_ask, add_task, capture_line, start_handover
from wardroom.matters.models import Ask, Handover, Matter
from wardroom.notices.actions import claim_message, note_refused, queue_message
from wardroom.notices.models import Message, Received
from wardroom.plans.actions import adopt_plan, agree_improvement, open_initiative
from wardroom.plans.rules import StepDraft
from wardroom.problems.actions import decide_candidate, keep_verdict, nominate_place
from wardroom.problems.models import Candidate, Evaluation, Nomination, PersistentLocation
from wardroom.reporting.actions import draft_weekly_report, edit_report, sign_report
from wardroom.reporting.gateways import measure
from wardroom.reporting.models import Edition
from wardroom.service_requests.models import ServiceRequest

ROLES = (
    "anonymous", "nobody", "liaison5", "liaison7", "director", "records",
    "partner_dpw", "partner_ddot",
)  # fmt: skip
WEEK, WEEK_BEFORE = "2026-W47", "2026-W46"


@pytest.fixture(autouse=True)
def fixed_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at_noon(monkeypatch)


def stop_at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edge, the one place that asks the clock, is told that it is the fixed noon."""
    clock = SimpleNamespace(now=lambda: NOON, localdate=timezone.localdate)
    monkeypatch.setattr("wardroom.web.edge.timezone", clock)


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """Sign-ins are counted in the cache; each test begins to count at nothing."""
    cache.clear()
    yield
    cache.clear()


SignIn = Callable[[Cast | str | None], Client]


@pytest.fixture
def sign_in() -> SignIn:
    return open_site


def open_site(who: Cast | str | None) -> Client:
    """Opens a browser for somebody of the cast, for an e-mail address, or for a visitor."""
    client = Client()
    if who is not None:
        email = who if isinstance(who, str) else who.email
        sent = {"login": email, "password": PASSWORD}
        assert client.post("/account/login/", sent).status_code == 302
    return client


@dataclass(frozen=True)
class World:
    """Wards 5 and 7 at work: in each a candidate, a location with an ask, and reports."""

    candidates: Mapping[str, Candidate]
    matters: Mapping[str, Matter]
    asks: Mapping[str, Ask]
    drafts: Mapping[str, Edition]
    signed: Mapping[str, Edition]
    requests: Mapping[str, ServiceRequest]
    message: Message
    mail: Received
    clients: Mapping[str, Client]
    tasks: Mapping[str, Ask] = field(default_factory=dict)
    cast: Mapping[str, Cast] = field(default_factory=dict)
    issues: Mapping[str, Matter] = field(default_factory=dict)
    people: Mapping[str, Party] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def mentions(self) -> Mapping[str, int]:
        """The name in each ward's line that nobody knows yet."""
        return {ward: unknown_in(line) for ward, line in self.lines.items()}

    batches: Mapping[str, Batch] = field(default_factory=dict)
    issue_tasks: Mapping[str, Ask] = field(default_factory=dict)
    handovers: Mapping[str, Handover] = field(default_factory=dict)
    evaluations: Mapping[str, Evaluation] = field(default_factory=dict)
    rounds: Mapping[str, CheckRound] = field(default_factory=dict)
    meetings: Mapping[str, Event] = field(default_factory=dict)
    work_days: Mapping[str, Event] = field(default_factory=dict)
    initiatives: Mapping[str, Matter] = field(default_factory=dict)
    improvements: Mapping[str, Matter] = field(default_factory=dict)
    nominations: Mapping[str, Nomination] = field(default_factory=dict)
    walks: Mapping[str, Walk] = field(default_factory=dict)


def plan_words(agency: str) -> dict[str, object]:
    """A sound first plan with one ask of this agency."""
    return {
        "objective": "No dumping in the alley",
        "measure": "Episodes in a year",
        "baseline": 12.0,
        "target": 3.0,
        "target_on": date(2027, 11, 1),
        "review_on": date(2027, 2, 1),
        "steps": [StepDraft(agency, f"Clear it, {agency}", "", DUE)],
    }


def take_on(candidate: Candidate, agency: str, who: Cast) -> Matter:
    """A candidate designated by this person, planned, and looked at once."""
    decide_candidate(
        candidate, verdict="designate", reason="It keeps coming back", next_on=NEXT, stamp=who.stamp
    )
    matter = Matter.objects.get(kind="persistent_location", ward_code=candidate.ward_code)
    adopt_plan(matter, **plan_words(agency), stamp=who.stamp)  # type: ignore[arg-type]
    record_check(
        matter,
        seen_at=NOON - timedelta(hours=2),
        finding="partly",
        rating=2,
        note="Bags again",
        stamp=who.stamp,
    )
    return matter


def failed_message() -> Message:
    """A message that could not be delivered."""
    asked = Entry.objects.filter(kind="AskRequested").order_by("pk")[0]
    message = queue_message(
        None,
        entry_id=asked.pk,
        to_name="DPW",
        to_address="desk@dpw.example",
        subject="Asked: clear the alley",
        text="Please clear it.",
        stamp=HOUSE,
    )
    assert claim_message(message.pk, stamp=HOUSE) is not None
    note_refused(message.pk, error="no such desk", stamp=HOUSE)
    return Message.objects.get(pk=message.pk)


def mail_in() -> Received:
    """A message that waits for a person to say where it belongs."""
    received = take_mail(letter().as_bytes(), stamp=HOUSE)
    assert received is not None
    return received


def taken_in(matter: Matter, who: Cast) -> Matter:
    """An issue at the place of a location, as somebody called it in."""
    complaint = take_complaint(
        matter.place, said="Bags again", channel="phone", anonymous=True, stamp=who.stamp
    )
    return complaint.matter


def caller(matter: Matter, who: Cast) -> Party:
    """Somebody who gave a name, and reported at the place of a location."""
    ward = matter.ward_code
    person = note_person(
        None,
        name=f"Caller of {ward}00 Alley",
        phone=f"202-555-010{ward}",
        consent=True,
        consent_how="said so",
        stamp=who.stamp,
    )
    take_complaint(matter.place, said="Rats", channel="phone", reporter=person, stamp=who.stamp)
    return person


def written(who: Cast, ward: str) -> int:
    """A line of this ward that names somebody nobody knows."""
    text = f"Met @nobody_of_{ward} for $1,200"
    return int(capture_line(None, text=text, ward_code=ward, stamp=who.stamp).pk)


def unknown_in(entry_id: int) -> int:
    """The number of the name in a line that is still unknown."""
    return int(Mention.objects.get(entry_id=entry_id, key="").pk)


def evaluated(matter: Matter, who: Cast) -> Evaluation:
    """An evaluation of a location, looked at once."""
    evaluation = registered(PersistentLocation.objects.get(matter=matter), who=who)
    keep_verdict(evaluation, told=told(), stamp=HOUSE)
    return evaluation


def nominated(ward: str, who: Cast) -> Nomination:
    """A place of a ward that its liaison put forward."""
    return nominate_place(
        Place.objects.get(key=1000 + int(ward)),
        source="liaison",
        nominated_by=who.party.name,
        topic_code="dumping",
        reason="Bags every week",
        stamp=who.stamp,
    )


def walked(ward: str, who: Cast) -> CheckRound:
    """A round of spot checks in a ward, with one stop looked at."""
    row = drawn(who, ward_code=ward, checks=4)
    look_at(stops_of(row)[0], who, "not_fixed", note="Bags again")
    return row


def together(matter: Matter, who: Cast) -> Matter:
    """An initiative in the ward of a location, with a plan of one ask."""
    initiative = open_initiative(
        None,
        kind="initiative",
        title=f"Open houses in Ward {matter.ward_code}",
        about="Open houses draw dumping",
        lead=who.party,
        next_on=NEXT,
        ward=matter.ward,
        stamp=who.stamp,
    )
    adopt_plan(initiative, **plan_words("DOB"), stamp=who.stamp)  # type: ignore[arg-type]
    return initiative


def improved(matter: Matter, who: Cast) -> Matter:
    """An improvement in the ward of a location, found by nobody's assessment."""
    made = agree_improvement(
        None,
        entity_name=f"The school of {matter.ward_code}00 Alley",
        wording="Lock the gate at ten",
        authority="The gate is the school's own",
        agreed_on=NOON.date(),
        found_by="Bags every morning",
        owner=who.party,
        next_on=NEXT,
        ward=matter.ward,
        stamp=who.stamp,
    )
    return made.matter


def previewed(matter: Matter, who: Cast) -> Batch:
    """A change to one issue as many would be changed, with its preview."""
    batch = prepare_batch(
        None,
        verb="next",
        words={"next_on": "2026-12-24", "next_step": "Look again"},
        said="Next on Thursday, December 24, 2026: Look again",
        issues=[matter.pk],
        stamp=who.stamp,
    )
    return go_on_with_batch(batch, rows=5, stamp=who.stamp)


def at_work(
    trouble: Trouble,
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    partner_ddot: Cast,
    records_officer: Cast,
) -> World:
    """The office at work; DPW is asked in ward 5 and has promised, DDOT is asked in ward 7."""
    add_user(
        None, email="nobody@example.org", name="Without a role", password=PASSWORD, stamp=HOUSE
    )
    measure(stamp=HOUSE)
    liaisons = {"5": liaison5, "7": liaison7}
    chosen = {"5": trouble.candidate(1), "7": trouble.candidate(3)}
    matters = {
        ward: take_on(chosen[ward], agency, liaisons[ward])
        for ward, agency in (("5", "DPW"), ("7", "DDOT"))
    }
    asks = {
        ward: Ask.objects.get(matter=matter, kind="referral") for ward, matter in matters.items()
    }
    accept_ask(asks["5"], promised_on=DUE, text="A crew is booked", stamp=partner_dpw.stamp)
    drafts, signed = {}, {}
    for ward, who in liaisons.items():
        before = draft_weekly_report(None, ward_code=ward, week=WEEK_BEFORE, stamp=who.stamp)
        edit_report(before, narrative={"summary": "The alley is back"}, stamp=who.stamp)
        signed[ward] = sign_report(before, stamp=who.stamp)
        drafts[ward] = draft_weekly_report(None, ward_code=ward, week=WEEK, stamp=who.stamp)
    cast = {
        "director": director, "liaison5": liaison5, "liaison7": liaison7,
        "partner_dpw": partner_dpw, "partner_ddot": partner_ddot, "records": records_officer,
    }  # fmt: skip
    issues = {ward: taken_in(matters[ward], who) for ward, who in liaisons.items()}
    asked = {ward: asks[ward].party for ward in liaisons}
    return World(
        candidates={"5": trouble.candidate(2), "7": chosen["7"]},
        matters=matters,
        asks={
            ward: Ask.objects.get(matter=matter, kind="referral")
            for ward, matter in matters.items()
        },
        drafts=drafts,
        signed=signed,
        requests={
            ward: ServiceRequest.objects.filter(ward_code=ward).order_by("pk")[0]
            for ward in liaisons
        },
        message=failed_message(),
        mail=mail_in(),
        tasks={
            ward: add_task(
                matters[ward], party=who.party, wording="Ring them", due_on=DUE, stamp=who.stamp
            )
            for ward, who in liaisons.items()
        },
        clients={
            "anonymous": open_site(None),
            "nobody": open_site("nobody@example.org"),
            **{name: open_site(who) for name, who in cast.items()},
        },
        cast=cast,
        people={ward: caller(matters[ward], who) for ward, who in liaisons.items()},
        lines={ward: written(who, ward) for ward, who in liaisons.items()},
        issues=issues,
        batches={ward: previewed(issues[ward], who) for ward, who in liaisons.items()},
        issue_tasks={
            ward: add_task(
                issues[ward], party=who.party, wording="Go and look", due_on=DUE, stamp=who.stamp
            )
            for ward, who in liaisons.items()
        },
        evaluations={ward: evaluated(matters[ward], who) for ward, who in liaisons.items()},
        rounds={ward: walked(ward, who) for ward, who in liaisons.items()},
        meetings={w: met(matters[w], asked[w], who) for w, who in liaisons.items()},
        work_days={w: work_day(matters[w], asked[w], who) for w, who in liaisons.items()},
        initiatives={ward: together(matters[ward], who) for ward, who in liaisons.items()},
        improvements={ward: improved(matters[ward], who) for ward, who in liaisons.items()},
        nominations={ward: nominated(ward, who) for ward, who in liaisons.items()},
        walks={ward: outing(who, ward, director) for ward, who in liaisons.items()},
        handovers={
            ward: start_handover(who.party, why="A detail", last_on=DUE, stamp=director.stamp)
            for ward, who in liaisons.items()
        },
    )


def lend(office: Standing, folder: Path) -> Standing:
    """The office as it was built before, for another folder of files."""
    return office.lent(folder)


@partial(remembered_with_files, lent=lend)
def build(folder: Path) -> Standing:
    """The office from its foundations, with its files in this folder."""
    ground, agencies = make_ground(), make_agencies()
    load_topics()
    trouble = make_trouble(folder)
    people = {name: join() for name, join in HIRES.items()}
    parts = {"ground": ground, "agencies": agencies, "trouble": trouble, **people}
    return Standing(at_work(trouble, **people), parts)


@pytest.fixture(scope="module")
def standing(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Standing | None]:
    """The office for a module of tests; none where its tests commit what they write."""
    if writes_for_others(request.node):
        yield None
        return
    folder = tmp_path_factory.mktemp("office")
    with django_db_blocker.unblock(), taken_back():
        with pytest.MonkeyPatch.context() as patch:
            stop_at_noon(patch)
            patch.setattr(settings, "FILES_ROOT", folder / "home" / "files")
            begin()
            built = build(folder)
            begin(None)
        yield built


@pytest.fixture
def lent(
    request: pytest.FixtureRequest,
    standing: Standing | None,
    db: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Standing:
    """The office as this test has it."""
    if writes_for_others(request.node) and standing:
        pytest.fail("What commits goes into a module that says so for all of it (pytestmark)")
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path / "home" / "files")
    return standing.lent(tmp_path) if standing else build(tmp_path)


@pytest.fixture
def world(lent: Standing) -> World:
    """The office at work; see `at_work`."""
    return lent.world


agencies = of_the_office("agencies")
director = of_the_office("director")
ground = of_the_office("ground")
liaison5 = of_the_office("liaison5")
liaison7 = of_the_office("liaison7")
partner_ddot = of_the_office("partner_ddot")
partner_dpw = of_the_office("partner_dpw")
records_officer = of_the_office("records_officer")
trouble = of_the_office("trouble")
