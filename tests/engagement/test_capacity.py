"""Guidelines, groups' plans, help for groups, and the log of reviews."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.engagement.test_groups import founded
from tests.ground import NEXT, Ground
from wardroom.access.queries import actor_for
from wardroom.calendar.actions import add_participation, hold_event, record_attendance
from wardroom.engagement.actions import (
    AssistanceDraft,
    ReviewDraft,
    SessionDraft,
    accept_guideline,
    add_need,
    answer_voice,
    approve_gift,
    approve_plan,
    end_assistance,
    end_plan,
    hear_voice,
    issue_guideline,
    look_at_plan,
    meet_need,
    note_review,
    open_assistance,
    plan_session,
    resubmit_plan,
    return_plan,
    revise_guideline,
    submit_plan,
)
from wardroom.engagement.models import GroupPlan, ReviewVoice
from wardroom.engagement.queries.assistance import assistance_file, assistance_page
from wardroom.engagement.queries.group_plans import group_plan_file, group_plan_page
from wardroom.engagement.queries.guidelines import guideline_file, guideline_list
from wardroom.engagement.queries.reviews import review_file, review_page
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.models import Matter
from wardroom.matters.queries import worklist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies", "ground")]
TODAY = NOON.date()


def submitted(ground: Ground, who: Cast) -> Matter:
    plan = submit_plan(
        founded(who),
        title="A clean alley by spring",
        text="We sweep on Saturdays",
        owner=who.party,
        next_on=NEXT,
        ward=ground.wards["5"],
        stamp=who.stamp,
    )
    return plan.matter


def helped(ground: Ground, who: Cast, kind: str = "technical_assistance", **more: Any) -> Matter:
    draft = AssistanceDraft(
        kind=kind, goal="Write by-laws", for_whom="The alley group", next_step="Call", **more
    )
    made = open_assistance(
        None,
        draft=draft,
        owner=who.party,
        next_on=NEXT,
        ward=ground.wards["5"],
        stamp=who.stamp,
    )
    return Matter.objects.get(pk=made.matter_id)


def test_a_group_accepts_each_version_anew(liaison5: Cast, director: Cast) -> None:
    group = founded(liaison5)
    with pytest.raises(NotAllowed):
        issue_guideline(None, kind="framework", title="How", text="So", stamp=liaison5.stamp)
    made = issue_guideline(None, kind="framework", title="How", text="So", stamp=director.stamp)
    words = {"guideline": made, "accepted_on": TODAY, "accepted_by": "The chair"}
    accept_guideline(group, **words, stamp=liaison5.stamp)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="accepted this version already"):
        accept_guideline(group, **words, stamp=liaison5.stamp)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Say why it changes"):
        revise_guideline(made, text="Thus", why="", stamp=director.stamp)
    revise_guideline(made, text="Thus", why="Clearer", stamp=director.stamp)
    file = guideline_file(made.pk, liaison5.actor)
    assert [row.version for row in file.versions] == [2, 1]
    assert [row.version for row in file.owing] == [1]
    (row,) = guideline_list(liaison5.actor)
    assert (row.version, row.accepted, row.groups) == (2, 0, 1)


def test_a_plan_is_returned_taken_in_again_approved_and_looked_at(
    ground: Ground, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    matter = submitted(ground, liaison5)
    assert [row.reason for row in worklist(director.actor, on=TODAY, reason="plan").rows] == [
        "plan"
    ]
    with pytest.raises(NotAllowed):
        approve_plan(matter, look_on=[NEXT], stamp=liaison5.stamp)
    with pytest.raises(Refused, match="what has to change"):
        return_plan(matter, words=" ", next_on=NEXT, stamp=director.stamp)
    return_plan(matter, words="Say who sweeps", next_on=NEXT, stamp=director.stamp)
    with pytest.raises(Refused, match="Nothing was changed"):
        resubmit_plan(matter, text="We sweep on Saturdays", stamp=liaison5.stamp)
    resubmit_plan(matter, text="We four sweep on Saturdays", stamp=liaison5.stamp)
    looks = [NEXT + timedelta(days=30), NEXT]
    with pytest.raises(Refused, match="at least one day"):
        approve_plan(matter, look_on=[], stamp=director.stamp)
    approve_plan(matter, look_on=looks, stamp=director.stamp)
    assert Matter.objects.get(pk=matter.pk).next_on == NEXT
    look_at_plan(matter, finding="as_planned", text="Swept", stamp=liaison5.stamp)
    assert Matter.objects.get(pk=matter.pk).next_on == NEXT + timedelta(days=30)
    look_at_plan(matter, finding="behind", text="It snowed", stamp=liaison5.stamp)
    with pytest.raises(Refused, match="Every look was taken"):
        look_at_plan(matter, finding="behind", text="Again", stamp=liaison5.stamp)
    file = group_plan_file(matter.pk, liaison5.actor, on=TODAY)
    assert [row.verdict for row in file.wordings] == ["approved", "returned"]
    end_plan(matter, outcome="carried_out", text="It is clean", stamp=liaison5.stamp)
    assert group_plan_page(liaison5.actor, on=TODAY, stage="closed").total == 1
    assert group_plan_page(liaison7.actor, on=TODAY).total == 0
    assert not GroupPlan.objects.filter(stage="submitted").exists()


def test_hours_count_from_sessions_held_and_who_came(ground: Ground, liaison5: Cast) -> None:
    matter = helped(ground, liaison5)
    draft = SessionDraft(starts_at=NOON + timedelta(hours=1), ends_at=NOON + timedelta(hours=3))
    event = plan_session(matter, draft=draft, stamp=liaison5.stamp)
    plan_session(matter, draft=draft, stamp=liaison5.stamp)
    for name, attended in (("Ada", "present"), ("Bo", "present"), ("Cy", "absent")):
        row = add_participation(event, name=name, role="guest", stamp=liaison5.stamp)
        record_attendance(row, attended=attended, stamp=liaison5.stamp)
    assert assistance_file(matter.pk, liaison5.actor).row.hours.sessions == 0
    hold_event(event, stamp=liaison5.stamp)
    hours = assistance_file(matter.pk, liaison5.actor).row.hours
    assert (hours.sessions, hours.hours, hours.person_hours) == (1, 2.0, 4.0)


def test_a_need_is_met_with_what_shows_it(ground: Ground, liaison5: Cast, liaison7: Cast) -> None:
    matter = helped(ground, liaison5)
    line = add_need(matter, kind="need", text="By-laws", stamp=liaison5.stamp)
    with pytest.raises(NotAllowed):
        meet_need(line, done_words="Filed", stamp=liaison7.stamp)
    with pytest.raises(Refused, match="what shows it"):
        meet_need(line, done_words=" ", stamp=liaison5.stamp)
    meet_need(line, done_words="Filed on Monday", stamp=liaison5.stamp)
    row = assistance_file(matter.pk, liaison5.actor).row
    assert (row.met, row.needs) == (1, 1)
    end_assistance(matter, outcome="can_do_it", text="They file it alone", stamp=liaison5.stamp)
    with pytest.raises(Refused, match="This is over"):
        add_need(matter, kind="need", text="More", stamp=liaison5.stamp)


def test_a_mediation_is_there_only_for_whom_it_names(
    ground: Ground, liaison5: Cast, director: Cast, staff: Cast
) -> None:
    matter = helped(ground, liaison5, "mediation")
    assert matter.restricted
    seen = {
        who.email: assistance_page(actor_for(who.user, on=TODAY)).total
        for who in (liaison5, director, staff)
    }
    assert seen == {liaison5.email: 1, director.email: 1, staff.email: 0}


def test_a_gift_in_use_was_approved(ground: Ground, liaison5: Cast) -> None:
    with pytest.raises(Refused, match="who gives it"):
        helped(ground, liaison5, "donation_in_kind")
    matter = helped(ground, liaison5, "donation_in_kind", giver="A shop", gift="Ten brooms")
    with pytest.raises(Refused, match="who approved the gift"):
        end_assistance(matter, outcome="received", text="In use", stamp=liaison5.stamp)
    approve_gift(matter, approval="The Mayor, letter of Nov 3", stamp=liaison5.stamp)
    draft = SessionDraft(starts_at=NOON, ends_at=NOON + timedelta(hours=1))
    with pytest.raises(Refused, match="no sessions"):
        plan_session(matter, draft=draft, stamp=liaison5.stamp)
    end_assistance(matter, outcome="received", text="In use", stamp=liaison5.stamp)
    assert assistance_page(liaison5.actor, kind="donation_in_kind").rows[0].gift == "Ten brooms"


def test_a_review_counts_who_came_spoke_and_was_answered(
    liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    group = founded(liaison5)
    draft = ReviewDraft(program="Bulk pick-up", invited_by="DPW", held_on=TODAY, ward_code="5")
    with pytest.raises(NotAllowed):
        note_review(draft, groups=["One"], stamp=liaison7.stamp)
    names = [group.party.name, "Tenants of the Block", " "]
    review = note_review(draft, groups=names, stamp=liaison5.stamp)
    voice = ReviewVoice.objects.get(review=review, party=group.party)
    with pytest.raises(Refused, match="what the group said"):
        answer_voice(voice, disposition="adopted", reason="Yes", stamp=liaison5.stamp)
    hear_voice(voice, came=True, said="Keep Saturdays", stamp=liaison5.stamp)
    assert review_page(director.actor, answered="no").total == 1
    with pytest.raises(Refused, match="Say why"):
        answer_voice(voice, disposition="adopted", reason="", stamp=liaison5.stamp)
    answer_voice(voice, disposition="adopted", reason="Until spring", stamp=liaison5.stamp)
    with pytest.raises(Refused, match="Its words stand"):
        hear_voice(voice, came=False, stamp=liaison5.stamp)
    found = review_page(liaison5.actor)
    assert found.rows[0].program == "Bulk pick-up"
    (counts,) = found.programs
    assert (counts.reviews, counts.invited, counts.came) == (1, 2, 1)
    assert (counts.spoke, counts.answered) == (1, 1)
    assert review_page(director.actor, answered="no").total == 0
    with pytest.raises(NotFound):
        review_file(review.pk, liaison7.actor)
