"""A ward's monthly report to an ANC: what the public may read, and three minutes of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from wardroom.kernel.addresses import by_block
from wardroom.reporting.rules.public import FEWEST, HIDDEN, counts_shown, is_delicate, shown_cells
from wardroom.reporting.rules.sentences import ahead_items
from wardroom.reporting.rules.wording import day_words, how_many

Frozen = Mapping[str, Any]
Item = dict[str, Any]
Hide = Callable[[Sequence[int]], tuple[list[str], str]]
COLUMNS = {
    "opened": "Opened",
    "closed": "Closed by the city",
    "verified": "Seen fixed by us",
    "past_due": "Open past due",
}
STAGES = {
    "designated": "taken on; the plan is being written",
    "planned": "a plan is agreed; the agencies have been asked",
    "working": "the agencies are at work",
    "checked": "the agencies were at work, and we have looked at it",
}
HIDDEN_NOTE = (
    "From 1 to 4 is not shown, so that a number points at nobody. Where one is not shown, the"
    " whole ANC has at least as many as the others make with one for each that is not."
)
HIDDEN_NOTE_1 = (
    "From 1 to 4 is not shown, so that a number points at nobody; nor is then the smallest other"
    " number of the column."
)
GOODBYE = (
    "If the city told you that something was fixed and it was not, tell me tonight or write"
    " to me; we will look at it ourselves. Thank you."
)
MOST_LOCATIONS = 5
MOST_WORDS = 400


def monthly(frozen: Frozen) -> dict[str, Any]:
    """The facts of a monthly report; nothing in them is for the office alone."""
    return {**monthly_2(frozen), "walks": walk_items(frozen)}


def monthly_2(frozen: Frozen) -> dict[str, Any]:
    """The same as it was told when a walk said what it went past."""
    return {**_told(frozen, counts_shown), "hidden_note": HIDDEN_NOTE}


def monthly_1(frozen: Frozen) -> dict[str, Any]:
    """The same as it was told first, when a total could give a small number away."""
    return _told(frozen, shown_cells)


def _told(frozen: Frozen, shown: Hide) -> dict[str, Any]:
    head = frozen["head"]
    table, totals = smd_table(frozen["smds"], shown)
    places = location_items(frozen)
    names = ("liaison", "starts_on", "ends_on", "as_of", "data_as_of", "schematic", "month")
    facts = {
        "ward_name": f"ANC {head['area']}",
        "area": head["area"],
        **{name: head[name] for name in names},
        "groups": [{"title": f"ANC {head['area']} this month", "figures": _figures(totals)}],
        "smds": table,
        "totals": totals,
        "places": places,
        "not_named": len(frozen["locations"]) - len(places),
        "notices": notice_items(frozen),
        "walks": walk_items_1(frozen),
        "ahead": [
            {**row, "sentence": by_block(row["sentence"])}
            for row in ahead_items(frozen)
            if not is_delicate(row["sentence"])
        ],
        "needs": [],
        "locations": [],
        "weeks": [],
    }
    return {**facts, "speaking": speaking_items(facts)}


def smd_table(rows: list[Frozen], shown: Hide) -> tuple[list[Item], dict[str, str]]:
    """Each SMD with its counts, the small ones hidden, and what may be shown of the sums."""
    cells, totals = {}, {}
    for column in COLUMNS:
        cells[column], totals[column] = shown([len(row[column]) for row in rows])
    table = [
        {"smd": row["code"], **{column: cells[column][n] for column in COLUMNS}}
        for n, row in enumerate(rows)
    ]
    return table, totals


def location_items(frozen: Frozen) -> list[Item]:
    """Up to five locations whose matter has words for the public, the most troubled first."""
    fit = [
        row
        for row in frozen["locations"]
        if row["public_text"].strip() and not is_delicate(f"{row['public_text']} {row['topics']}")
    ]
    fit.sort(key=lambda row: (-row["episodes"], row["matter_id"]))
    return [
        {
            "key": f"place-{row['matter_id']}",
            "sentence": f"{_sentence(by_block(row['public_text']))} Where it stands:"
            f" {STAGES.get(row['stage'], row['stage'])}.",
            "matter_id": row["matter_id"],
        }
        for row in fit[:MOST_LOCATIONS]
    ]


def notice_items(frozen: Frozen) -> list[Item]:
    """The clocks that the law sets between the city and the ANC, by the name of the rule."""
    return [
        {
            "key": f"notice-{clock['ask_id']}",
            "sentence": f"{clock['name']}: due {day_words(clock['due_on'])} ({clock['citation']}).",
            "matter_id": clock["matter_id"],
        }
        for clock in frozen["notices"]
    ]


def walk_items(frozen: Frozen) -> list[Item]:
    """How many places were looked at on each walk, and what was found in numbers."""
    return [
        {"key": f"walk-{walk['walk_id']}", "sentence": _walk_said(walk)} for walk in frozen["walks"]
    ]


def _walk_said(walk: Mapping[str, Any]) -> str:
    seen, new = walk["seen"], walk["troubles"]
    troubles = (
        f"{_some(new)} new troubles were written down" if new else "no new trouble was written down"
    )
    if not seen:
        return f"{day_words(walk['on'])}: there was a walk, and nobody wrote down what was seen."
    looked = f"{day_words(walk['on'])}: on a walk we looked at {how_many(seen, 'place')}"
    if seen == 1:
        found = "it had been fixed" if walk["fixed"] else "it had not been fixed"
    else:
        found = f"{_some(walk['fixed'])} had been fixed"
    return f"{looked}; {found}, and {troubles}."


def walk_items_1(frozen: Frozen) -> list[Item]:
    """What was seen on each walk as it was told first."""
    return [
        {
            "key": f"walk-{walk['walk_id']}",
            "sentence": f"{day_words(walk['on'])}: we walked past {_some(walk['stops'])} places and"
            f" looked at {_some(walk['seen'])}; {_some(walk['fixed'])} had been fixed, and"
            f" {_some(walk['troubles'])} new troubles were written down.",
        }
        for walk in frozen["walks"]
    ]


def _some(number: int) -> str:
    return "none" if not number else "a few" if number < FEWEST else f"{number:,}"


def speaking_items(facts: Mapping[str, Any]) -> list[Item]:
    """Three minutes of speech from the figures, a paragraph a line; at most 400 words."""
    month = f"{date.fromisoformat(facts['starts_on']):%B}"
    said = [
        greeting(f"{month} report", facts["area"]),
        _numbers_said(facts["totals"], month),
        *[f"One place we work on: {row['sentence']}" for row in facts["places"][:3]],
        _notices_said(len(facts["notices"])),
        "The written report has the numbers for each single-member district. Where a number is"
        " too small to show without pointing at somebody, it is left out.",
        GOODBYE,
    ]
    return [
        {"key": f"speaking-{n}", "sentence": words}
        for n, words in enumerate(within_three_minutes([one for one in said if one]))
    ]


def greeting(what: str, area: str) -> str:
    """How whoever speaks for the office begins."""
    return (
        f"Good evening, commissioners. This is the {what} of the mayor's office of community"
        f" relations for ANC {area}."
    )


def _numbers_said(totals: Mapping[str, str], month: str) -> str:
    said = []
    if totals["opened"] != HIDDEN:
        said.append(f"In {month}, people here sent {totals['opened']} requests to 311.")
    if totals["closed"] != HIDDEN:
        said.append(f"The city marked {totals['closed']} closed.")
    if totals["past_due"] != HIDDEN:
        many = totals["past_due"]
        said.append(
            f"{many[:1].upper()}{many[1:]} were open past their due date when the month ended."
        )
    if totals["verified"] not in (HIDDEN, "0"):
        said.append(f"We went to look and saw {totals['verified']} of those closed really fixed.")
    return " ".join(said)


def _notices_said(many: int) -> str:
    if not many:
        return ""
    clocks = "One clock" if many == 1 else f"{many} clocks"
    return (
        f"{clocks} set by law {'runs' if many == 1 else 'run'} between the city and you; the"
        " written report has the dates."
    )


def within_three_minutes(lines: Sequence[str]) -> list[str]:
    """The first lines that can be read aloud in three minutes, whole ones only."""
    kept: list[str] = []
    left = MOST_WORDS
    for line in lines:
        left -= len(line.split())
        if left < 0:
            break
        kept.append(line)
    return kept


def _figures(totals: Mapping[str, str]) -> list[Item]:
    return [
        {
            "code": f"anc_{column}",
            "label": label,
            "shown": totals[column],
            "note": "",
            "screen": "",
            "filters": {},
        }
        for column, label in COLUMNS.items()
    ]


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."
