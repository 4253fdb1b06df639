"""What is right for measurements: which are kept, and how their figures are told. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

NOT_NAMED = "-"
YEAR_DAYS, FLOW_DAYS = 365, 90
BY_DAYS = 30
AGES = ("0 to 7 days", "8 to 30 days", "31 to 90 days", "91 to 365 days", "over a year")
BY: Mapping[str, str] = {"agency": "Agencies", "kind": "Kinds of trouble"}


def worth_keeping(measured: Iterable[tuple[int, date]]) -> set[int]:
    """Of measurements in the order of their data, the last of each month; so the newest, too."""
    last = {(day.year, day.month): key for key, day in measured}
    return set(last.values())


def standing_sentence(
    name: str, standing: str, *, observed: float, expected: float, what: str
) -> str:
    """What a place in a funnel says about one of those compared; nothing for an ordinary one."""
    if not standing.startswith(("outside", "unusual")):
        return ""
    more = observed > expected
    counted = f"{observed:,.0f} {what} where its mix of kinds leads one to expect {expected:,.0f}"
    if standing.startswith("outside"):
        return (
            f"{name}: {counted}. That is {'more' if more else 'fewer'} than its mix of kinds and"
            " the ordinary differences explain. Find out why."
        )
    return (
        f"{name}: {counted}. That is rather {'many' if more else 'few'}; one in twenty lies so far"
        " out by chance alone."
    )


def beside_mix(name: str, unit: Mapping[str, Any]) -> str:
    """How one agency does in a ward, beside what its mix of kinds leads one to expect there."""
    said = (
        f"{name}: {unit['observed']:,.0f} of {unit['number']:,} were late; its mix of kinds leads"
        f" one to expect about {unit['expected']:,.0f}."
    )
    standing = str(unit["standing"])
    if standing.startswith("outside"):
        more = unit["observed"] > unit["expected"]
        return f"{said} That is {'more' if more else 'fewer'} than chance explains. Find out why."
    if standing.startswith("unusual"):
        return f"{said} One ward in twenty lies so far out by chance alone. Look closer."
    if standing.startswith("within"):
        return f"{said} That is an ordinary difference."
    return f"{said} Those are too few to say more."


def signal_sentence(rule: str, first: str, last: str, *, upwards: bool) -> str:
    """What a rule found on a weekly chart, in words."""
    span = f"the week of {first}" if first == last else f"the weeks from {first} to {last}"
    way = "more" if upwards else "fewer"
    if rule.startswith("7"):
        return f"In {span}, week after week {way} came than in the one before ({rule})."
    return f"In {span}, {way} came than the season leads one to expect ({rule})."


def ages_in_words(numbers: Sequence[int]) -> str:
    """How many are how old: 12 for 0 to 7 days, 3 for 8 to 30 days."""
    told = [f"{n:,} for {age}" for age, n in zip(AGES, numbers, strict=True) if n]
    return ", ".join(told) or "none"
