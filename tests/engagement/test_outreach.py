"""Outreach: the plan, real contacts, the map of silence, and the next touches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, on_day
from tests.conftest import NOON
from tests.engagement.outreaching import (
    LINES,
    TODAY,
    commissioner,
    make_districts,
    met,
    planned,
    touched,
)
from tests.engagement.test_commitments import heard
from tests.ground import Ground
from wardroom.calendar.actions import (
    EventDraft,
    hold_event,
    hold_event_with,
)
from wardroom.casework.queries import two_minute_brief
from wardroom.directory.actions import (
    PartyWords,
    add_organisation,
    describe_party,
    fill_seat,
    join_parties,
    mark_bounced,
    note_person,
)
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.engagement.actions import (
    change_outreach_plan,
    count_contacts_anew,
    log_touch,
    plan_touch,
    put_off_touch,
    share_strategy,
    use_strategy,
)
from wardroom.engagement.models import OutreachVersion, RealContact
from wardroom.engagement.queries.outreach import outreach_plan_file, plans_in_force
from wardroom.engagement.queries.silence import Lens, SilenceRow, silence_page
from wardroom.engagement.queries.strategies import strategy_page
from wardroom.engagement.queries.touches import get_touch, touch_page
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.actions import capture_line, close_matter, log_contact, open_matter
from wardroom.matters.actions.sealing import restrict_matter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies", "districts")]


@pytest.fixture
def districts(ground: Ground) -> None:
    make_districts(ground)


@pytest.fixture
def ana(districts: None) -> Party:
    return commissioner("5B01", "Ana Firth")


@pytest.fixture
def tenants(liaison5: Cast, districts: None) -> Party:
    return add_organisation(
        None,
        name="Tenants of the Long Block",
        organisation_kind="tenant",
        area="SMD 5B02",
        stamp=liaison5.stamp,
    )


def by_key(who: Cast, **lens: str) -> dict[str, SilenceRow]:
    page = silence_page(who.actor, Lens(**lens), at=NOON)
    return {row.key: row for row in page.rows}


@pytest.mark.any_database
def test_silence_is_told_against_the_plan(
    ground: Ground, director: Cast, liaison5: Cast, ana: Party, tenants: Party
) -> None:
    planned(ground, director)
    touched(liaison5, ana, 70)
    touched(liaison5, tenants, 20)
    touched(liaison5, tenants, 20, text="And again")
    touched(liaison5, commissioner("5B03", "Bo Lund"), 5)
    rows = by_key(liaison5)
    told = {key: (row.state, row.days, row.contacts) for key, row in rows.items()}
    assert told == {
        "5B01": ("silent", 70, 0),
        "5B02": ("met", 20, 2),
        "5B03": ("behind", 5, 1),
    }
    everywhere = by_key(director)
    assert everywhere["7C01"].state == "never"
    assert everywhere["7C01"].target is not None
    kinds = by_key(liaison5, by="kind", ward="5")
    assert (kinds["tenant"].state, kinds["anc"].state) == ("met", "no_plan")
    assert kinds["faith"].state == "never"
    assert by_key(liaison5, by="ward")["5"].days == 5


def test_without_a_plan_it_says_so(liaison5: Cast, ana: Party) -> None:
    touched(liaison5, ana, 40)
    row = by_key(liaison5)["5B01"]
    assert (row.state, row.target, row.days) == ("no_plan", None, 40)


def test_ward_has_its_own_plan_and_the_city_the_rest(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    planned(ground, director)
    planned(ground, liaison5, "5", targets="Each SMD: 3 in 30 days")
    rows = by_key(director)
    assert str(rows["5B01"].target) == "Each SMD: 3 in 30 days"
    assert str(rows["7C01"].target) == "Each SMD: 2 in 60 days"
    with pytest.raises(Refused) as no:
        planned(ground, liaison5, "5")
    assert no.value.code == "another_holds"


def test_only_what_reached_somebody_counts(
    liaison5: Cast, director: Cast, ana: Party, tenants: Party
) -> None:
    event = met(liaison5, ana)
    assert "5B01" not in [k for k, row in by_key(liaison5).items() if row.last_on]
    hold_event(event, stamp=liaison5.stamp)
    assert by_key(liaison5)["5B01"].days == 3
    absent = met(liaison5, tenants, attended="absent")
    hold_event(absent, stamp=liaison5.stamp)
    touched(liaison5, tenants, 2, channel="email")
    assert by_key(liaison5)["5B02"].days == 2
    bo = commissioner("5B03", "Bo Lund")
    touched(liaison5, bo, 2, channel="email")
    assert by_key(liaison5)["5B03"].days == 2
    dead = {"channel": "email", "value": "5b03@example.org", "reason": "No such address"}
    mark_bounced(bo, **dead, stamp=liaison5.stamp)
    assert by_key(liaison5)["5B03"].state == "never"
    touched(liaison5, director.party, 1)
    assert not RealContact.objects.filter(party=director.party).exists()


@pytest.mark.any_database
def test_brief_tells_calls_and_the_meetings_they_came_to(
    liaison5: Cast, liaison7: Cast, ana: Party
) -> None:
    touched(liaison5, ana, 4, text="Asked for lights")
    for event in (met(liaison5, ana), met(liaison5, ana, attended="absent", days=2)):
        hold_event(event, stamp=liaison5.stamp)
    met(liaison5, ana, days=1)  # nobody said yet that it was held
    told = two_minute_brief(ana.pk, liaison5.actor, at=NOON).touches
    assert [(row.who, bool(row.event_id)) for row in told] == [
        ("", True),
        ("Liaison of Ward 5", False),
    ]
    assert told[0].text == "Meeting of the block"
    theirs = two_minute_brief(ana.pk, liaison7.actor, at=NOON).touches
    assert not any(row.event_id for row in theirs)


@pytest.mark.any_database
def test_contacts_counted_anew_are_the_same(
    ground: Ground, liaison5: Cast, ana: Party, tenants: Party
) -> None:
    touched(liaison5, ana, 4, language="am")
    touched(liaison5, tenants, 8, channel="email")
    hold_event(met(liaison5, tenants), stamp=liaison5.stamp)
    words = PartyWords(language="es", organisation_kind="civic", area="SMD 5B02")
    describe_party(tenants, words=words, stamp=liaison5.stamp)
    capture_line(
        None, text='Called @"Ana Firth" about the lot', ward_code="5", stamp=liaison5.stamp
    )
    columns = [f.attname for f in RealContact._meta.fields if f.name != "id"]
    kept = sorted(map(str, RealContact.objects.values_list(*columns)))
    assert len(kept) == 4
    assert count_contacts_anew() == 4
    assert sorted(map(str, RealContact.objects.values_list(*columns))) == kept


def test_lens_looks_at_one_language_alone(
    ground: Ground, director: Cast, liaison5: Cast, ana: Party, tenants: Party
) -> None:
    planned(ground, director)
    touched(liaison5, ana, 4, language="am")
    touched(liaison5, tenants, 4)
    rows = by_key(liaison5, language="am")
    assert [key for key, row in rows.items() if row.last_on] == ["5B01"]
    assert by_key(liaison5, by="language")["am"].state == "met"


def test_restricted_and_other_wards_are_not_counted(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, ana: Party
) -> None:
    matter = open_matter(
        ground.places["5"],
        kind="issue",
        title="Somebody is afraid",
        owner=director.party,
        next_on=TODAY + timedelta(days=5),
        ward=ground.wards["5"],
        stamp=director.stamp,
    )
    log_contact(matter, channel="phone", text="Called", party=ana, stamp=director.stamp)
    assert by_key(liaison5)["5B01"].days == 0
    restrict_matter(matter, readers=(), reason="A victim", stamp=director.stamp)
    row = by_key(on_day(liaison5, TODAY))["5B01"]
    assert row.state == "never"
    assert set(by_key(liaison7)) == {"7C01"}


def test_plan_is_changed_with_a_reason_and_keeps_what_it_was(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    matter = planned(ground, liaison5, "5")
    change: dict[str, Any] = {
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=60),
        "reserve": 50,
        "targets": "Each SMD: 1 in 2 months",
    }
    with pytest.raises(Refused) as no:
        change_outreach_plan(matter, **change, reason=" ", stamp=liaison5.stamp)
    assert no.value.field == "reason"
    with pytest.raises(NotAllowed):
        change_outreach_plan(matter, **change, reason="Why", stamp=liaison7.stamp)
    change_outreach_plan(matter, **change, reason="Two is too many", stamp=liaison5.stamp)
    file = outreach_plan_file(matter.pk, liaison5.actor, on=TODAY)
    assert (file.plan.version, file.plan.lines) == (2, "Each SMD: 1 in 60 days")
    assert [(row.version, row.lines) for row in file.before] == [(1, LINES)]
    with pytest.raises(NotFound):
        outreach_plan_file(matter.pk, liaison7.actor, on=TODAY)
    close_matter(matter, outcome="reached", stamp=liaison5.stamp)
    assert plans_in_force(liaison5.actor, on=TODAY).of("5") is None
    assert OutreachVersion.objects.count() == 2


@pytest.mark.any_database
def test_next_touches_say_why_and_keep_a_share_for_where_few_report(
    ground: Ground, director: Cast, liaison5: Cast, ana: Party, tenants: Party
) -> None:
    planned(ground, director)
    touched(liaison5, ana, 100)
    touched(liaison5, commissioner("5B03", "Bo Lund"), 61)
    heard(ground, liaison5, made_to="Tenants of the Long Block")
    page = touch_page(liaison5.actor, at=NOON)
    names = [row.draft.name for row in page.rows]
    assert names[0] == "Tenants of the Long Block"
    assert "A promise to them is open" in page.rows[0].reasons
    assert "SMD 5B02: never reached; the plan wants 2 in 60 days" in page.rows[0].reasons
    ana_row = next(row for row in page.rows if row.draft.name == "Ana Firth")
    assert "SMD 5B01: 100 days without contact; the plan wants 2 in 60 days" in ana_row.reasons
    assert not any(row.few_report for row in page.rows)
    few = touch_page(liaison5.actor, at=NOON, few_report={("smd", "5B03")})
    assert [row.draft.name for row in few.rows if row.few_report] == ["Bo Lund"]


def test_touch_that_was_taken_or_put_off_is_not_suggested(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, ana: Party
) -> None:
    planned(ground, director)
    key = f"party-{ana.pk}"

    def suggested() -> set[str]:
        return {row.draft.key for row in touch_page(liaison5.actor, at=NOON).rows}

    assert key in suggested()
    draft = get_touch(key, liaison5.actor, on=TODAY)
    until = TODAY + timedelta(days=20)
    with pytest.raises(Refused):
        put_off_touch(draft, reason="", until_on=until, stamp=liaison5.stamp)
    with pytest.raises(NotAllowed):
        put_off_touch(draft, reason="Ill", until_on=until, stamp=liaison7.stamp)
    with pytest.raises(NotFound):
        get_touch(key, liaison7.actor, on=TODAY)
    put_off_touch(draft, reason="She is away until then", until_on=until, stamp=liaison5.stamp)
    assert key not in suggested()
    page = touch_page(liaison5.actor, at=NOON)
    assert [(row.name, row.reason) for row in page.put_off] == [
        ("Ana Firth", "She is away until then")
    ]
    later = touch_page(liaison5.actor, at=NOON + timedelta(days=20))
    assert key in {row.draft.key for row in later.rows}
    touched(liaison5, ana, 0)
    again = touch_page(liaison5.actor, at=NOON + timedelta(days=3))
    assert key not in {row.draft.key for row in again.rows}


def test_day_with_a_suggested_one_counts_and_is_not_suggested_again(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    planned(ground, director)
    seat = Seat.objects.get(smd_code="5B01", district__isnull=False)
    fill_seat(seat, name="Dee Cole", since_on=TODAY - timedelta(days=90), stamp=liaison5.stamp)
    for key, smd in (("smd-5B01", "5B01"), ("smd-5B02", "5B02")):
        touch = get_touch(key, liaison5.actor, on=TODAY)
        starts = NOON + timedelta(hours=1)
        draft = EventDraft("meeting", "A visit", starts, starts + timedelta(hours=1), "5")
        event = plan_touch(touch, event=draft, stamp=liaison5.stamp)
        assert smd not in {r.draft.smd_code for r in touch_page(liaison5.actor, at=NOON).rows}
        [guest] = event.participations.all()
        later = replace(liaison5.stamp, at=starts + timedelta(hours=2))
        hold_event_with(event, present=[guest], stamp=later)
        assert by_key(liaison5)[smd].days == 0
        assert smd not in {r.draft.smd_code for r in touch_page(liaison5.actor, at=later.at).rows}
    assert Tenure.objects.filter(seat=seat, party__name="Dee Cole").exists()
    count_contacts_anew()
    assert by_key(liaison5)["5B02"].days == 0


def test_commissioner_known_by_name_only_can_be_called_from_the_suggestion(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    planned(ground, director)
    seat = Seat.objects.get(smd_code="5B03", district__isnull=False)
    fill_seat(seat, name="Dee Cole", since_on=TODAY - timedelta(days=90), stamp=liaison5.stamp)
    touch = get_touch("smd-5B03", liaison5.actor, on=TODAY)
    call: dict[str, Any] = {"channel": "phone", "text": "Asked how the alley is"}
    with pytest.raises(NotAllowed):
        log_touch(touch, **call, stamp=liaison7.stamp)
    names = [row.draft.name for row in touch_page(liaison5.actor, at=NOON).rows]
    assert names.index("Dee Cole") < names.index("SMD 5B02")
    log_touch(touch, **call, stamp=liaison5.stamp)
    assert by_key(liaison5)["5B03"].days == 0
    with pytest.raises(Refused):
        log_touch(get_touch("smd-5B02", liaison5.actor, on=TODAY), **call, stamp=liaison5.stamp)


def test_contact_goes_to_who_sits_today_and_not_to_who_was_elected(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    planned(ground, director)
    seat = Seat.objects.get(smd_code="5B03", district__isnull=False)
    for name, days in (("Dee Cole", -90), ("Eli Marsh", 34)):
        fill_seat(seat, name=name, since_on=TODAY + timedelta(days=days), stamp=liaison5.stamp)
    touch = get_touch("smd-5B03", liaison5.actor, on=TODAY)
    log_touch(touch, channel="phone", text="Asked how the alley is", stamp=liaison5.stamp)
    [sits, elected] = seat.tenures.select_related("party").order_by("since_on")
    assert (str(sits.party), elected.party, elected.name) == ("Dee Cole", None, "Eli Marsh")


def test_contact_under_a_joined_record_counts_for_the_one_it_goes_on_in(
    ground: Ground, director: Cast, liaison5: Cast, ana: Party
) -> None:
    planned(ground, director)
    twin = note_person(None, name="Anna Firth", stamp=liaison5.stamp)
    touched(liaison5, twin, 2, ward_code="5")
    join_parties(twin, into=ana, reason="Same telephone", stamp=liaison5.stamp)
    keys = {row.draft.key for row in touch_page(liaison5.actor, at=NOON).rows}
    assert f"party-{ana.pk}" not in keys


def test_strategy_is_shared_and_used_by_another(
    liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    row = share_strategy(
        None,
        text="Coffee at the laundry on Saturdays",
        result="worked",
        what="Eleven tenants came, four spoke Amharic",
        ward_code="5",
        group_kind="tenant",
        language="am",
        stamp=liaison5.stamp,
    )
    use_strategy(
        row, result="did_not", what="The laundry was closed", ward_code="7", stamp=liaison7.stamp
    )
    [shown] = strategy_page(liaison7.actor, language="am").rows
    assert [(use.where, use.result) for use in shown.uses] == [
        ("Ward 5", "worked"),
        ("Ward 7", "did_not"),
    ]
    assert not strategy_page(liaison5.actor, language="zh").rows
    assert not strategy_page(partner_dpw.actor).rows
    with pytest.raises(Refused) as no:
        use_strategy(row, result="great", what="x", stamp=liaison5.stamp)
    assert no.value.field == "result"
    with pytest.raises(NotAllowed):
        use_strategy(row, result="worked", what="x", stamp=partner_dpw.stamp)
