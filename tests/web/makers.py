"""What stands in the office at work, made one by one as the office would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from operator import attrgetter

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.fieldwork.rounds import drawn, look_at, stops_of
from tests.ground import DUE, NEXT
from tests.library.files import as_json, pantry
from tests.notices.letters import letter
from tests.problems.evaluations import registered, told
from tests.trouble import set_up
from wardroom.access.actor import NOBODY
from wardroom.calendar.models import Event
from wardroom.casework.actions import go_on_with_batch, prepare_batch, take_complaint, take_mail
from wardroom.casework.models import Batch
from wardroom.casework.queries import import_preview
from wardroom.city.models import Place
from wardroom.directory.actions import import_contacts, note_person
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
from wardroom.fieldwork.actions import record_check
from wardroom.fieldwork.models import CheckRound
from wardroom.ledger.models import Entry, Mention
from wardroom.library.actions import load_needs, read_service_file, write_service_file
from wardroom.library.models import ListedService, Need
from wardroom.library.queries import service_preview
from wardroom.library.rules.needs import need_id
from wardroom.matters.actions import capture_line
from wardroom.matters.models import Matter
from wardroom.notices.actions import claim_message, note_refused, queue_message
from wardroom.notices.models import Message, Received
from wardroom.plans.actions import adopt_plan, agree_improvement, open_initiative
from wardroom.plans.rules import StepDraft
from wardroom.problems.actions import decide_candidate, keep_verdict, nominate_place
from wardroom.problems.models import Candidate, Evaluation, Nomination, PersistentLocation


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


def imported(who: Cast, ward: str) -> int:
    """A list of one contact that a liaison read in."""
    preview = import_preview(f"Name,Phone\nContact of {ward},202-555-020{ward}", who.actor)
    made = import_contacts(None, source="list.csv", lines=preview.lines, stamp=who.stamp)
    return int(made.pk)


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
    """A round of spot checks over all that was closed in a ward, with one stop looked at.

    Whose stop that is does not hang on the draw: in ward 5 the health department closed it, in
    ward 7 the transport department did, at 600.
    """
    row = drawn(who, ward_code=ward, checks=50)
    chosen = min(
        (stop for stop in stops_of(row) if stop.agency == {"5": "DOH", "7": "DDOT"}[ward]),
        key=attrgetter("label"),
    )
    look_at(chosen, who, "not_fixed", note="Bags again")
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


def across_wards(director: Cast) -> Matter:
    """A campaign of the whole city that no ward has a part in yet."""
    return open_initiative(
        None,
        kind="campaign",
        title="Every alley before spring",
        about="Each ward does its part",
        lead=director.party,
        next_on=NEXT,
        stamp=director.stamp,
    )


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
