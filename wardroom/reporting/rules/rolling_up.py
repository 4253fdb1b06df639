"""The director's roll-up of a week: what changed since the last one, ward by ward. Pure.

Wards stand in the order of their numbers and never in one of rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wardroom.reporting.rules.wording import interval, percent

Frozen = Mapping[str, Any]
Item = dict[str, Any]
OF = re.compile(r"([\d,]+) of ([\d,]+) that")
STAGES = {"planned": "planned", "working": "at work", "checked": "checked"}


def roll_up(frozen: Frozen) -> dict[str, Any]:
    """The facts of a roll-up; of a ward without a report of last week nothing is called new."""
    first = roll_up_1(frozen)
    alone = {ward["code"] for ward in frozen["wards"] if ward["now"] and not ward["before"]}
    told = {
        section: [_beside(item, alone) for item in first[section]]
        for section in ("needs", "exceptions", "clocks")
    }
    changes = [item for ward in frozen["wards"] for item in _changes_2(ward)]
    head, *others = _without_wards(first["groups"][0]["figures"], told["needs"], alone)
    numbers = {**first["groups"][0], "figures": [head, *others]}
    return {**first, **told, "changes": changes, "groups": [numbers]}


def _beside(item: Item, alone: set[str]) -> Item:
    is_alone = item["ward"] in alone
    return {**item, "alone": is_alone, "new": item["new"] and not is_alone}


def _without_wards(figures: list[Item], needs: list[Item], alone: set[str]) -> list[Item]:
    """The numbers of the week; as new counts only what there was a report to compare with."""
    fresh = sum(item["new"] for item in needs)
    lone = sum(item["alone"] for item in needs)
    note = f"{fresh:,} of them new"
    if lone:
        note += f"; {lone:,} from wards with no report of last week to compare with"
    return [{**one, "note": note} if one["code"] == "decisions" else one for one in figures]


def _changes_2(ward: Frozen) -> Iterator[Item]:
    """As before, what came and went within the week, and where there is nothing to compare."""
    if ward["now"] is None:
        return
    for item in _changes(ward):
        yield {**item, "alone": False}
    for row in _rows(ward, "changes"):
        if row.get("passed"):
            yield {**_item(ward, row, row["sentence"], new=True), "alone": False}
    if ward["before"] is None:
        row = {"key": "alone"}
        words = "no report of last week to compare with."
        yield {**_item(ward, row, words, new=False), "alone": False}


def roll_up_1(frozen: Frozen) -> dict[str, Any]:
    """The facts of a roll-up as they were told first."""
    head, wards = frozen["head"], frozen["wards"]
    names = ("starts_on", "ends_on", "as_of", "data_as_of", "schematic", "before")
    return {
        "ward_name": "All wards",
        "liaison": "",
        **{name: head[name] for name in names},
        "groups": [{"title": "The week in numbers", "figures": _figures(wards)}],
        "needs": [item for ward in wards for item in _needs(ward)],
        "changes": [item for ward in wards for item in _changes(ward)],
        "exceptions": [item for ward in wards for item in _exceptions(ward)],
        "clocks": [item for ward in wards for item in _clocks(ward)],
        "wards": [_standing(ward) for ward in wards],
        "locations": [],
        "weeks": [],
    }


def _standing(ward: Frozen) -> Item:
    """Whether a ward signed, and how its promises and asks went beside the week before."""
    told = ward["now"]
    if told is None:
        return {"ward": ward["code"], "state": "missing", "edition_id": None}
    shown = {code: _shown(told, code) for code in ("promises_kept", "asks_late", "matters_open")}
    return {
        "ward": ward["code"],
        "state": told["state"],
        "edition_id": told["edition_id"],
        "liaison": told["liaison"],
        "signed_by": told["signed_by"],
        "signed_at": told["signed_at"],
        "summary": told["summary"],
        "wanted": told["wanted"],
        **shown,
        "promises_note": told["figures"].get("promises_kept", {}).get("note", ""),
        **{f"{code}_before": _shown(ward["before"], code) for code in shown},
    }


def _shown(told: Frozen | None, code: str) -> str:
    return str(told["figures"].get(code, {}).get("shown", "-")) if told else "-"


def _figures(wards: list[Frozen]) -> list[Item]:
    signed = sum(ward["now"] is not None and ward["now"]["state"] == "signed" for ward in wards)
    needs = [item for ward in wards for item in _needs(ward)]
    fresh = sum(item["new"] for item in needs)
    kept, of = _promises(wards, "now")
    kept_before, of_before = _promises(wards, "before")
    before = f"; the week before {kept_before:,} of {of_before:,}" if of_before else ""
    return [
        _figure("signed", "Reports signed", f"{signed} of {len(wards)}"),
        _figure("decisions", "Decisions needed", f"{len(needs):,}", f"{fresh:,} of them new"),
        _figure(
            "all_promises",
            "Promises kept on the first date",
            percent(kept, of),
            interval(kept, of, "were promised") + before,
        ),
    ]


def _promises(wards: list[Frozen], which: str) -> tuple[int, int]:
    """The promises kept, and how many there were, in all reports of a week."""
    kept = of = 0
    for ward in wards:
        note = ((ward[which] or {}).get("figures") or {}).get("promises_kept", {}).get("note", "")
        found = OF.search(note)
        if found:
            kept += int(found[1].replace(",", ""))
            of += int(found[2].replace(",", ""))
    return kept, of


def _figure(code: str, label: str, shown: str, note: str = "") -> Item:
    return {
        "code": code,
        "label": label,
        "shown": shown,
        "note": note,
        "screen": "",
        "filters": {},
    }


def _needs(ward: Frozen) -> Iterator[Item]:
    """What a ward needs decided; what the week before did not have is new."""
    known = _keys(ward["before"], "needs")
    for row in _rows(ward, "needs"):
        yield _item(ward, row, row["sentence"], new=row["key"] not in known)


def _exceptions(ward: Frozen) -> Iterator[Item]:
    known = _keys(ward["before"], "exceptions")
    for row in _rows(ward, "exceptions"):
        yield _item(ward, row, row["sentence"], new=row["key"] not in known)


def _clocks(ward: Frozen) -> Iterator[Item]:
    known = _keys(ward["before"], "clocks")
    for row in _rows(ward, "clocks"):
        yield _item(ward, row, row["sentence"], new=row["key"] not in known)


def _changes(ward: Frozen) -> Iterator[Item]:
    """The locations that came, moved on or went since the week before."""
    if ward["now"] is None or ward["before"] is None:
        return
    before = {row["matter_id"]: row for row in ward["before"]["locations"]}
    now = {row["matter_id"]: row for row in ward["now"]["locations"]}
    for key, row in now.items():
        was = before.get(key)
        if was is None:
            yield _item(ward, row, f"{row['title']}: designated, new on the list.", new=True)
        elif was["stage"] != row["stage"]:
            stages = f"from {_stage(was)} to {_stage(row)}"
            yield _item(ward, row, f"{row['title']}: moved {stages}.", new=True)
    for key, row in before.items():
        if key not in now:
            yield _item(ward, row, f"{row['title']}: no longer on the list.", new=True)


def _stage(row: Frozen) -> str:
    return STAGES.get(row["stage"], str(row["stage"]))


def _rows(ward: Frozen, section: str) -> list[Frozen]:
    return list(ward["now"][section]) if ward["now"] else []


def _keys(told: Frozen | None, section: str) -> set[str]:
    return {row.get("key", "") for row in told[section]} if told else set()


def _item(ward: Frozen, row: Frozen, sentence: str, *, new: bool) -> Item:
    return {
        "key": f"w{ward['code']}-{row.get('key', row.get('matter_id'))}",
        "sentence": f"Ward {ward['code']}: {sentence}",
        "ward": ward["code"],
        "ask_id": row.get("ask_id"),
        "matter_id": row.get("matter_id"),
        "agency": row.get("agency", ""),
        "new": new,
    }
