"""The ranked list, its map and one candidate's file: order, filters, reach, statements."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, plain_actor
from tests.ground import NEXT
from tests.problems.listed import on_map, places
from tests.trouble import Report, Trouble, bring_in, monthly
from wardroom.access.actor import NOBODY, Role
from wardroom.kernel.errors import NotFound
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect
from wardroom.problems.queries import (
    Chosen,
    candidate_file,
    candidate_map,
    candidate_page,
    candidate_rows,
    get_candidate,
    undecided_candidates,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
MOST_STATEMENTS = 10


def test_list_is_ranked_and_sorts(trouble: Trouble, director: Cast) -> None:
    assert places(director.actor) == ["1", "2", "3"]
    assert places(director.actor, sort="-rank") == ["3", "2", "1"]
    assert places(director.actor, sort="episodes") == ["3", "2", "1"]
    assert places(director.actor, sort="-months") == ["1", "2", "3"]
    assert places(director.actor, sort="-excess") == ["1", "2", "3"]
    assert places(director.actor, sort="severity") == ["1", "2", "3"]
    page = candidate_page(director.actor, on=TODAY, sort="password")
    assert (page.sort, [r.rank for r in page.rows]) == ("rank", [1, 2, 3])


def test_filters_limit_the_list_and_the_map_alike(
    trouble: Trouble, director: Cast, liaison5: Cast
) -> None:
    for words, expected in (
        ({"ward": "5"}, ["1", "2"]),
        ({"ward": "7"}, ["3"]),
        ({"ward": "9"}, []),
        ({"topic": "rodents"}, ["2"]),
        ({"topic": "dumping"}, ["1", "2", "3"]),
        ({"topic": "trash"}, ["1"]),
        ({"topic": "dump"}, []),
        ({"topic": "%"}, []),
        ({"topic": "dumping", "ward": "7"}, ["3"]),
    ):
        assert places(director.actor, **words) == expected
        assert on_map(director.actor, **words) == expected


def test_states_part_the_list(trouble: Trouble, liaison5: Cast, director: Cast) -> None:
    decide_candidate(
        trouble.candidate(1), verdict="designate", reason="Often", next_on=NEXT,
        stamp=liaison5.stamp,
    )  # fmt: skip
    decide_candidate(
        trouble.candidate(2), verdict="watch", reason="Cleared", look_again_on=NEXT,
        stamp=liaison5.stamp,
    )  # fmt: skip
    decide_candidate(trouble.candidate(3), verdict="refuse", reason="No", stamp=director.stamp)
    for decided, expected in (
        ("undecided", []),
        ("designate", ["1"]),
        ("watch", ["2"]),
        ("refuse", ["3"]),
        ("all", ["1", "2", "3"]),
    ):
        assert places(director.actor, decided=decided) == expected
        assert on_map(director.actor, decided=decided) == expected
    rows = candidate_page(director.actor, on=TODAY, chosen=Chosen(decided="all")).rows
    assert [r.state for r in rows] == ["designate", "watch", "refuse"]
    assert [c.place.label[0] for c in undecided_candidates(on=NEXT)] == ["2"]


def test_liaison_sees_the_own_ward_only(
    trouble: Trouble, liaison5: Cast, liaison7: Cast, records_officer: Cast
) -> None:
    for who, expected in ((liaison5, ["1", "2"]), (liaison7, ["3"])):
        assert places(who.actor) == on_map(who.actor) == expected
        assert [r.label[0] for r in candidate_rows(who.actor, on=TODAY)] == expected
    assert places(records_officer.actor) == ["1", "2", "3"]
    assert places(liaison7.actor, ward="5") == on_map(liaison7.actor, ward="5") == []
    for find in (get_candidate, lambda pk, actor: candidate_file(pk, actor, on=TODAY)):
        with pytest.raises(NotFound):
            find(trouble.candidate(1).pk, liaison7.actor)


def test_partner_and_visitor_see_nothing(trouble: Trouble, partner_dpw: Cast) -> None:
    roleless = plain_actor(wards="5", city=True)
    for actor in (partner_dpw.actor, NOBODY, roleless):
        assert places(actor) == on_map(actor) == []
        assert candidate_rows(actor, on=TODAY) == ()
        with pytest.raises(NotFound):
            candidate_file(trouble.candidate(1).pk, actor, on=TODAY)
        with pytest.raises(NotFound):
            get_candidate(trouble.candidate(1).pk, actor)


def test_person_of_two_wards_sees_both(trouble: Trouble) -> None:
    assert places(plain_actor(Role.LIAISON, wards="5 7")) == ["1", "2", "3"]


def test_file_tells_why_in_plain_words(trouble: Trouble, liaison5: Cast) -> None:
    file = candidate_file(trouble.candidate(2).pk, liaison5.actor, on=TODAY)
    kept = trouble.candidate(2)
    expected = f"{kept.expected:.1f}"
    assert file.row.sentence == (
        "Rats and other vermin and Illegal dumping: there in 12 of the last 12 months,"
        f" 24 episodes where about {expected} were to be expected; it came back 12 times after"
        " closing, usually after 28 days; first seen in December 2024."
    )
    assert file.reasons[0] == (
        f"It had 24 episodes in the last 12 months; about {expected} were to be expected, going by"
        " how much else people ask for at this spot, by what is usual within half a mile, and by"
        " the season."
    )
    for reason in (
        "The trouble was there in 12 of the last 12 months.",
        "12 times it came back after the city had closed the request, usually after 28 days.",
        "At least 5 different people reported it; the most active one was among the callers in"
        " 25% of the episodes.",
        "2 agencies share the work: DOH and DPW.",
    ):
        assert reason in file.reasons
    assert file.reasons[2].startswith("What stands out: rats and other vermin in ")
    assert file.how_sure == "Fewer than 1 in 1,000 places this sure turn out ordinary."
    shown = {n.code: n.shown for n in file.numbers}
    assert (shown["episodes"], shown["expected"], shown["returns"]) == ("24", expected, "12")
    assert (shown["severity"], shown["overdue"]) == ("Health or safety", "0")
    assert all(n.definition for n in file.numbers)
    assert (file.method, bool(file.method_text)) == ("Persistent location scan 1", True)
    assert (file.months[0][0], file.months[-1]) == ("2023-12", ("2026-11", 2))
    assert sum(n for _, n in file.months) == 39


def test_requests_behind_are_the_members_of_the_episodes(trouble: Trouble, liaison5: Cast) -> None:
    for place in (1, 2):
        candidate = trouble.candidate(place)
        file = candidate_file(candidate.pk, liaison5.actor, on=TODAY)
        total = sum(candidate.months)
        assert len(file.episodes) == total > candidate.episodes == sum(candidate.months[-12:])
        assert [e.number for e in file.episodes] == list(range(1, total + 1))
        starts = [e.started_on for e in file.episodes]
        assert starts == sorted(starts, reverse=True)
        months = dict(file.months)
        for name in {f"{d:%Y-%m}" for d in starts}:
            assert months[name] == sum(f"{d:%Y-%m}" == name for d in starts)
    members = {line.id for e in file.episodes for line in e.requests}
    assert len(members) == sum(len(e.requests) for e in file.episodes) == 39
    rodents = [e for e in file.episodes if e.topic == "Rats and other vermin"]
    assert [e.returned for e in rodents] == [*[True] * 23, False]


def test_report_while_one_is_open_is_shown_with_its_episode(
    trouble: Trouble, liaison5: Cast
) -> None:
    """A neighbour thirty metres on reports it again the next day."""
    opened = NOON - timedelta(days=6, hours=12)
    again = Report(1, opened, opened + timedelta(days=1), reporter=8)
    bring_in(trouble.folder, [again], at=NOON + timedelta(seconds=1))
    fresh = detect(stamp=HOUSE).candidates.get(place=trouble.candidate(1).place)
    file = candidate_file(fresh.pk, liaison5.actor, on=TODAY)
    dumping = [e for e in file.episodes if e.topic == "Illegal dumping"]
    assert [len(e.requests) for e in dumping[:2]] == [2, 1]
    assert fresh.episodes == trouble.candidate(1).episodes
    assert fresh.numbers["repeats"] == 1


def test_what_did_not_count_is_not_behind_it(trouble: Trouble, liaison5: Cast) -> None:
    cancelled = Report(1, NOON - timedelta(days=22), reporter=8, status="CANCELED")
    ordered = Report(1, NOON - timedelta(days=23), reporter=8, kind="BULK")
    after = Report(1, NOON - timedelta(hours=1), reporter=8)
    bring_in(trouble.folder, [cancelled, ordered, after], at=NOON + timedelta(seconds=1))
    candidate = trouble.candidate(1)
    file = candidate_file(candidate.pk, liaison5.actor, on=TODAY)
    shown = [line for e in file.episodes for line in e.requests]
    assert len(shown) == len(file.episodes) == sum(candidate.months)
    kinds = {"Illegal Dumping", "Trash Collection - Missed", "Graffiti Removal"}
    assert {line.service_name for line in shown} <= kinds
    assert not {cancelled.opened, ordered.opened, after.opened} & {r.opened_at for r in shown}


def test_episode_of_an_older_ranking_is_shown_as_it_stood(trouble: Trouble, liaison5: Cast) -> None:
    opened = NOON - timedelta(days=7)
    as_of = opened + timedelta(days=1)
    detection = detect(as_of=as_of, stamp=HOUSE)
    candidate = detection.candidates.get(place__label="1 ALLEY STREET NE")
    newest = candidate_file(candidate.pk, liaison5.actor, on=TODAY).episodes[0]
    assert (newest.started_on, newest.ended_on) == (opened.date(), None)


def test_map_is_geojson_of_points(trouble: Trouble, liaison5: Cast) -> None:
    drawn = json.loads(json.dumps(candidate_map(liaison5.actor, on=TODAY)))
    assert drawn["type"] == "FeatureCollection"
    first = drawn["features"][0]
    kept = trouble.candidate(1)
    assert first == {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [round(kept.longitude, 6), round(kept.latitude, 6)],
        },
        "properties": {
            "id": trouble.candidate(1).pk,
            "rank": 1,
            "label": "1 ALLEY STREET NE",
            "state": "undecided",
            "episodes": 33,
            "summary": f"33 episodes in 12 months where about {kept.expected:.1f} were expected;"
            " active in 12 of 12 months",
        },
    }
    longitude, latitude = first["geometry"]["coordinates"]
    assert (-78 < longitude < -76, 38 < latitude < 40) == (True, True)


def test_pages_follow_each_other_and_stay_within_bounds(crowded: Trouble, director: Cast) -> None:
    every = Chosen(sure=False)
    pages = [candidate_page(director.actor, on=TODAY, chosen=every, page=n) for n in (1, 2, 99, -3)]
    total = crowded.detection.candidates.exclude(q_value=None).count()
    assert total > 25
    assert [p.page for p in pages] == [1, 2, 2, 1]
    assert [(p.total, p.pages) for p in pages] == [(total, 2)] * 4
    ranks = [r.rank for p in pages[:2] for r in p.rows]
    assert ranks == list(range(1, total + 1))
    for sort in ("episodes", "-months", "-excess"):
        both = [
            candidate_page(director.actor, on=TODAY, chosen=every, sort=sort, page=n)
            for n in (1, 2)
        ]
        assert sorted(r.rank for p in both for r in p.rows) == ranks


def statements(call: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    return len(captured)


def test_statements_are_few_and_do_not_grow(trouble: Trouble, director: Cast) -> None:
    calls = {
        "list": lambda: candidate_page(director.actor, on=TODAY),
        "map": lambda: candidate_map(director.actor, on=TODAY),
        "rows": lambda: candidate_rows(director.actor, on=TODAY),
        "file": lambda: candidate_file(trouble.candidate(1).pk, director.actor, on=TODAY),
    }
    before = {name: statements(call) for name, call in calls.items()}
    more = [r for place in range(10, 30) for r in monthly(place, months=8)]
    bring_in(trouble.folder, more, at=NOON + timedelta(seconds=1))
    assert detect(stamp=HOUSE).candidates.count() > 20
    assert {name: statements(call) for name, call in calls.items()} == before
    assert before["list"] <= MOST_STATEMENTS
    assert before["map"] <= MOST_STATEMENTS


def test_empty_house_has_an_empty_list(director: Cast) -> None:
    page = candidate_page(director.actor, on=TODAY)
    assert (page.rows, page.total, page.pages, page.data_as_of, page.ran_at) == (
        (),
        0,
        1,
        None,
        None,
    )
    assert candidate_map(director.actor, on=TODAY)["features"] == []
    assert candidate_rows(director.actor, on=TODAY) == ()
    assert not undecided_candidates(on=TODAY).exists()
    with pytest.raises(NotFound):
        get_candidate(1, director.actor)


def test_page_says_how_old_its_data_are(trouble: Trouble, liaison5: Cast) -> None:
    page = candidate_page(liaison5.actor, on=TODAY)
    assert (page.data_as_of, page.ran_at) == (datetime(2026, 11, 11, 17, tzinfo=UTC), NOON)
