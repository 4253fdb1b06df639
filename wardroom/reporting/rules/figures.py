"""The numbers of a week, each with the rows it counts. Pure.

A figure whose rows a list of the house can show names that list and its filters; any other
names none, and its rows are those frozen with the report (`rows_behind`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from wardroom.matters.rules import WITH_AGENCY
from wardroom.reporting.rules.measuring import ages_in_words
from wardroom.reporting.rules.wording import day_words, interval, percent, time_words

Figure = dict[str, Any]
Frozen = Mapping[str, Any]
AGES_UP_TO = (7, 30, 90, 365)
OLD_AFTER = 90
OFFICE = (
    *("matters_in", "matters_out", "matters_open", "undecided", "decided", "locations"),
    *("asks_waiting", "asks_late"),
)


def request_figures(frozen: Frozen) -> list[Figure]:
    """Requests opened, closed, still open and how old, closed on time, and how long they take."""
    head, rows = frozen["head"], frozen["requests"]
    ward = {"ward": head["ward_code"], "as_of": head["as_of"]}
    edges = {"from": head["starts_on"], "until": head["ends_on"]}

    def listed(code: str, label: str, shown: str, note: str = "", **words: str) -> Figure:
        return _figure(code, label, shown, note, screen="requests", **ward, **words)

    opened = {f"opened_{edge}": day for edge, day in edges.items()}
    closed = {f"closed_{edge}": day for edge, day in edges.items()}
    due = {**{f"due_{edge}": day for edge, day in edges.items()}, "standing": "measured"}
    hits, n = sum(in_time for _, in_time in rows["due"]), len(rows["due"])
    old = len(rows_behind(frozen, "old"))
    return [
        listed("opened", "Requests opened", f"{len(rows['opened']):,}", **opened),
        listed("closed", "Requests closed by the city", f"{len(rows['closed']):,}", **closed),
        listed("still_open", "Still open", f"{len(rows['open']):,}", standing="unfinished"),
        _figure("old", f"Open for over {OLD_AFTER} days", f"{old:,}", _ages(rows["open"])),
        listed("on_time", "Closed on time", percent(hits, n), interval(hits, n, "fell due"), **due),
        *_time_to_close(frozen),
    ]


def _ages(still: list[list[int]]) -> str:
    bands = [0] * (len(AGES_UP_TO) + 1)
    for _, days in still:
        bands[sum(days > most for most in AGES_UP_TO)] += 1
    return f"open: {ages_in_words(bands)}"


def _time_to_close(frozen: Frozen) -> list[Figure]:
    measured = frozen["measured"]
    if measured is None:
        return []
    time = measured["time"]
    median = time["median"]
    between = ""
    if median["lower"] is not None and median["upper"] is not None:
        low, high = time_words(median["lower"]), time_words(median["upper"])
        between = f"; likely {low} to {high}"
    note = (
        f"{time['number']:,} requests since {day_words(measured['since_on'])}, open ones counted"
        f"{between}; measured {day_words(measured['measured_on'])}"
    )
    return [
        _figure(
            "time",
            "Half are closed within",
            time_words(median["value"]),
            note,
            screen="measures",
            ward=frozen["head"]["ward_code"],
            measured=str(measured["measurement_id"]),
        )
    ]


def office_figures(frozen: Frozen) -> list[Figure]:
    """The office's own work: matters, candidates, decisions, locations, asks, promises, checks."""
    head = frozen["head"]
    ward = {"ward": head["ward_code"], "as_of": head["as_of"]}
    count = {code: len(rows_behind(frozen, code)) for code in OFFICE}
    return [
        _figure("matters_in", "Matters taken on", f"{count['matters_in']:,}"),
        _figure("matters_out", "Matters closed", f"{count['matters_out']:,}"),
        _figure("matters_open", "Matters open", f"{count['matters_open']:,}"),
        _figure(
            "undecided", "Candidates not decided", f"{count['undecided']:,}",
            screen="candidates", decided="undecided", **ward,
        ),
        _figure(
            "decided", "Decided this week", f"{count['decided']:,}", _verdicts(frozen),
            screen="candidates", decided_from=head["starts_on"], **ward,
        ),
        _figure(
            "locations", "Persistent locations open", f"{count['locations']:,}",
            screen="locations", **ward,
        ),
        _figure(
            "asks_waiting", "Asks without an answer", f"{count['asks_waiting']:,}",
            screen="asks", was="waiting", **ward,
        ),
        _figure(
            "asks_late", "Asks past their date", f"{count['asks_late']:,}",
            screen="asks", was="late", **ward,
        ),
        *_promises(frozen, ward),
        *_looks(frozen, ward),
    ]  # fmt: skip


def with_decisions(frozen: Frozen, figures: list[Figure]) -> list[Figure]:
    """The same numbers, with the decisions about nominations among those of the week."""
    rows = rows_behind(frozen, "settled")
    said = _counted_verdicts(row["verdict"] for row in rows)
    settled = _figure("settled", "Decided this week", f"{len(rows):,}", said)
    return [settled if figure["code"] == "decided" else figure for figure in figures]


def _promises(frozen: Frozen, ward: Mapping[str, str]) -> list[Figure]:
    """Kept by the first date, broken, and moved."""
    head = frozen["head"]
    asks = rows_behind(frozen, "promised")
    kept = sum(ask["kept"] for ask in asks)
    last = min(head["ends_on"], _day_before(head["today"]))
    days = {"promised_from": head["starts_on"], "promised_until": last}
    return [
        _figure(
            "promises_kept", "Promises kept on the first date", percent(kept, len(asks)),
            interval(kept, len(asks), "were promised"),
            screen="asks", was="promised", **days, **ward,
        ),
        _figure("promises_broken", "Promises broken", f"{len(asks) - kept:,}"),
        _figure(
            "promises_moved", "Promises moved to a later day",
            f"{len(rows_behind(frozen, 'promises_moved')):,}",
        ),
    ]  # fmt: skip


def _looks(frozen: Frozen, ward: Mapping[str, str]) -> list[Figure]:
    """What somebody who had not asked for it saw where an agency said done; checks; lots."""
    checks, places = frozen["places"]["checks"], rows_behind(frozen, "checks")
    said = f"{len(checks):,} {'check' if len(checks) == 1 else 'checks'}" if checks else ""
    done = rows_behind(frozen, "done")
    looked = rows_behind(frozen, "verified")
    clean = sum(ask["seen"].startswith("clean") for ask in looked)
    seen = f"{clean:,} of {len(looked):,}" if looked else "-"
    rounds = frozen["places"]["rounds"]
    fixed = sum(one["fixed"] for one in rounds)
    known = fixed + sum(one["not_fixed"] for one in rounds)
    unclear = sum(one["unclear"] for one in rounds)
    told = interval(fixed, known, "were drawn by lot and could be told") if known else ""
    if unclear:
        told = f"{told}; {unclear:,} could not be told".removeprefix("; ")
    return [
        _figure(
            "checks", "Locations checked", f"{len(places):,}", said,
            screen="locations", checked_from=frozen["head"]["starts_on"], **ward,
        ),
        _figure(
            "verified", "Done and seen clean by somebody else", seen,
            f"{len(done):,} reported done this week",
        ),
        *(
            [_figure("spot_checks", "Spot checks: fixed", percent(fixed, known), told)]
            if rounds
            else []
        ),
    ]  # fmt: skip


def rows_behind(frozen: Frozen, code: str) -> list[Any]:
    """The rows that a number counts, as they were frozen."""
    return COUNTED[code](frozen)


def _could_tell(ask: Mapping[str, Any]) -> bool:
    return bool(ask["seen"]) and not ask["seen"].startswith("cannot")


def _late(frozen: Frozen) -> list[Any]:
    today = frozen["head"]["today"]
    return [a for a in frozen["asks"] if a["state"] in WITH_AGENCY and a["expected_on"] < today]


def _promised(frozen: Frozen) -> list[Any]:
    """The asks promised for a day of the week that is over, unless we withdrew before it."""
    head = frozen["head"]
    last = min(head["ends_on"], _day_before(head["today"]))
    return [
        ask
        for ask in frozen["asks"]
        if ask["counts"] and head["starts_on"] <= ask["first_promised_on"] <= last
    ]


def _checked(frozen: Frozen) -> list[Any]:
    return list(dict.fromkeys(matter_id for _, matter_id, _ in frozen["places"]["checks"]))


def _in_smds(column: str) -> Callable[[Frozen], list[Any]]:
    return lambda frozen: [pk for smd in frozen["smds"] for pk in smd[column]]


def _reports(frozen: Frozen, *, signed: bool) -> list[int]:
    told = [ward["now"] for ward in frozen["wards"] if ward["now"] is not None]
    return [one["edition_id"] for one in told if not signed or one["state"] == "signed"]


COUNTED: Mapping[str, Callable[[Frozen], list[Any]]] = {
    "signed": lambda f: _reports(f, signed=True),
    "decisions": lambda f: _reports(f, signed=False),
    "all_promises": lambda f: _reports(f, signed=False),
    **{f"anc_{c}": _in_smds(c) for c in ("opened", "closed", "verified", "past_due")},
    "old": lambda f: [pk for pk, days in f["requests"]["open"] if days > OLD_AFTER],
    "matters_in": lambda f: f["matters"]["came"],
    "matters_out": lambda f: f["matters"]["went"],
    "matters_open": lambda f: f["matters"]["open"],
    "undecided": lambda f: f["places"]["undecided"],
    "decided": lambda f: f["places"]["decided"],
    "settled": lambda f: f["places"]["settled"],
    "locations": lambda f: f["places"]["locations"],
    "asks_waiting": lambda f: [a for a in f["asks"] if a["state"] == "requested"],
    "asks_late": _late,
    "promised": _promised,
    "promises_broken": lambda f: [a for a in _promised(f) if not a["kept"]],
    "promises_moved": lambda f: [a for a in f["asks"] if a["moved_in_week"]],
    "done": lambda f: [a for a in f["asks"] if a["done_in_week"]],
    "verified": lambda f: [a for a in f["asks"] if a["done_in_week"] and _could_tell(a)],
    "spot_checks": lambda f: f["places"]["rounds"],
    "checks": _checked,
}


def _verdicts(frozen: Frozen) -> str:
    return _counted_verdicts(verdict for _, verdict in frozen["places"]["decided"])


def _counted_verdicts(verdicts: Iterable[str]) -> str:
    counts = Counter(verdicts)
    words = (("designate", "designated"), ("watch", "watched"), ("refuse", "refused"))
    return ", ".join(f"{counts[v]} {word}" for v, word in words if counts[v])


def _day_before(text: str) -> str:
    return (date.fromisoformat(text) - timedelta(days=1)).isoformat()


def _figure(
    code: str, label: str, shown: str, note: str = "", *, screen: str = "", **filters: str
) -> Figure:
    return {
        "code": code,
        "label": label,
        "shown": shown,
        "note": note,
        "screen": screen,
        "filters": filters,
    }
