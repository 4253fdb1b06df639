"""Whoever was called to another ward sees the whole of it, whoever has it runs it, and no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, hire, on_day
from tests.conftest import NOON
from tests.ground import Ground
from tests.incidents.calling import MINUTE, NIGHT, by, fire, on_call, seated
from tests.incidents.test_call_page import signed_in
from wardroom.access.actor import Role
from wardroom.incidents.actions import (
    end_incident,
    give_incident_role,
    release_situation,
    stand_down,
    take_incident,
    write_situation,
)
from wardroom.incidents.models import Incident, SituationReport
from wardroom.incidents.policy import may_finish_review
from wardroom.incidents.queries import get_incident, incident_file, incident_page
from wardroom.incidents.queries.measured import timed_incidents
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.matters.actions import drop_task, restrict_matter, set_next_step
from wardroom.matters.models import Matter
from wardroom.matters.policy import (
    may_link_matter,
    may_merge_matter,
    may_refer_matter,
    may_restrict,
)
from wardroom.matters.queries import get_matter
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DAY = timedelta(days=1)
LATER = NIGHT + 60 * MINUTE
TITLE = "Fire, 1300 block of Maple Street NE"


@pytest.fixture(autouse=True)
def night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 5 * MINUTE)


@pytest.fixture
def burning(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast
) -> Incident:
    """A fire in Ward 5; Ward 7's liaison is on call."""
    seated(liaison5, "5")
    on_call(director, on_call=liaison7)
    return fire(staff, ground.wards["5"])


@pytest.fixture
def taken(burning: Incident, liaison7: Cast) -> Incident:
    return take_incident(burning, stamp=by(liaison7, NIGHT + MINUTE))


def now(who: Cast) -> Cast:
    """The same person at the next request."""
    return on_day(who, NOON.date())


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_whoever_was_called_reads_all_of_it_and_moves_nothing(
    burning: Incident, liaison7: Cast
) -> None:
    who = now(liaison7)
    file = incident_file(burning.matter_id, who.actor, at=NOON)
    assert file.matter.title == TITLE
    assert file.matter.owner_name == "Liaison of Ward 5"
    assert file.matter.next_on is not None
    assert file.allowed == {"take_incident"}
    with pytest.raises(NotAllowed):
        end_incident(burning.matter, outcome="opened_in_error", stamp=by(who))


def test_whoever_has_it_moves_all_of_it(taken: Incident, liaison7: Cast) -> None:
    who = now(liaison7)
    moves = incident_file(taken.matter_id, who.actor, at=NOON).allowed
    assert {"set_next_step", "hand_over_matter", "end_incident", "stand_down"} <= moves
    matter = get_matter(taken.matter_id, who.actor)
    set_next_step(matter, next_on=NOON.date() + DAY, next_step="Call the Red Cross", stamp=by(who))
    end_incident(matter, outcome="nothing_needed", text="The kitchen only", stamp=by(who, LATER))
    assert Matter.objects.get(pk=matter.pk).state == "closed"


def test_every_page_of_it_says_what_it_is_to_whoever_has_it(
    taken: Incident, liaison7: Cast
) -> None:
    client = signed_in(liaison7)
    page = shown(client, f"/incidents/{taken.matter_id}/")
    assert f"<h1>{TITLE}</h1>" in page
    assert "Liaison of Ward 5 looks after Ward 5" in page
    for move in ("Set the next step", "Say who looks after what follows", "Say how it ended"):
        assert move in page
    text = shown(client, f"/incidents/{taken.matter_id}/text/")
    assert TITLE in text
    assert "Fire, 1300 block of Maple Street NE. Ward 5." in text
    assert "has it" in shown(client, f"/matters/{taken.matter_id}/history/")


def test_the_list_has_what_is_hers_beside_her_own_ward(taken: Incident, liaison7: Cast) -> None:
    client = signed_in(liaison7)
    listed = shown(client, "/incidents/")
    assert TITLE in listed
    assert "No incident fits" not in listed
    narrowed = shown(client, "/incidents/?ward=7")
    assert "You also have:" in narrowed
    assert TITLE in narrowed
    assert "No incident fits" not in narrowed
    assert "first opens it" not in narrowed


def test_an_exercise_that_is_hers_is_named_beside_the_list(
    ground: Ground, director: Cast, liaison7: Cast, staff: Cast
) -> None:
    on_call(director, on_call=liaison7)
    incident = fire(staff, ground.wards["5"], exercise=True)
    assert incident_page(now(liaison7).actor).yours == ()
    take_incident(incident, stamp=by(liaison7))
    found = incident_page(now(liaison7).actor)
    assert found.total == 0
    assert [row.title for row in found.yours] == [f"EXERCISE: {TITLE}"]


def test_the_liaison_of_another_ward_sees_nothing_of_it(taken: Incident) -> None:
    other = hire("second7", "Second Liaison of Ward 7", Role.LIAISON, ward="7")
    who = now(other)
    assert (who.actor.reach.matters, who.actor.reach.runs) == (frozenset(), frozenset())
    found = incident_page(who.actor, state="")
    assert (found.total, found.yours) == (0, ())
    for asked in (get_incident, get_matter):
        with pytest.raises(NotFound):
            asked(taken.matter_id, who.actor)
    client = signed_in(other)
    for address in ("incidents/{}/", "incidents/{}/text/", "matters/{}/history/"):
        assert client.get("/" + address.format(taken.matter_id)).status_code == 404
    assert TITLE not in shown(client, "/search/?q=maple")
    assert TITLE not in shown(client, "/incidents/")


def test_whoever_has_one_sees_no_other_of_that_ward(
    taken: Incident, ground: Ground, liaison7: Cast, liaison5: Cast
) -> None:
    on_duty = now(liaison7)
    other = fire(liaison5, ground.wards["5"], mine=True)
    assert [row.id for row in incident_page(on_duty.actor).rows] == [taken.matter_id]
    with pytest.raises(NotFound):
        get_matter(other.matter_id, now(liaison7).actor)


def test_what_is_restricted_stays_closed_to_whoever_has_it_and_is_not_named(
    taken: Incident, liaison5: Cast, liaison7: Cast
) -> None:
    restrict_matter(taken.matter, readers=[], reason="A witness", stamp=by(liaison5))
    who = now(liaison7)
    assert incident_page(who.actor).yours == ()
    for asked in (get_incident, get_matter):
        with pytest.raises(NotFound):
            asked(taken.matter_id, who.actor)
    with pytest.raises(NotAllowed):
        end_incident(taken.matter, outcome="opened_in_error", stamp=by(who))
    client = signed_in(liaison7)
    assert client.get(f"/incidents/{taken.matter_id}/").status_code == 404
    assert TITLE not in shown(client, "/incidents/")
    assert TITLE not in shown(client, "/search/?q=maple")


def told(taken: Incident, who: Cast) -> SituationReport:
    return write_situation(
        taken, what="It is out", where_text="1300 block", affected={},
        next_update_at=LATER + 60 * MINUTE, stamp=by(who, LATER),
    )  # fmt: skip


@pytest.mark.parametrize("role", ["scene", "households", "reports"])
def test_another_role_in_it_leads_nothing_and_releases_nothing(
    taken: Incident, liaison7: Cast, staff: Cast, role: str
) -> None:
    give_incident_role(taken, role=role, party=staff.party, stamp=by(liaison7, LATER))
    who = now(staff)
    assert who.actor.reach.matters == frozenset({taken.matter_id})
    assert not who.actor.reach.runs
    report = told(taken, liaison7)
    for refused in (
        lambda: release_situation(report, stamp=by(who, LATER)),
        lambda: restrict_matter(taken.matter, readers=[], reason="x", stamp=by(who, LATER)),
        lambda: end_incident(taken.matter, outcome="over", text="x", stamp=by(who, LATER)),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_whoever_has_it_neither_releases_nor_seals_nor_merges(
    taken: Incident, liaison5: Cast, liaison7: Cast
) -> None:
    who = now(liaison7)
    for may in (may_restrict, may_merge_matter, may_refer_matter, may_link_matter):
        assert not may(who.actor, taken.matter)
        assert may(liaison5.actor, taken.matter)
    assert not may_finish_review(who.actor, taken)
    assert may_finish_review(liaison5.actor, taken)


def test_it_is_led_no_more_once_it_is_closed(taken: Incident, liaison7: Cast) -> None:
    told(taken, liaison7)
    stand_down(taken, text="It is out", stamp=by(liaison7, LATER))
    assert now(liaison7).actor.reach.runs == frozenset({taken.matter_id})
    stamp = by(now(liaison7), LATER)
    for task in taken.matter.asks.all():
        drop_task(task, reason="Not needed", stamp=stamp)
    end_incident(taken.matter, outcome="nothing_needed", text="Out", stamp=stamp)
    assert not now(liaison7).actor.reach.runs


def test_a_share_counts_the_ward_and_not_whom_one_was_called_to(
    taken: Incident, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    day = NIGHT.date()
    for who, number in ((director, 1), (liaison5, 1), (now(liaison7), 0)):
        assert len(timed_incidents(who.actor, since=day, until=day)) == number
        assert incident_page(who.actor, state="counted").total == number


def test_whoever_handed_it_over_reads_it_and_runs_it_no_more(
    taken: Incident, liaison5: Cast, liaison7: Cast
) -> None:
    note = "The Red Cross comes at eight"
    give_incident_role(
        taken, role="lead", party=liaison5.party, note=note, stamp=by(liaison7, LATER)
    )
    who = now(liaison7)
    assert incident_file(taken.matter_id, who.actor, at=NOON).matter.title == TITLE
    assert who.actor.reach.matters == frozenset({taken.matter_id})
    assert not who.actor.reach.runs
    with pytest.raises(NotAllowed):
        set_next_step(taken.matter, next_on=NOON.date(), next_step="Call", stamp=by(who))


def test_one_of_the_whole_city_is_read_whole_by_every_liaison(
    director: Cast, liaison7: Cast, ground: Ground
) -> None:
    incident = fire(director, None)
    assert incident_file(incident.matter_id, liaison7.actor, at=NOON).matter.title == TITLE
    assert TITLE in shown(signed_in(liaison7), "/incidents/")


def test_a_call_that_was_opened_in_error_says_that_it_was_called_off(
    burning: Incident, liaison5: Cast
) -> None:
    end_incident(burning.matter, outcome="opened_in_error", stamp=by(liaison5))
    [call] = incident_file(burning.matter_id, liaison5.actor, at=NOON).critical.calls
    assert call.state_label == "Called off: nobody is needed"
    called = set(burning.call_outs.values_list("party__name", flat=True))
    sweep()
    told = Message.objects.filter(subject="Call-out: it is off")
    assert set(told.values_list("to_name", flat=True)) == called
    assert all(f"Nobody is needed any more: {TITLE}" in one.text for one in told)
