"""What a liaison takes along to a commission's meeting, told from rows. Pure.

Everybody may read it: no resident, no house, no encampment, and nothing restricted is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wardroom.kernel.addresses import block_of, by_block
from wardroom.reporting.rules.monthly import (
    GOODBYE,
    greeting,
    location_items,
    walk_items,
    within_three_minutes,
)
from wardroom.reporting.rules.public import is_delicate
from wardroom.reporting.rules.wording import day_words, how_many

Rows = Mapping[str, Any]
Item = dict[str, Any]
OFFER_BEFORE = timedelta(days=7)
MOST_OF_AN_SMD = 3
MOST_CHANGES = 8
WHOLE = "whole"
SPOKEN_CHANGES = ("change-matter-", "change-place-")
NOT_ASKED = "No agency was asked yet"
TELLING = ("late", "not_fixed", "declined", "requested", "countered", "accepted", "done")
SECTIONS = ("changes", "places", "commitments", "papers", "notices", "walks")


def told(rows: Rows, before: Rows | None) -> dict[str, Any]:
    """The whole packet; ``before`` is the content of the last one that was sent."""
    head = rows["head"]
    today = date.fromisoformat(head["as_of"][:10])
    matters = matter_items(rows["matters"], today)
    facts: dict[str, Any] = {
        **head,
        "smds": [_smd(row, matters) for row in rows["smds"]],
        "places": _places(rows),
        "commitments": commitment_items(rows["commitments"], today),
        "papers": paper_items(rows["papers"], today),
        "notices": notice_items(rows["notices"]),
        "walks": walk_items(rows),
    }
    everything = [*matters, *(item for code in SECTIONS[1:5] for item in facts[code])]
    facts["tracked"] = {item["key"]: [item["title"], item["mark"]] for item in everything}
    facts["changes"] = change_items(before, facts["tracked"], rows["ended"]) if before else []
    return {**facts, "speaking": speaking_items(facts)}


def matter_items(matters: Iterable[Rows], today: date) -> list[Item]:
    """Each open matter with its true status and age, what is late and then what is oldest first."""
    items = []
    for row in matters:
        title = _public_title(row)
        if is_delicate(f"{title} {row['place']}"):
            continue
        standing, words = status_of(row["asks"])
        days = (today - date.fromisoformat(row["opened_on"])).days
        items.append(
            {
                "key": f"matter-{row['matter_id']}",
                "matter_id": row["matter_id"],
                "smd": row["smd"],
                "title": title,
                "mark": words.split(" by ")[0] if standing == "late" else words,
                "late": standing == "late",
                "days": days,
                "sentence": f"{title}: open {how_many(days, 'day')}. {words}.",
            }
        )
    return sorted(items, key=lambda item: (not item["late"], -item["days"], item["key"]))


def status_of(asks: Sequence[Rows]) -> tuple[str, str]:
    """What is true of a matter: how its most telling ask stands; done is the agency's own word."""
    if not asks:
        return "", NOT_ASKED
    order = {code: n for n, code in enumerate(TELLING)}
    first = min(asks, key=lambda ask: order.get(ask["standing"], len(TELLING)))
    return first["standing"], f"{first['agency']}: {first['words']}"


def commitment_items(rows: Iterable[Rows], today: date) -> list[Item]:
    """Our promises to the commission, each with how it stands."""
    items = []
    for row in rows:
        state, due_on = row["stage"], row["due_on"]
        if row["open"] and due_on:
            past = ", past the day" if date.fromisoformat(due_on) < today else ""
            state = f"{state}, due {day_words(due_on)}{past}"
        title = f"“{by_block(row['wording'])}” ({row['maker_name']}, {day_words(row['said_on'])})"
        items.append(_item("commitment", row, title, state))
    return items


def paper_items(rows: Iterable[Rows], today: date) -> list[Item]:
    """The commission's papers with their clocks."""
    items = []
    for row in rows:
        state = f"{row['answered']} of {row['concerns']} concerns answered"
        if row["outcome"]:
            state = row["outcome"]
        elif row["due_on"]:
            late = date.fromisoformat(row["due_on"]) < today
            clock = "clock ran out" if late else "next clock"
            state = f"{state}, {clock} {day_words(row['due_on'])}"
        title = (
            f"{row['kind']} “{by_block(row['title'])}”, received {day_words(row['received_on'])}"
        )
        items.append({**_item("paper", row, title, state), "smd": row["smd"] or WHOLE})
    return items


def notice_items(rows: Iterable[Rows]) -> list[Item]:
    """What agencies owe the commission notice of, and how that stands."""
    return [
        {
            **_item("notice", row, f"{row['agency']}: {by_block(row['what'])}", _notice_state(row)),
            "smds": row["smds"],
        }
        for row in rows
    ]


def _notice_state(row: Rows) -> str:
    if row["earliest_on"]:
        return f"{row['state']}, earliest decision {day_words(row['earliest_on'])}"
    return f"{row['state']}, decision planned {day_words(row['decide_on'])}"


def change_items(before: Rows, now: Rows, ended: Mapping[str, str]) -> list[Item]:
    """What is new, what stands otherwise and what ended since the packet before."""
    was = before["tracked"]
    said = [(key, f"New: {now[key][0]}.") for key in now if key not in was]
    said += [
        (key, f"{now[key][0]}: {now[key][1]}. It was: {was[key][1]}.")
        for key in now
        if key in was and was[key][1] != now[key][1]
    ]
    gone = [key for key in was if key not in now]
    said += [(key, f"{was[key][0]}: {ended.get(key, 'not open any more')}.") for key in gone]
    items = [{"key": f"change-{key}", "sentence": words} for key, words in said[:MOST_CHANGES]]
    rest = len(said) - MOST_CHANGES
    if rest > 0:
        items.append({"key": "change-more", "sentence": f"And {rest} more."})
    return items


def speaking_items(facts: Rows) -> list[Item]:
    """Three minutes of speech: what moved, what is promised, what is owed, and what we saw."""
    many = sum(smd["many"] for smd in facts["smds"])
    moved = [item for item in facts["changes"] if item["key"].startswith(SPOKEN_CHANGES)]
    said = [
        greeting("report", facts["anc"]),
        f"We have {how_many(many, 'open matter')} here; the written packet has each with its age.",
        *[f"Since our last packet: {item['sentence']}" for item in moved[:3]],
        *[f"This was promised to you: {item['sentence']}" for item in facts["commitments"][:2]],
        *[f"Of your own papers: {item['sentence']}" for item in facts["papers"][:2]],
        *[f"You are owed notice: {item['sentence']}" for item in facts["notices"][:2]],
        *[f"One place we work on: {item['sentence']}" for item in facts["places"][:2]],
        *[item["sentence"] for item in facts["walks"][:1]],
        GOODBYE,
    ]
    kept = within_three_minutes(said)
    if kept[-1] != GOODBYE:
        kept = [*within_three_minutes([GOODBYE, *said])[1:], GOODBYE]
    return [{"key": f"speaking-{n}", "sentence": words} for n, words in enumerate(kept)]


def for_smd(facts: Rows, smd: str) -> dict[str, Any]:
    """The packet of one commissioner: what lies in the district, and what concerns them all."""
    return {
        **facts,
        "smds": [row for row in facts["smds"] if row["code"] == smd],
        "places": [item for item in facts["places"] if item["smd"] == smd],
        "papers": [item for item in facts["papers"] if item["smd"] in (WHOLE, smd)],
        "notices": [item for item in facts["notices"] if smd in item["smds"]],
        "changes": [],
        "speaking": [],
        "smd": smd,
    }


def is_to_prepare(meets_on: date, *, today: date) -> bool:
    """Whether a packet is due on somebody's list: from a week before the meeting to its day."""
    return today <= meets_on <= today + OFFER_BEFORE


def _smd(row: Rows, matters: list[Item]) -> Item:
    mine = [item for item in matters if item["smd"] == row["code"]]
    shown = mine[:MOST_OF_AN_SMD]
    return {**row, "many": len(mine), "more": len(mine) - len(shown), "lines": shown}


def _places(rows: Rows) -> list[Item]:
    smd_of = rows["smd_of"]
    return [
        {
            **item,
            "title": item["sentence"].split(". Where it stands")[0],
            "mark": item["sentence"].rpartition("Where it stands: ")[2].rstrip("."),
            "smd": smd_of.get(str(item["matter_id"]), ""),
        }
        for item in location_items(rows)
    ]


def _public_title(row: Rows) -> str:
    what = by_block(row["public_text"].strip()).rstrip(".") or row["topic"] or row["kind"]
    where = block_of(row["place"])
    return f"{what}, {where}" if where and where.lower() not in what.lower() else what


def _item(noun: str, row: Rows, title: str, state: str) -> Item:
    return {
        "key": f"{noun}-{row['matter_id']}",
        "matter_id": row["matter_id"],
        "title": title,
        "mark": state,
        "sentence": f"{title}: {state}.",
    }
