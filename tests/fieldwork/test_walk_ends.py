"""Who sees a walk, what is never on one, and what comes of it at its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.cast import HOUSE, Cast, on_day
from tests.conftest import NOON
from tests.fieldwork.outings import (
    follow_up,
    matters_in,
    phone_of,
    said_done,
    stops_of_walk,
    walk_of,
)
from tests.ground import FRIDAY, AskMaker, Ground
from tests.trouble import load_topics
from wardroom.access.actor import NOBODY, SYSTEM
from wardroom.calendar.actions import move_event
from wardroom.casework.models import Complaint
from wardroom.fieldwork.actions import draw_walk, end_walk, move_walk, settle_stop, take_walk
from wardroom.fieldwork.gateways.routing import WalkWanted, draft_of, propose_walk
from wardroom.fieldwork.models import WalkLine
from wardroom.fieldwork.queries import walk_file, walk_ledger, walk_list
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import close_matter, restrict_matter
from wardroom.matters.models import Ask, Matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def files(tmp_path: Any, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def proposed(who: Cast, **words: Any) -> Any:
    return propose_walk(WalkWanted("5", NOON.date(), **words), who.actor)


def test_random_stops_follow_from_the_question_and_lie_in_the_ward(
    ground: Ground, liaison5: Cast
) -> None:
    matters_in(ground, liaison5, "5", 3)
    first, again = proposed(liaison5, random=6), proposed(liaison5, random=6)
    points = [each.point for each in first.offered if each.reason == "random"]
    assert len(points) == 6
    assert all(38.90 <= lat <= 38.94 and -77.02 <= lon <= -76.98 for lat, lon in points)
    assert first == again
    other = proposed(liaison5, random=5)
    assert other.seed != first.seed


def test_what_is_called_done_comes_before_what_is_open(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    matters = matters_in(ground, liaison5, "5", 6)
    said_done(matters[4], liaison5, partner_dpw, ask_in)
    found = proposed(liaison5, random=0, stops=1)
    (chosen,) = [each for each in found.offered if each.proposed]
    assert (chosen.matter_id, chosen.reason) == (matters[4].pk, "done")


def test_restricted_matter_is_never_on_a_walk(ground: Ground, liaison5: Cast) -> None:
    first, second = matters_in(ground, liaison5, "5", 2)
    before = proposed(liaison5, random=0)
    restrict_matter(second, readers=[liaison5.party], reason="A witness", stamp=liaison5.stamp)
    refs = {each.ref for each in proposed(liaison5, random=0).offered}
    assert refs == {f"m{first.pk}"}
    with pytest.raises(Refused) as no:
        draw_walk(
            draft_of(before, [each.ref for each in before.offered], title="x"),
            stamp=liaison5.stamp,
        )
    assert no.value.code == "matter_gone"


def test_other_ward_and_partners_see_and_do_nothing(
    ground: Ground, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    matters_in(ground, liaison5, "5", 2)
    walk = walk_of(liaison5)
    for who in (liaison7, partner_dpw):
        assert walk_list(who.actor).total == 0
        with pytest.raises(NotFound):
            walk_file(walk.pk, who.actor)
        with pytest.raises(NotAllowed):
            take_walk(walk, stamp=who.stamp)
    assert walk_list(NOBODY).total == 0
    assert walk_file(walk.pk, records_officer.actor).allowed == frozenset()


def test_stop_that_was_restricted_meanwhile_is_kept_and_hidden(
    ground: Ground, liaison5: Cast, director: Cast, staff: Cast
) -> None:
    matters = matters_in(ground, director, "5", 2)
    walk = walk_of(liaison5)
    phone = phone_of(walk, liaison5)
    stop = next(stop for stop in stops_of_walk(walk) if stop.matter_id == matters[0].pk)
    line = phone.write(stop, "not_fixed")
    restrict_matter(matters[0], readers=[director.party], reason="A witness", stamp=director.stamp)
    assert phone.send(line) == "kept"
    assert "restricted meanwhile" in WalkLine.objects.get().remark
    seen = on_day(staff, NOON.date()).actor
    assert [row.matter_id for row in walk_file(walk.pk, seen).stops] == [matters[1].pk]
    assert len(walk_file(walk.pk, director.actor).stops) == 2
    assert walk_ledger(walk.pk, seen).findings == ()


def test_ledger_tells_nobody_of_what_was_restricted_after_the_walk(
    ground: Ground, director: Cast
) -> None:
    load_topics()
    matters = matters_in(ground, director, "5", 2)
    walk = walk_of(director)
    phone = phone_of(walk, director)
    first, second = stops_of_walk(walk)
    phone.send(phone.write(first, "fixed"))
    phone.send(phone.write(second, "not_fixed"))
    phone.send(phone.trouble(second))
    follow_up()
    born = WalkLine.objects.get(kind="trouble").matter
    assert born is not None
    closed = next(matter for matter in matters if matter.pk == first.matter_id)
    for matter in (closed, born):
        restrict_matter(matter, readers=[director.party], reason="x", stamp=director.stamp)
    for reader in (director.actor, SYSTEM):
        told = walk_ledger(walk.pk, reader)
        assert [row.reference for row in told.findings] == [f"W-{second.matter_id}"]
        assert (told.stops, told.seen, told.fixed, told.troubles) == (1, 1, 0, 0)


def test_stop_whose_matter_was_closed_meanwhile_is_looked_at_and_says_so(
    ground: Ground, liaison5: Cast
) -> None:
    from tests.ground import open_at

    place = open_at(ground, liaison5, "5")
    walk = walk_of(liaison5)
    phone = phone_of(walk, liaison5)
    close_matter(place, outcome="maintained", stamp=liaison5.stamp)
    assert phone.send(phone.write(stops_of_walk(walk)[0], "partly")) == "applied"
    line = WalkLine.objects.get()
    assert line.remark == "This matter was closed meanwhile."
    assert line.check_made is not None


def test_two_who_disagree_are_settled_by_a_person(
    ground: Ground, liaison5: Cast, director: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    (matter,) = matters_in(ground, liaison5, "5", 1)
    ask = said_done(matter, liaison5, partner_dpw, ask_in)
    walk = walk_of(liaison5)
    (stop,) = stops_of_walk(walk)
    for who, finding in ((liaison5, "not_fixed"), (director, "fixed")):
        phone = phone_of(walk, who, name=finding)
        assert phone.send(phone.write(stop, finding)) == "applied"
    assert walk_file(walk.pk, liaison5.actor).stops[0].conflict
    with pytest.raises(Refused) as no:
        end_walk(walk, again=[ask.pk], due_on=FRIDAY, stamp=liaison5.stamp)
    assert no.value.code == "not_borne_out"
    mine = WalkLine.objects.get(finding="not_fixed")
    with pytest.raises(Refused):
        settle_stop(stop, line=mine, reason=" ", stamp=liaison5.stamp)
    settle_stop(stop, line=mine, reason="I went back", stamp=liaison5.stamp)
    other = WalkLine.objects.get(finding="fixed")
    with pytest.raises(Refused) as no:
        settle_stop(stop, line=other, reason="From an old page", stamp=director.stamp)
    assert no.value.code == "stale"
    stop.refresh_from_db()
    assert stop.settled_why == "I went back"
    end_walk(walk, again=[ask.pk], due_on=FRIDAY, stamp=liaison5.stamp)
    assert Ask.objects.get(pk=ask.pk).state == "requested"
    assert WalkLine.objects.count() == 2


def test_end_verifies_nothing_and_leaves_an_ask_alone_that_nobody_ticked(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    (matter,) = matters_in(ground, liaison5, "5", 1)
    ask = said_done(matter, liaison5, partner_dpw, ask_in)
    walk = walk_of(liaison5)
    phone = phone_of(walk, liaison5)
    phone.send(phone.write(stops_of_walk(walk)[0], "not_fixed"))
    end_walk(walk, who_came="DPW\n\n  6   neighbors ", stamp=liaison5.stamp)
    kept = Ask.objects.get(pk=ask.pk)
    assert (kept.state, kept.disposition) == ("done", "fixed")
    ledger = walk_ledger(walk.pk, liaison5.actor)
    assert ledger.who_came == ("DPW", "6 neighbors")
    assert [row.place for row in ledger.findings] == ["1200 block of OAK STREET NE"]
    with pytest.raises(Refused):
        end_walk(walk, stamp=liaison5.stamp)


def test_late_line_is_taken_and_marked(ground: Ground, liaison5: Cast) -> None:
    matters_in(ground, liaison5, "5", 2)
    walk = walk_of(liaison5)
    phone = phone_of(walk, liaison5)
    first, second = stops_of_walk(walk)
    phone.send(phone.write(first))
    end_walk(walk, stamp=liaison5.stamp)
    assert phone.send(phone.write(second), at=NOON + timedelta(hours=2)) == "applied"
    rows = walk_file(walk.pk, liaison5.actor).stops
    assert [row.lines[0].late for row in rows] == [False, True]


def test_new_trouble_opens_one_issue_that_says_where_it_came_from(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    load_topics()
    matters_in(ground, liaison5, "5", 1)
    walk = walk_of(liaison5)
    phone = phone_of(walk, liaison5)
    (stop,) = stops_of_walk(walk)
    phone.send(phone.trouble(stop, note="A sofa"))
    phone.send(phone.trouble(stop, "no-such-topic"))
    for _ in range(2):
        follow_up()
    born, unknown = WalkLine.objects.order_by("number")
    assert born.matter == Matter.objects.get(complaints__said="A sofa")
    assert Complaint.objects.get().channel == "walk"
    assert (unknown.state, unknown.matter) == ("kept", None)


def test_trouble_that_nobody_may_open_any_longer_stays_on_the_walk(
    ground: Ground, liaison5: Cast
) -> None:
    load_topics()
    matters_in(ground, liaison5, "5", 1)
    walk = walk_of(liaison5)
    phone = phone_of(walk, liaison5)
    far = {"latitude": 39.5, "longitude": -77.0, "consent": True}
    phone.send(phone.trouble(stops_of_walk(walk)[0], position=far))
    follow_up()
    line = WalkLine.objects.get()
    assert line.state == "kept"
    assert "outside the city" in line.remark


def test_walk_follows_its_event_to_another_day_until_somebody_looked(
    ground: Ground, liaison5: Cast
) -> None:
    matters_in(ground, liaison5, "5", 3)
    wanted = WalkWanted("5", NOON.date())
    proposal = propose_walk(wanted, liaison5.actor)
    refs = [each.ref for each in proposal.offered if each.proposed]
    draft = replace(
        draft_of(proposal, refs, title="To the park"), starts_at=NOON + timedelta(hours=2)
    )
    walk = draw_walk(draft, stamp=liaison5.stamp)
    event = walk.event
    assert event is not None
    hours = event.ends_at - event.starts_at
    later = event.starts_at + timedelta(days=2)
    event = move_event(event, starts_at=later, ends_at=later + hours, stamp=liaison5.stamp)
    follow_up()
    walk.refresh_from_db()
    assert walk.walk_on == localdate(later)
    assert Entry.objects.filter(kind="WalkMoved").count() == 1
    same_day = later + timedelta(hours=1)
    event = move_event(event, starts_at=same_day, ends_at=same_day + hours, stamp=liaison5.stamp)
    follow_up()
    assert Entry.objects.filter(kind="WalkMoved").count() == 1
    with pytest.raises(NotAllowed):
        move_walk(walk, walk_on=NOON.date(), stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        move_walk(walk, walk_on=walk.walk_on, stamp=HOUSE)
    assert no.value.code == "already_so"
    phone = phone_of(walk, liaison5)
    assert phone.send(phone.write(stops_of_walk(walk)[0])) == "applied"
    last = later + timedelta(days=2)
    move_event(event, starts_at=last, ends_at=last + hours, stamp=liaison5.stamp)
    follow_up()
    walk.refresh_from_db()
    assert walk.walk_on == localdate(later)
    with pytest.raises(Refused) as no:
        move_walk(walk, walk_on=localdate(last), stamp=HOUSE)
    assert no.value.code == "already_begun"
