"""A plan of outreach for the city and for Ward 5, some contacts, a campaign, what worked."""

from __future__ import annotations

from datetime import timedelta

from wardroom.access.actor import Stamp
from wardroom.city.queries import get_ward
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.models import Party
from wardroom.engagement.actions import (
    adopt_outreach_plan,
    change_outreach_plan,
    put_off_touch,
    share_strategy,
    use_strategy,
)
from wardroom.engagement.models import OutreachPlan
from wardroom.engagement.queries.touches import get_touch
from wardroom.matters.actions import log_contact

FIVE = "5"
DIRECTOR, LIAISON = "director@wardroom.example", f"liaison{FIVE}@wardroom.example"
OTHER = "liaison7@wardroom.example"
CITY = "Each SMD: 1 in 90 days\nEach ward: 12 in 30 days\nSpanish: 4 in 60 days"
WARD = "Each SMD: 1 in 60 days\nTenant association: 2 in 60 days"
TALKS = (
    ("Tenants of the Long Block", 64, "in_person", "", "Heat is back; the door is not."),
    ("Friends of the Garden Square", 9, "phone", "es", "They want a walk with us in spring."),
    ("Merchants of the Market Street", 31, "email", "", "Asked for the bulk pick-up days."),
)


def show_outreach(plan: Plan) -> int:
    """Plans, what was said with groups of Ward 5, and a strategy that two wards used."""
    if OutreachPlan.objects.exists():
        return OutreachPlan.objects.count()
    for name, days, channel, language, text in TALKS:
        party = Party.objects.get(name=name)
        log_contact(
            None,
            channel=channel,
            text=text,
            party=party,
            language=language,
            ward_code=FIVE,
            stamp=_at(plan, LIAISON, days),
        )
    city = _adopt(plan, "", "Reach every district this season", CITY, DIRECTOR)
    _adopt(plan, FIVE, "Ward 5, door by door", WARD, LIAISON)
    change_outreach_plan(
        city.matter,
        starts_on=plan.end - timedelta(days=30),
        ends_on=plan.end + timedelta(days=60),
        reserve=33,
        targets=f"{CITY}\nVietnamese: 1 in 90 days",
        reason="Vietnamese was missing",
        stamp=_at(plan, DIRECTOR, 5),
    )
    _share(plan, city)
    _put_off(plan)
    return OutreachPlan.objects.count()


def _adopt(plan: Plan, ward: str, title: str, targets: str, email: str) -> OutreachPlan:
    return adopt_outreach_plan(
        get_ward(ward, plan.end) if ward else None,
        title=title,
        starts_on=plan.end - timedelta(days=30),
        ends_on=plan.end + timedelta(days=60),
        reserve=33,
        targets=targets,
        owner=Party.objects.get(user__email=email),
        next_on=plan.end + timedelta(days=10),
        stamp=_at(plan, email, 30),
    )


def _share(plan: Plan, city: OutreachPlan) -> None:
    strategy = share_strategy(
        city.matter,
        text="Coffee beside the laundry on a Saturday morning, with a table and the 311 list",
        result="worked",
        what="Eleven tenants came in two hours. Start at nine, not at ten.",
        ward_code=FIVE,
        group_kind="tenant",
        language="es",
        stamp=_at(plan, LIAISON, 12),
    )
    use_strategy(
        strategy,
        result="partly",
        what="Few came in the rain. The laundry lets us stand inside next time.",
        ward_code="7",
        stamp=_at(plan, OTHER, 3),
    )


def _put_off(plan: Plan) -> None:
    """The school asked to be left alone over the holidays."""
    school = Party.objects.get(name="School at the Bend")
    draft = get_touch(f"party-{school.pk}", _at(plan, LIAISON, 2).actor, on=plan.end)
    put_off_touch(
        draft,
        reason="They asked us to come after the holidays",
        until_on=plan.end + timedelta(days=45),
        stamp=_at(plan, LIAISON, 2),
    )


def _at(plan: Plan, email: str, days: int) -> Stamp:
    return stamp_of(email, plan.now - timedelta(days=days))
