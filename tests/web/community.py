"""What stands in the office of its work with the community, made as the office would."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import NEXT
from tests.library.files import as_json, pantry
from tests.trouble import set_up
from wardroom.access.actor import NOBODY
from wardroom.calendar.models import Event
from wardroom.directory.models import Party
from wardroom.engagement.actions import (
    AssistanceDraft,
    CharterDraft,
    GroupDraft,
    Meetings,
    ReviewDraft,
    adopt_outreach_plan,
    confirm_commitment,
    expect_notice,
    found_group,
    hear_commitment,
    issue_guideline,
    make_referral,
    name_program,
    note_policy_entry,
    note_review,
    open_assistance,
    plan_commission_meeting,
    share_strategy,
    sign_up,
    submit_plan,
    take_in_paper,
    watch_policy,
)
from wardroom.engagement.models import Group, Program, Strategy
from wardroom.library.actions import load_needs, read_service_file, write_service_file
from wardroom.library.models import ListedService, Need
from wardroom.library.queries import service_preview
from wardroom.library.rules.needs import need_id
from wardroom.matters.models import Matter


def voted(matter: Matter, who: Cast) -> Matter:
    """A proposal that a commission of the ward of a location voted and sent."""
    paper = take_in_paper(
        None,
        kind="anc_proposal",
        anc_code=f"{matter.ward_code}B",
        title=f"Close the alley of {matter.ward_code}00 at night",
        concerns=["Trucks idle at night", "The light is out"],
        received_on=NOON.date(),
        voted_on=NOON.date() - timedelta(days=6),
        yes=7,
        no=1,
        owner=who.party,
        next_on=NEXT,
        ward=matter.ward,
        stamp=who.stamp,
    )
    return paper.matter


def listed(who: Cast) -> int:
    """A file of services with one pantry, which was written."""
    load_needs(None, stamp=HOUSE)
    made = read_service_file(None, data=as_json(pantry()), source="Pantries", stamp=who.stamp)
    digest = service_preview(made.pk, who.actor).digest
    return write_service_file(made, digest=digest, stamp=who.stamp).pk


def referred(matter: Matter, who: Cast) -> Matter:
    """Somebody of the ward of a location who was sent to the pantry."""
    made = make_referral(
        Need.objects.get(pk=need_id("food")),
        services=list(ListedService.objects.order_by("pk")[:1]),
        way="print",
        owner=who.party,
        ward=matter.ward,
        stamp=who.stamp,
    )
    return made.matter


def talked_about(director: Cast) -> Matter:
    """A policy of the whole city of which somebody in each ward said something."""
    watched = watch_policy(
        None, title="Bus lane", owner=director.party, next_on=NEXT, stamp=director.stamp
    )
    for ward in ("5", "7"):
        note_policy_entry(
            watched,
            ward_code=ward,
            tenor="confused",
            text=f"Nobody in Ward {ward} knows when it starts",
            channel="event",
            heard_on=NOON.date(),
            stamp=director.stamp,
        )
    return watched


def promised(matter: Matter, who: Cast) -> Matter:
    """A promise that was heard in the ward of a location and waits for its confirmation."""
    heard = hear_commitment(
        None,
        wording=f"We will put two cans at {matter.ward_code}00 Alley",
        maker="mayor",
        maker_name="The Mayor",
        made_to=f"ANC {matter.ward_code}B",
        said_on=NOON.date(),
        owner=who.party,
        next_on=NEXT,
        ward=matter.ward,
        stamp=who.stamp,
    )
    return heard.matter


def grouped(matter: Matter, who: Cast) -> Group:
    """A group that meets each month in the ward of a location, and one who asks to join it."""
    draft = GroupDraft(
        name=f"Neighbors of {matter.ward_code}00 Alley",
        ward_code=matter.ward_code,
        charter=CharterDraft(purpose="To keep it clean", who_may_join="Whoever lives here"),
        meetings=Meetings(first_on=NOON.date() + timedelta(days=7), starts=time(18)),
    )
    group = found_group(draft, stamp=who.stamp)
    visitor = replace(who.stamp, actor=NOBODY)
    sign_up(group, called="Ada Quill", email="ada@example.org", agreed=True, stamp=visitor)
    return group


def worked_on(matter: Matter, who: Cast, director: Cast) -> dict[str, int]:
    """What the group of a ward works on: a plan, help, a guideline to accept, and a review."""
    group = Group.objects.select_related("party").get(ward_code=matter.ward_code)
    plan = submit_plan(
        group,
        title=f"A clean {matter.ward_code}00 Alley by spring",
        text="We sweep on Saturdays",
        owner=who.party,
        next_on=NEXT,
        ward=matter.ward,
        stamp=who.stamp,
    )
    helped = open_assistance(
        group.party,
        draft=AssistanceDraft(kind="technical_assistance", goal="Write by-laws", next_step="Call"),
        owner=who.party,
        next_on=NEXT,
        ward=matter.ward,
        stamp=who.stamp,
    )
    title = f"How the groups of Ward {matter.ward_code} work"
    issued = issue_guideline(
        None, kind="framework", title=title, text="Meet monthly", stamp=director.stamp
    )
    review = note_review(
        ReviewDraft(
            program=f"Bulk pick-up of Ward {matter.ward_code}",
            invited_by="DPW",
            held_on=NOON.date(),
            ward_code=matter.ward_code,
        ),
        groups=[group.party.name],
        stamp=who.stamp,
    )
    return {
        "plan": plan.matter_id,
        "help": helped.matter_id,
        "guideline": issued.pk,
        "review": review.pk,
    }


def reaching_out(matter: Matter, who: Cast) -> Matter:
    """An outreach plan for the ward of a location, which holds today."""
    plan = adopt_outreach_plan(
        matter.ward,
        title=f"Reach Ward {matter.ward_code}",
        starts_on=NOON.date(),
        ends_on=NOON.date() + timedelta(days=90),
        reserve=33,
        targets="Each ward: 4 in 30 days",
        owner=who.party,
        next_on=NEXT,
        stamp=who.stamp,
    )
    return plan.matter


def told_what_worked(who: Cast) -> Strategy:
    """A strategy of this person, with its first use."""
    return share_strategy(
        None,
        text="Coffee beside the laundry",
        result="worked",
        what="Eleven tenants came",
        stamp=who.stamp,
    )


def convened(ward: str, who: Cast) -> Event:
    """A meeting in four weeks of the first commission of a ward, whose boundary is not loaded."""
    with set_up():
        commission = Party.objects.create(
            kind="organisation", name=f"ANC {ward}A", organisation_kind="anc",
            area_kind="anc", area_code=f"{ward}A",
        )  # fmt: skip
    return plan_commission_meeting(
        commission, on=NOON.date() + timedelta(days=28), starts=time(19), stamp=who.stamp
    )


def owed(matter: Matter, agency: Party, who: Cast) -> Matter:
    """A change of service at the place of a location, of which an agency owes notice."""
    row = expect_notice(
        agency,
        deed="service",
        title=f"Other pick-up days at {matter.ward_code}00 Alley",
        place=matter.place,
        decide_on=NOON.date() + timedelta(days=90),
        owner=who.party,
        ward=matter.ward,
        stamp=who.stamp,
    )
    return row.matter


def held_to(matter: Matter, who: Cast, director: Cast) -> Matter:
    """A promise in the ward of a location that the director confirmed."""
    row = hear_commitment(
        None,
        wording=f"We will mow the lot of {matter.ward_code}00 Alley",
        maker="council",
        maker_name="The Council",
        made_to=f"ANC {matter.ward_code}B",
        said_on=NOON.date(),
        owner=who.party,
        next_on=NEXT,
        ward=matter.ward,
        stamp=who.stamp,
    )
    confirm_commitment(row.matter, wording=row.wording, next_on=NEXT, stamp=director.stamp)
    return row.matter


def carrier(ward: str, who: Cast) -> Program:
    """A program of the list."""
    return name_program(None, name=f"Mowing in Ward {ward}", kind="budget", stamp=who.stamp)
