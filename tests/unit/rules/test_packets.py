"""What a packet for a commission's meeting says."""

from __future__ import annotations

from datetime import date
from typing import Any

from wardroom.reporting.rules import packets

TODAY = date(2026, 11, 18)
DPW = {"agency": "DPW", "standing": "late", "words": "Late by 3 days, no answer"}
DDOT = {"agency": "DDOT", "standing": "accepted", "words": "Promised for Dec 1, 2026"}


def matter(number: int, **changes: Any) -> dict[str, Any]:
    sound = {
        "matter_id": number, "kind": "Issue", "smd": "5B02", "public_text": "", "topic": "Dumping",
        "place": "1700 block of W Street NE", "opened_on": "2026-10-19", "asks": [],
    }  # fmt: skip
    return {**sound, **changes}


def rows(**changes: Any) -> dict[str, Any]:
    head = {"anc": "5B", "as_of": "2026-11-18T12:00:00-05:00", "event_id": 1}
    empty: dict[str, Any] = {
        "head": head,
        "smds": [{"code": "5B01", "holder": ""}, {"code": "5B02", "holder": "A. Lin"}],
        "matters": [], "locations": [], "smd_of": {}, "commitments": [], "papers": [],
        "notices": [], "walks": [], "ended": {},
    }  # fmt: skip
    return {**empty, **changes}


def promise(number: int, **changes: Any) -> dict[str, Any]:
    sound = {
        "matter_id": number, "wording": "We will put two cans there", "maker_name": "The Mayor",
        "said_on": "2026-10-01", "due_on": "2026-11-01", "stage": "Confirmed", "open": True,
    }  # fmt: skip
    return {**sound, **changes}


def test_the_worst_ask_tells_how_a_matter_stands() -> None:
    late, waiting = packets.matter_items([matter(1), matter(2, asks=[DDOT, DPW])], TODAY)
    assert late["sentence"] == (
        "Dumping, 1700 block of W Street NE: open 30 days. DPW: Late by 3 days, no answer."
    )
    assert waiting["sentence"].endswith("No agency was asked yet.")


def test_what_points_at_people_who_live_outside_is_left_out() -> None:
    told = packets.matter_items(
        [matter(1, topic="Encampment"), matter(2, place="A shelter")], TODAY
    )
    assert told == []


def test_an_smd_shows_three_matters_and_counts_the_rest() -> None:
    facts = packets.told(rows(matters=[matter(n) for n in range(5)]), None)
    first, second = facts["smds"]
    assert (first["many"], first["lines"]) == (0, [])
    assert (second["many"], len(second["lines"]), second["more"]) == (5, 3, 2)


def test_promise_past_its_day_says_so() -> None:
    (item,) = packets.commitment_items([promise(4)], TODAY)
    assert item["sentence"] == (
        "“We will put two cans there” (The Mayor, Oct 1, 2026): Confirmed, due Nov 1, 2026, past"
        " the day."
    )


def test_changes_name_what_is_new_what_moved_and_what_ended() -> None:
    before = packets.told(rows(matters=[matter(1), matter(2, asks=[DDOT])]), None)
    now = rows(
        matters=[matter(2, asks=[DPW]), matter(3, topic="Rats")],
        ended={"matter-1": "Fixed"},
    )
    said = [item["sentence"] for item in packets.told(now, before)["changes"]]
    place = "1700 block of W Street NE"
    assert said == [
        f"New: Rats, {place}.",
        f"Dumping, {place}: DPW: Late. It was: DDOT: Promised for Dec 1, 2026.",
        f"Dumping, {place}: Fixed.",
    ]


def test_a_day_more_of_lateness_is_no_change() -> None:
    late = [matter(1, asks=[{**DPW, "words": f"Late by {n} days"}]) for n in (3, 4)]
    before = packets.told(rows(matters=late[:1]), None)
    assert packets.told(rows(matters=late[1:]), before)["changes"] == []


def test_speech_lasts_three_minutes_at_most_and_ends_politely() -> None:
    wordy = [promise(n, wording="word " * 90) for n in range(9)]
    papers = [
        {
            "matter_id": n, "title": "word " * 30, "kind": "Proposal", "received_on": "2026-10-01",
            "due_on": "", "concerns": 2, "answered": 0, "outcome": "", "smd": "",
        }
        for n in range(20, 30)
    ]  # fmt: skip
    speech = packets.told(rows(commitments=wordy, papers=papers), None)["speaking"]
    assert sum(len(line["sentence"].split()) for line in speech) <= 400
    assert speech[-1]["sentence"].endswith("Thank you.")


def test_packet_of_an_smd_leaves_out_the_others() -> None:
    notice = {
        "matter_id": 7, "agency": "DDOT", "what": "A bike lane", "state": "No notice yet",
        "decide_on": "2026-12-01", "earliest_on": "",
        "smds": ["5B01"],
    }  # fmt: skip
    facts = packets.told(rows(matters=[matter(1)], notices=[notice]), None)
    first, second = packets.for_smd(facts, "5B01"), packets.for_smd(facts, "5B02")
    assert [smd["code"] for smd in first["smds"]] == ["5B01"]
    assert (len(first["notices"]), len(second["notices"])) == (1, 0)
    assert second["smds"][0]["many"] == 1


def test_packet_waits_from_a_week_before_to_the_day_of_the_meeting() -> None:
    days = [date(2026, 11, d) for d in (17, 18, 25, 26)]
    assert [packets.is_to_prepare(d, today=TODAY) for d in days] == [False, True, True, False]
