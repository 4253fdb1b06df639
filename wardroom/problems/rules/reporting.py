"""How readily people report, and what correcting for it would change, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.analysis.definitions import Definition

SELDOM, SILENT = "seldom", "silent"
WHY_WALK = {
    SELDOM: "Few report here",
    SILENT: "Too few reports to tell",
}
LABELS = {"ward": "Ward", "anc": "ANC", "smd": "SMD"}
DISTRICTS = {"ward": "wards", "anc": "ANCs", "smd": "single-member districts"}
ALIKE = "If all reported alike"
DEFINITIONS = (
    Definition(
        ALIKE,
        1,
        "The episodes a month over the ordinary, divided by how readily people of the district"
        " report, and the rank that this would give. The range holds the district's rate with 95"
        " chances in 100. It is shown beside the rank and changes nothing in it. A place that"
        " nobody reports at all does not come up by it.",
        "Excess divided by the reporting rate.",
    ),
    Definition(
        "Likely unreported",
        1,
        "Episodes of 12 months that would likely have been reported too if people of the district"
        " reported as readily as the city does on average. What the whole city leaves unreported"
        " is not in it. It says how readily people report, not how much they need.",
        "Episodes times (1 / rate - 1), with the ends of the rate's interval.",
    ),
    Definition(
        "Office's order",
        1,
        "The episodes a month over the ordinary, and what the office adds for severity, for"
        " episodes that likely go unreported, and for requests past due. Only places that are sure"
        " enough come first; the evidence and the usual order stay as they are.",
        "Weights that the director sets.",
    ),
)


@dataclass(frozen=True)
class Reporting:
    """How readily the district of a candidate reports, and what that would change.

    ``rank`` and ``even_rank`` are None where the place was not weighed.
    """

    label: str
    relative: float
    lower: float
    upper: float
    repeats: int
    excess: float
    low: float
    high: float
    rank: int | None
    even_rank: int | None


def district_named(kind: str, code: str) -> str:
    """A district as people say it: SMD 5C07, or Ward 5."""
    return f"{LABELS.get(kind, kind.upper())} {code}"


def told_of_reporting(r: Reporting) -> str:
    """How readily people report around a candidate, and where it would stand without that."""
    told_from = f"told from {r.repeats:,} repeat{'' if r.repeats == 1 else 's'}"
    between = f"{r.lower:.1f} to {r.upper:.1f}"
    if r.lower <= 1 <= r.upper:
        lead = (
            f"People in {r.label} report about as readily as the city, as far as can be told"
            f" ({between} times, {told_from})."
        )
    else:
        way = "less" if r.relative < 1 else "more"
        lead = (
            f"People in {r.label} report {way} readily than the city: about {r.relative:.1f} times"
            f" as often ({between}, {told_from})."
        )
    return f"{lead}{_where_it_would_stand(r)}"


def _where_it_would_stand(r: Reporting) -> str:
    if r.rank is None or r.even_rank is None:
        return ""
    if r.rank == r.even_rank:
        return f" If all reported alike, it would stay number {r.rank:,}."
    return f" If all reported alike, it would be number {r.even_rank:,} instead of {r.rank:,}."
