"""What stands in the office at work, made one by one as the office would."""

from __future__ import annotations

from datetime import date, timedelta
from operator import attrgetter

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.fieldwork.rounds import drawn, look_at, stops_of
from tests.ground import DUE, NEXT
from tests.notices.letters import letter
from tests.problems.evaluations import registered, told
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import go_on_with_batch, prepare_batch, take_complaint, take_mail
from wardroom.casework.models import Batch
from wardroom.casework.queries import import_preview
from wardroom.city.models import Place
from wardroom.directory.actions import import_contacts, note_person
from wardroom.directory.models import Party
from wardroom.fieldwork.actions import record_check
from wardroom.fieldwork.models import CheckRound
from wardroom.ledger.models import Entry, Mention, Receipt
from wardroom.ledger.rules import MOST_ATTEMPTS
from wardroom.library.actions import keep_authority
from wardroom.library.rules.authorities import Authority
from wardroom.matters.actions import capture_line
from wardroom.matters.models import Matter
from wardroom.notices.actions import claim_message, note_refused, queue_message
from wardroom.notices.models import Message, Received
from wardroom.plans.actions import adopt_plan, agree_improvement, open_initiative
from wardroom.plans.models import PlanStep
from wardroom.plans.rules import StepDraft
from wardroom.problems.actions import (
    approve_public_text,
    decide_candidate,
    keep_verdict,
    nominate_place,
    write_public_text,
)
from wardroom.problems.models import Candidate, Evaluation, Nomination, PersistentLocation


def told_of_others(who: Cast) -> None:
    """One authority that residents are told of."""
    kept = Authority(
        code="power_company",
        name="The power company",
        about="Poles and wires.",
        phone="202-555-0105",
        hours="At all hours",
        words="power pole",
    )
    keep_authority(None, kept=kept, stamp=who.stamp)


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


def made_public(matter: Matter, who: Cast, director: Cast) -> None:
    """What the public reads of a place: a text and its first step, approved by the director."""
    step = PlanStep.objects.filter(plan__matter=matter).order_by("position")[0]
    text = write_public_text(
        PersistentLocation.objects.get(matter=matter),
        text="Trash is left here again and again. The city clears it every week.",
        steps={step.ask_id: "Clears the block every week."},
        stamp=who.stamp,
    )
    approve_public_text(text, stamp=director.stamp)


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


def given_up() -> int:
    """The number of a consequence that failed at every try."""
    receipt = Receipt.objects.filter(state=Receipt.State.DUE).order_by("pk")[0]
    with guard_pass("a consequence that failed"):
        receipt.state, receipt.attempts = Receipt.State.FAILED, MOST_ATTEMPTS
        receipt.error = "ValueError: no such desk"
        receipt.save()
    return int(receipt.pk)


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
