"""Initiatives and campaigns: opened with a lead, in a ward or citywide, with the same plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, on_day
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from tests.plans.planning import BOARD_UP, CLEAR, LIGHT, adopted
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.actions import accept_ask, close_matter
from wardroom.matters.actions.sealing import restrict_matter
from wardroom.matters.models import Matter
from wardroom.matters.queries import ask_list
from wardroom.plans.actions import open_initiative
from wardroom.plans.queries import (
    CITYWIDE,
    campaign_view,
    initiative_file,
    initiative_page,
    open_campaigns,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
TODAY = NOON.date()


def opened(ground: Ground, who: Cast, campaign: Matter | None = None, **words: Any) -> Matter:
    """An initiative of this person, in their ward where they have one."""
    sound: dict[str, Any] = {
        "kind": "initiative",
        "title": "Open houses",
        "about": "Four open houses draw dumping",
        "lead": who.party,
        "next_on": NEXT,
        "next_step": "Ask the three agencies",
        "ward": ground.wards.get(next(iter(who.actor.reach.wards), "")),
    }
    return open_initiative(campaign, **{**sound, **words}, stamp=who.stamp)


def test_initiative_has_a_lead_a_next_date_and_the_same_plan(
    ground: Ground, liaison5: Cast, partner_dpw: Cast
) -> None:
    matter = opened(ground, liaison5)
    adopted(matter, liaison5, BOARD_UP, CLEAR, LIGHT)
    file = initiative_file(matter.pk, liaison5.actor)
    assert (file.matter.owner_name, file.matter.standing) == (
        "Liaison of Ward 5", "Four open houses draw dumping",
    )  # fmt: skip
    assert file.plan is not None
    assert [row.waits_for for row in file.plan.rows] == [(), (1,), (1, 2)]
    assert len(file.asks) == 3
    asked = ask_list(partner_dpw.actor, on=TODAY).rows
    assert [(row.wording, row.matter_title) for row in asked] == [
        ("Clear the alley", "Open houses")
    ]


def test_restricted_initiative_keeps_its_title_from_agencies(
    ground: Ground, liaison5: Cast, director: Cast, partner_dpw: Cast
) -> None:
    matter = opened(ground, liaison5)
    adopted(matter, liaison5, replace(CLEAR, after=()))
    restrict_matter(matter, readers=[director.party], reason="A victim", stamp=liaison5.stamp)
    titles = {row.matter_title for row in ask_list(partner_dpw.actor, on=TODAY).rows}
    assert titles <= {f"Initiative {matter.pk}"}


def test_campaign_has_parts_in_the_wards(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    campaign = opened(ground, director, kind="campaign", title="Before winter", ward=None)
    part = opened(
        ground, director, campaign, ward=ground.wards["5"], lead=liaison5.party, title="Ward 5"
    )
    file = initiative_file(campaign.pk, director.actor)
    assert [(p.matter_id, p.title) for p in file.parts] == [(part.pk, "Ward 5")]
    assert "open_part" in file.allowed
    mine = initiative_file(part.pk, director.actor)
    assert [p.title for p in mine.part_of] == ["Before winter"]
    assert "open_part" not in mine.allowed
    seen = initiative_file(part.pk, liaison5.actor)
    assert [p.title for p in seen.part_of] == ["Before winter"], "the name is for the office"
    with pytest.raises(NotFound):
        initiative_file(campaign.pk, liaison5.actor)
    with pytest.raises(NotFound):
        initiative_file(part.pk, liaison7.actor)


def test_whole_office_sees_how_far_each_ward_of_a_campaign_is(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    campaign = opened(ground, director, kind="campaign", title="Before winter", ward=None)
    part = opened(
        ground, director, campaign, ward=ground.wards["5"], lead=liaison5.party, title="Ward 5"
    )
    adopted(part, liaison5, replace(CLEAR, after=()))
    view = campaign_view(campaign.pk, liaison7.actor, on=TODAY)
    told = [(r.ward_code, r.title, r.asks_done, r.asks, r.plan_version) for r in view.rows]
    assert told == [("5", "Ward 5", 0, 1, 1), ("7", "", 0, 0, None)]
    assert (view.taking_part, view.opens, view.rows[0].opens) == (1, False, False)
    assert campaign_view(campaign.pk, liaison5.actor, on=TODAY).rows[0].opens
    assert [c.title for c in open_campaigns(liaison7.actor)] == ["Before winter"]
    restrict_matter(part, readers=[], reason="A victim", stamp=director.stamp)
    hidden = campaign_view(campaign.pk, on_day(liaison7, TODAY).actor, on=TODAY)
    assert [row.title for row in hidden.rows] == ["", ""]
    for who, number in ((partner_dpw, campaign.pk), (liaison7, part.pk)):
        with pytest.raises(NotFound):
            campaign_view(number, who.actor, on=TODAY)


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"kind": "issue"}, "unknown_kind", "kind"),
        ({"title": " "}, "title_missing", "title"),
        ({"next_on": TODAY - timedelta(days=1)}, "next_date_in_the_past", "next_on"),
        ({"about": "x" * 1001}, "too_long", "text"),
    ],
)
def test_initiative_that_says_too_little_is_not_opened(
    ground: Ground, liaison5: Cast, words: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as no:
        opened(ground, liaison5, **words)
    assert (no.value.code, no.value.field) == (code, field)
    assert not Matter.objects.filter(kind="initiative").exists()


def test_part_belongs_to_a_campaign_that_is_open(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    alone = opened(ground, liaison5)
    with pytest.raises(Refused) as no:
        opened(ground, director, alone)
    assert no.value.code == "no_campaign"
    campaign = opened(ground, director, kind="campaign")
    with pytest.raises(Refused) as no:
        opened(ground, director, campaign, kind="campaign")
    assert no.value.code == "campaign_in_campaign"
    close_matter(campaign, outcome="stopped", stamp=director.stamp)
    with pytest.raises(Refused) as no:
        opened(ground, director, Matter.objects.get(pk=campaign.pk))
    assert no.value.code == "no_campaign"


def test_who_may_open_one_and_who_may_lead_it(
    ground: Ground, liaison5: Cast, liaison7: Cast, staff: Cast, partner_dpw: Cast
) -> None:
    for who in (staff, partner_dpw):
        with pytest.raises(NotAllowed):
            opened(ground, who)
    for words in ({"ward": ground.wards["7"]}, {"ward": None}):
        with pytest.raises(NotAllowed):
            opened(ground, liaison5, **words)
    for lead in (liaison7, staff):
        with pytest.raises(Refused) as no:
            opened(ground, liaison5, lead=lead.party)
        assert no.value.field == "owner"


def test_list_has_filters_counts_late_asks_and_stops_at_the_ward(
    ground: Ground,
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    django_assert_num_queries: Any,
) -> None:
    matter = opened(ground, liaison5)
    plan = adopted(matter, liaison5, BOARD_UP, CLEAR)
    accept_ask(plan.steps.get(position=2).ask, promised_on=TODAY, stamp=partner_dpw.stamp)
    opened(ground, liaison7, title="Another")
    opened(ground, director, kind="campaign", title="Whole city", ward=None)
    late = TODAY + timedelta(days=5)
    with django_assert_num_queries(2):
        (row,) = initiative_page(director.actor, on=late, ward="5").rows
    assert (row.asks_open, row.asks_late, row.plan_version) == (2, 1, 1)
    titles = [r.title for r in initiative_page(director.actor, on=TODAY, sort="title").rows]
    assert titles == ["Another", "Open houses", "Whole city"]
    assert initiative_page(director.actor, on=TODAY, kind="campaign").total == 1
    assert initiative_page(director.actor, on=TODAY, ward=CITYWIDE).total == 1
    assert initiative_page(director.actor, on=TODAY, state="closed").total == 0
    mine = initiative_page(liaison5.actor, on=TODAY).rows
    assert [r.title for r in mine] == ["Open houses"]
    assert initiative_page(partner_dpw.actor, on=TODAY).total == 0
