"""What stands in a used office and is not in the small one: each costs its page a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE, AskMaker
from tests.notices.letters import letter
from tests.office.funds import certified, make_fund, moved
from tests.office.people import detail
from tests.web.conftest import World
from wardroom.access.actor import NOBODY, Stamp
from wardroom.calendar.actions import EventDraft, add_participation, plan_event
from wardroom.casework.actions import close_issue, place_message, take_complaint, take_mail
from wardroom.engagement.actions import accept_sign_up, change_outreach_plan, sign_up
from wardroom.engagement.models import Group
from wardroom.matters.actions import add_task, counter_ask, link_matters
from wardroom.matters.models import Ask, Matter
from wardroom.notices.models import Received
from wardroom.office.actions import PurposeDraft, agree_term, allocate_money, hold_position
from wardroom.office.models import Position
from wardroom.reporting.actions import answer_need, draft_weekly_report
from wardroom.reporting.models import Edition
from wardroom.reporting.rules.items import items_of


def with_every_kind(world: World, ask_in: AskMaker) -> None:
    """At least one of every kind of row that the fullest pages of the office show."""
    director, liaison = world.cast["director"], world.cast["liaison5"]
    issue = world.issues["5"]
    link_matters(issue, other=world.matters["5"], kind="related", stamp=liaison.stamp)
    add_task(issue, party=director.party, wording="Look at it", due_on=DUE,
             stamp=director.stamp)  # fmt: skip
    written_to(issue, liaison)
    came_back(world.matters["5"], liaison)
    reached(world.groups["5"], liaison)
    paid(world.positions["5"], liaison, director)
    offered(ask_in(world.matters["5"], liaison, "DPW"), world.cast["partner_dpw"])
    answered(world.drafts["5"], liaison, director)
    for days in (-9, 1):
        went(liaison, director, days)
    change_outreach_plan(
        world.outreach_plans["5"],
        starts_on=NOON.date(),
        ends_on=NOON.date() + timedelta(days=90),
        reserve=33,
        targets="Each ward: 4 in 30 days\nSpanish: 2 in 30 days\nEach kind of group: 1 in 60 days",
        reason="More of them",
        stamp=liaison.stamp,
    )


def written_to(issue: Matter, who: Cast) -> None:
    """Mail with a file on an issue, and more that waits and is like it."""
    place_message(mail_with_file("<first@example.net>"), matter=issue, stamp=who.stamp)
    second = mail_with_file("<second@example.net>")
    assert second.state == Received.State.WAITING
    assert second.like == f"matter:{issue.pk}"


def mail_with_file(message_id: str) -> Received:
    """A message in, with a file."""
    made = letter(sender="ruth@example.net", subject="Bags again", message_id=message_id)
    made.add_attachment(b"Each Monday", maintype="text", subtype="plain", filename="days.txt")
    received = take_mail(made.as_bytes(), stamp=HOUSE)
    assert received is not None
    return received


def came_back(matter: Matter, who: Cast) -> None:
    """An issue at the place of a location that was closed and came back."""

    def ago(days: int) -> Stamp:
        return replace(who.stamp, at=NOON - timedelta(days=days))

    def taken(said: str, days: int) -> Matter:
        return take_complaint(
            matter.place,
            said=said,
            channel="phone",
            topic_code="rodents",
            anonymous=True,
            stamp=ago(days),
        ).matter

    first = taken("Rats at dusk", 20)
    close_issue(first, outcome="fixed", text="It is closed up.", stamp=ago(15))
    taken("Rats are back", 2)
    first.refresh_from_db()
    assert first.came_back_at is not None


def reached(group: Group, who: Cast) -> None:
    """A member of a group who is invited by e-mail."""
    visitor = replace(who.stamp, actor=NOBODY)
    sign_up(group, called="Bo Reed", email="bo@example.org", agreed=True, stamp=visitor)
    row = group.sign_ups.get(email="bo@example.org")
    accept_sign_up(row, person=None, stamp=who.stamp)


def paid(position: Position, who: Cast, director: Cast) -> None:
    """A position that somebody on detail holds since today, paid by a fund."""
    agree_term(who.party, draft=detail(), stamp=director.stamp)
    hold_position(position, holder=who.party, since_on=NOON.date(), stamp=director.stamp)
    fund = make_fund(director, code="FY27-STAFF")
    certified(fund, 50_000, director.stamp)
    purpose = PurposeDraft("position", "", position=position)
    allocate_money(fund, movement=moved(9_000), purpose=purpose, stamp=director.stamp)


def offered(ask: Ask, partner: Cast) -> None:
    """An ask for which its agency offers another day."""
    counter_ask(ask, counter_on=date(2026, 12, 9), text="Crew is away", stamp=partner.stamp)


def answered(draft: Edition, who: Cast, director: Cast) -> None:
    """A report of which the director answered a line."""
    later = replace(who.stamp, at=NOON + timedelta(hours=1))
    again = draft_weekly_report(None, ward_code="5", week=draft.week, stamp=later)
    assert again == draft
    lines = items_of(again.facts, again.edits)
    key = next(line.key for line in lines if line.row.get("matter_id") is not None)
    answer_need(again, key=key, text="I call them.", stamp=director.stamp)


def went(who: Cast, director: Cast, days: int) -> None:
    """An event so many days from now to which somebody of the office goes."""
    starts = NOON + timedelta(days=days)
    before = replace(director.stamp, at=min(starts, NOON) - timedelta(days=1))
    draft = EventDraft(
        kind="meeting",
        title="Tenants' meeting",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        ward_code="5",
    )
    event = plan_event(draft, stamp=before)
    add_participation(event, party=who.party, stamp=before)
