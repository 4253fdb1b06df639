"""A small office at work, and browsers for the people who look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

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
from tests.ground import DUE, make_ground
from tests.hiring.jobs import applied_for
from tests.office.funds import money_at_work
from tests.office.people import appointed, helping, learned, placed
from tests.records.asking import found_for
from tests.remembered import begin, remembered_with_files
from tests.retention.keeping import held, put_together
from tests.trouble import Trouble, load_topics, make_trouble
from tests.web.bodies import body_met
from tests.web.community import (
    carrier,
    convened,
    grouped,
    held_to,
    listed,
    owed,
    promised,
    reaching_out,
    referred,
    talked_about,
    told_what_worked,
    voted,
    worked_on,
)
from tests.web.duties import Duties, on_duty
from tests.web.elsewhere import drifted, other_system, sent_on
from tests.web.makers import (
    across_wards,
    caller,
    evaluated,
    failed_message,
    given_up,
    imported,
    improved,
    made_public,
    mail_in,
    nominated,
    previewed,
    take_on,
    taken_in,
    together,
    told_of_others,
    unknown_in,
    walked,
    written,
)
from tests.web.news import drafted, subscribed
from tests.web.standing import Standing, of_the_office, taken_back, writes_for_others
from tests.web.visits import visited
from tests.web.warnings import flooded, warned
from wardroom.calendar.models import Event
from wardroom.casework.models import Batch
from wardroom.directory.actions import add_user
from wardroom.directory.models import Party
from wardroom.engagement.models import Circular, Group, Program, Strategy, Subscription
from wardroom.fieldwork.models import CheckRound, Walk
from wardroom.hiring.models import Posting
from wardroom.matters.actions import accept_ask, add_task, start_handover
from wardroom.matters.models import Ask, Handover, Matter
from wardroom.notices.models import Message, Received
from wardroom.office.models import Fund, Position, ResidencyClock, Term, Training
from wardroom.problems.models import Candidate, Evaluation, Nomination
from wardroom.reporting.actions import draft_weekly_report, edit_report, sign_report
from wardroom.reporting.gateways import measure
from wardroom.reporting.models import Edition
from wardroom.service_requests.models import Drift, Endpoint, ServiceRequest, Submission

if TYPE_CHECKING:
    from tests.web.looking import Look

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
    terms: Mapping[str, Term] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)
    trainings: Mapping[str, Training] = field(default_factory=dict)
    clocks: Mapping[str, ResidencyClock] = field(default_factory=dict)
    papers: Mapping[str, Matter] = field(default_factory=dict)
    promises: Mapping[str, Matter] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    works: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    campaigns: Mapping[str, Matter] = field(default_factory=dict)
    outreach_plans: Mapping[str, Matter] = field(default_factory=dict)
    strategies: Mapping[str, Strategy] = field(default_factory=dict)
    body_meetings: Mapping[str, Matter] = field(default_factory=dict)
    visits: Mapping[str, Matter] = field(default_factory=dict)
    subscriptions: Mapping[str, Subscription] = field(default_factory=dict)
    circular: Circular | None = None
    convened: Mapping[str, Event] = field(default_factory=dict)
    owed: Mapping[str, Matter] = field(default_factory=dict)
    held_to: Mapping[str, Matter] = field(default_factory=dict)
    programs: Mapping[str, Program] = field(default_factory=dict)
    nominations: Mapping[str, Nomination] = field(default_factory=dict)
    walks: Mapping[str, Walk] = field(default_factory=dict)
    imports: Mapping[str, int] = field(default_factory=dict)
    service_file: int = 0
    referrals: Mapping[str, Matter] = field(default_factory=dict)
    policies: Mapping[str, Matter] = field(default_factory=dict)
    alerts: Mapping[str, int] = field(default_factory=dict)
    incidents: Mapping[str, Matter] = field(default_factory=dict)
    endpoint: Endpoint | None = None
    submissions: Mapping[str, Submission] = field(default_factory=dict)
    drifts: Mapping[str, Drift] = field(default_factory=dict)
    fund: Fund | None = None
    duties: Duties = field(default_factory=Duties)
    postings: Mapping[str, Posting] = field(default_factory=dict)
    records_request: int = 0
    given_up: int = 0
    legal_hold: int = 0
    disposal: int = 0


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
    told_of_others(director)
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
    pantries = listed(liaison5)
    for ward, who in liaisons.items():
        made_public(matters[ward], who, director)
    elsewhere = other_system(director)
    sent = {ward: sent_on(matters[ward], who, elsewhere) for ward, who in liaisons.items()}
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
        imports={ward: imported(who, ward) for ward, who in liaisons.items()},
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
        terms={ward: helping(ward, director) for ward in liaisons},
        positions={ward: placed(ward, director) for ward in liaisons},
        trainings={ward: learned(who, director) for ward, who in liaisons.items()},
        clocks={ward: appointed(who, director) for ward, who in liaisons.items()},
        papers={ward: voted(matters[ward], who) for ward, who in liaisons.items()},
        held_to={ward: held_to(matters[ward], who, director) for ward, who in liaisons.items()},
        programs={ward: carrier(ward, who) for ward, who in liaisons.items()},
        groups={ward: grouped(matters[ward], who) for ward, who in liaisons.items()},
        works={ward: worked_on(matters[ward], who, director) for ward, who in liaisons.items()},
        owed={ward: owed(matters[ward], asked[ward], who) for ward, who in liaisons.items()},
        convened={ward: convened(ward, who) for ward, who in liaisons.items()},
        promises={ward: promised(matters[ward], who) for ward, who in liaisons.items()},
        campaigns=dict.fromkeys(liaisons, across_wards(director)),
        outreach_plans={ward: reaching_out(matters[ward], who) for ward, who in liaisons.items()},
        strategies={ward: told_what_worked(who) for ward, who in liaisons.items()},
        body_meetings={ward: body_met(matters[ward], who) for ward, who in liaisons.items()},
        visits={ward: visited(matters[ward], who, director) for ward, who in liaisons.items()},
        subscriptions={ward: subscribed(ward, who) for ward, who in liaisons.items()},
        circular=drafted(liaison5),
        nominations={ward: nominated(ward, who) for ward, who in liaisons.items()},
        walks={ward: outing(who, ward, director) for ward, who in liaisons.items()},
        service_file=pantries,
        referrals={ward: referred(matters[ward], who) for ward, who in liaisons.items()},
        policies=dict.fromkeys(liaisons, talked_about(director)),
        alerts={ward: warned(ward, who) for ward, who in liaisons.items()},
        incidents={ward: flooded(matters[ward], who) for ward, who in liaisons.items()},
        endpoint=elsewhere,
        submissions=sent,
        fund=money_at_work(director),
        drifts={ward: drifted(row) for ward, row in sent.items()},
        duties=on_duty(director, liaisons),
        postings={ward: applied_for(director, who) for ward, who in liaisons.items()},
        records_request=found_for(director),
        given_up=given_up(),
        legal_hold=held(director, person="Ada Reporter").pk,
        disposal=put_together(records_officer),
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


@pytest.fixture(scope="session")
def looks() -> list[Look]:
    """The one look at every page that this run has taken, once it has."""
    return []


@pytest.fixture
def looked(world: World, looks: list[Look]) -> Look:
    """Every page of the office as everybody gets it; see `tests.web.looking`."""
    from tests.web.looking import look_at_all

    if not looks:
        looks.append(look_at_all(world))
    return looks[0]


agencies = of_the_office("agencies")
director = of_the_office("director")
ground = of_the_office("ground")
liaison5 = of_the_office("liaison5")
liaison7 = of_the_office("liaison7")
partner_ddot = of_the_office("partner_ddot")
partner_dpw = of_the_office("partner_dpw")
records_officer = of_the_office("records_officer")
trouble = of_the_office("trouble")
