"""The sentences that a draft brings along: decisions needed, clocks, what stands out. Pure.

Each has a key by which a person's own wording finds it again after the numbers were counted
anew, and says from what it comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wardroom.matters.rules import WITH_AGENCY
from wardroom.reporting.rules.measuring import signal_sentence
from wardroom.reporting.rules.wording import day_words, days_late

Item = dict[str, Any]
Frozen = Mapping[str, Any]
MOST_LATE = 6
CLOCK_DAYS = 14
ENTRIES = {"designated": "designated", "relapsed": "relapsed", "reopened": "opened again"}


def need_items(frozen: Frozen) -> list[Item]:
    """What waits for a decision: asks late, other dates offered, asks declined; the latest first.

    A report is a page or two: of what is late the longest are named, and the rest are counted.
    """
    today = date.fromisoformat(frozen["head"]["today"])
    late = [a for a in frozen["asks"] if _is_late(a, today)]
    late.sort(key=lambda ask: (ask["expected_on"], ask["ask_id"]))
    offered = [a for a in frozen["asks"] if a["state"] == "countered"]
    declined = [a for a in frozen["asks"] if a["state"] == "declined" and a["matter_open"]]
    items = [_item(ask, _late_words(ask, today)) for ask in late[:MOST_LATE]]
    items += [_item(ask, _offer_words(ask)) for ask in offered[:MOST_LATE]]
    items += [_item(ask, _refusal_words(ask)) for ask in declined[:MOST_LATE]]
    return items + _rest(late, offered, declined)


def _is_late(ask: Mapping[str, Any], today: date) -> bool:
    """Whether it is past its date; one with another date offered waits for us, not for them."""
    with_them = ask["state"] in WITH_AGENCY and ask["state"] != "countered"
    return with_them and ask["expected_on"] < today.isoformat()


def _item(ask: Mapping[str, Any], sentence: str) -> Item:
    return {
        "key": f"ask-{ask['ask_id']}",
        "sentence": sentence,
        "ask_id": ask["ask_id"],
        "matter_id": ask["matter_id"],
    }


def _late_words(ask: Mapping[str, Any], today: date) -> str:
    thing = f"{ask['wording']} ({ask['title']})"
    what = "has not answered" if ask["state"] == "requested" else "is late"
    day = "due" if ask["state"] == "requested" else "promised for"
    late = days_late(ask["expected_on"], today)
    return (
        f"{ask['agency']} {what}: {thing}. Asked {day_words(ask['asked_on'])}, {day}"
        f" {day_words(ask['expected_on'])}, {late} past its date."
    )


def _offer_words(ask: Mapping[str, Any]) -> str:
    return (
        f"{ask['agency']} offers {day_words(ask['counter_on'])} instead of"
        f" {day_words(ask['due_on'])}: {ask['wording']} ({ask['title']}). Asked"
        f" {day_words(ask['asked_on'])}."
    )


def _refusal_words(ask: Mapping[str, Any]) -> str:
    return (
        f"{ask['agency']} declined: {ask['wording']} ({ask['title']}). Asked"
        f" {day_words(ask['asked_on'])} for {day_words(ask['due_on'])}."
    )


def _rest(*kinds: list[Any]) -> list[Item]:
    words = ("past their date", "for which another date is offered", "declined")
    left = [
        f"{len(asks) - MOST_LATE:,} more {word}"
        for asks, word in zip(kinds, words, strict=True)
        if len(asks) > MOST_LATE
    ]
    if not left:
        return []
    sentence = f"Besides these, asks wait: {', '.join(left)}."
    return [{"key": "asks-rest", "sentence": sentence, "ask_id": None, "matter_id": None}]


def clock_items(frozen: Frozen) -> list[Item]:
    """The legal clocks that are over or run out within 14 days, the soonest first."""
    today = date.fromisoformat(frozen["head"]["today"])
    last = (today + timedelta(days=CLOCK_DAYS)).isoformat()
    return [
        {
            "key": f"clock-{clock['ask_id']}",
            "sentence": _clock_words(clock, today),
            "matter_id": clock["matter_id"],
        }
        for clock in frozen["deadlines"]
        if clock["due_on"] <= last
    ]


def _clock_words(clock: Mapping[str, Any], today: date) -> str:
    law = f", {clock['citation']}" if clock["citation"] else ""
    where = f" ({clock['title']})" if clock["title"] else ""
    due = day_words(clock["due_on"])
    if clock["due_on"] < today.isoformat():
        ago = days_late(clock["due_on"], today)
        return f"{clock['wording']}{where} was due {due}, {ago} ago{law}."
    return f"{clock['wording']}{where} is due {due}{law}."


def meeting_items(frozen: Frozen) -> list[Item]:
    """The meetings and walks of the week that are over: held, called off, or not written down."""
    today = frozen["head"]["today"]
    return [
        {
            "key": f"event-{event['event_id']}",
            "sentence": f"{_when(event)}: {event['title']}, {_held(event)}.",
            "event_id": event["event_id"],
        }
        for event in frozen["events"]
        if event["on"] <= today and (event["state"] != "planned" or event["on"] < today)
    ]


def week_items(frozen: Frozen) -> list[Item]:
    """The meetings of the week that are over, and its walks with what was found on them.

    A walk that stands in the calendar too is told once, by what was found.
    """
    walked = {_key(walk) for walk in frozen["walks"]}
    events = [
        e for e in frozen["events"] if e["event_id"] not in walked and _named(e) not in walked
    ]
    walks = [
        {
            "key": f"walk-{walk['walk_id']}",
            "sentence": _walk_words(walk),
            "walk_id": walk["walk_id"],
        }
        for walk in frozen["walks"]
    ]
    return [*meeting_items({**frozen, "events": events}), *walks]


def _key(walk: Mapping[str, Any]) -> Any:
    """Its event; rows of earlier weeks do not say which one it is, only its day and name."""
    return walk["event_id"] if "event_id" in walk else _named(walk)


def _named(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["on"], row["title"]


def _walk_words(walk: Mapping[str, Any]) -> str:
    found = [
        f"{walk['seen']} of {walk['stops']} stops seen",
        f"{walk['fixed']} found fixed",
        f"{walk['not_fixed']} not fixed or only partly",
        f"{walk['troubles']} new {'trouble' if walk['troubles'] == 1 else 'troubles'}",
    ]
    again = walk["asked_again"]
    if again:
        found.append(f"{again} asked again")
    still = "" if walk["over"] else " Nobody has ended it yet."
    return f"{_when(walk)}: {walk['title']}, {', '.join(found)}.{still}"


def move_items(frozen: Frozen) -> list[Item]:
    """The locations that were taken on or left in the week, also those that came and went."""
    return [
        {
            "key": f"spell-{move['spell_id']}",
            "sentence": f"{move['title']}: {_move_words(move)}.",
            "matter_id": move["matter_id"],
            "passed": move["came"] and bool(move["left_on"]),
        }
        for move in frozen["places"]["moves"]
    ]


def _move_words(move: Mapping[str, Any]) -> str:
    words = []
    if move["came"]:
        words.append(f"{ENTRIES.get(move['entry'], move['entry'])} {day_words(move['entered_on'])}")
    if move["left_on"]:
        words.append(f"left {day_words(move['left_on'])} ({move['outcome'].lower()})")
    return " and ".join(words)


def ahead_items(frozen: Frozen) -> list[Item]:
    """The meetings and walks of next week."""
    return [
        {
            "key": f"event-{event['event_id']}",
            "sentence": f"{_when(event)}, {event['at']}: {event['title']}{_where(event)}.",
            "event_id": event["event_id"],
        }
        for event in frozen["ahead"]
        if event["state"] != "cancelled"
    ]


def improvement_items(frozen: Frozen) -> list[Item]:
    """The steps of improvement that were agreed, each with its authority and where it came from."""
    return [
        {
            "key": f"improvement-{row['improvement_id']}",
            "sentence": _improvement_words(row),
        }
        for row in frozen["improvements"]
    ]


def _improvement_words(row: Mapping[str, Any]) -> str:
    led = f" Led to: {row['led_to']}." if row["led_to"] else ""
    return (
        f"{row['entity']}: {row['wording']} ({row['authority']}). Agreed"
        f" {day_words(row['agreed_on'])}. Found: {row['found_by']}.{led}"
    )


def _when(event: Mapping[str, Any]) -> str:
    day = date.fromisoformat(event["on"])
    return f"{day:%A}, {day:%b} {day.day}"


def _where(event: Mapping[str, Any]) -> str:
    return f", {event['place']}" if event["place"] else ""


def _held(event: Mapping[str, Any]) -> str:
    if event["state"] == "held":
        return "held"
    if event["state"] == "cancelled":
        return f"canceled: {event['why']}" if event["why"] else "canceled"
    return "nobody wrote down whether it was held"


def signal_items(frozen: Frozen) -> list[Item]:
    """What stands out about agencies in the ward, by name; a signal opens a conversation."""
    return [
        {
            "key": "-".join(("signal", one["agency"], one["what"], *one.get("rule", "").split())),
            "sentence": _beside_words(one) if one["what"] == "late" else _chart_words(one),
            "agency": one["agency"],
        }
        for one in frozen["signals"]
    ]


def _chart_words(one: Mapping[str, Any]) -> str:
    said = signal_sentence(
        one["rule"], day_words(one["first_on"]), day_words(one["last_on"]), upwards=one["upwards"]
    )
    return (
        f"{one['name']}, requests a week: {said} The last of them had {one['value']:,.0f}, where"
        f" {one['centre']:,.0f} are expected and {one['lower']:,.0f} to {one['upper']:,.0f} are"
        " ordinary."
    )


def _beside_words(one: Mapping[str, Any]) -> str:
    more = "more" if one["observed"] > one["expected"] else "fewer"
    return (
        f"{one['name']}, done late: {one['observed']:,.0f} of {one['number']:,} were late; its mix"
        f" of kinds leads one to expect about {one['expected']:,.0f}. That is {more} than chance"
        " explains."
    )
