"""Two policies that are watched: one that is much talked about in Ward 5, one hardly at all."""

from __future__ import annotations

from datetime import date, timedelta

from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.queries import get_party_of
from wardroom.engagement.actions import note_policy_entry, watch_policy
from wardroom.engagement.models import PolicyEntry
from wardroom.engagement.rules.policies import TENORS, WAYS_HEARD
from wardroom.matters.models import Matter
from wardroom.reporting.actions import keep_policy_memo

DIRECTOR = "director@wardroom.example"
LIAISON = "liaison5@wardroom.example"
SAID = {
    "for": (
        "The bus is twenty minutes faster on the days of the trial.",
        "My mother crosses more easily now that there is one lane less.",
        "It should run through the weekend, too.",
    ),
    "against": (
        "It takes the parking in front of the shops.",
        "Deliveries stand on the sidewalk since the lane is marked.",
        "Nobody asked us before the paint was down.",
    ),
    "confused": (
        "At which hours may one park there?",
        "Is it a trial, or does it stay?",
    ),
}
MEMO = {
    "0": "Most who call speak of parking and deliveries, and few of the bus itself.\n"
    "Many do not know whether it is a trial.",
    "1": "Say at each stop how long the trial lasts.\nDDOT marks a place to load on each block.",
}
ABOUT = {"park": "Parking", "Deliveries": "Deliveries", "faster": "Travel time", "trial": "Hours"}
# Weeks back from now, with how much of it was against, for, and not understood.
BUS_LANE = (*((weeks, 1 + weeks % 2, weeks % 2, 1) for weeks in range(13, 2, -1)), (2, 7, 1, 2),
            (1, 9, 1, 1))  # fmt: skip
FEW = (("7", "confused", "Which bin is for food scraps?"), ("5", "for", "At last a second bin."))


def show_policies(plan: Plan) -> int:
    """What was said about a bus lane in Ward 5, week by week, and two lines about food waste."""
    if not PolicyEntry.objects.exists():
        lane = _watched(plan, "Bus lane on the avenue", days=95)
        for weeks, against, for_it, confused in BUS_LANE:
            heard = plan.end - timedelta(days=7 * weeks)
            _say_all(lane, heard, {"against": against, "for": for_it, "confused": confused}, plan)
        _write_memo(lane, plan)
        bins = _watched(plan, "Food waste picked up with the trash", days=20)
        for ward, tenor, text in FEW:
            _say(bins, ward, tenor, text, plan.end - timedelta(days=9), plan)
    return PolicyEntry.objects.count()


def _watched(plan: Plan, title: str, *, days: int) -> Matter:
    stamp = stamp_of(DIRECTOR, plan.now - timedelta(days=days))
    return watch_policy(
        None,
        title=title,
        owner=get_party_of(stamp.actor),
        next_on=plan.end + timedelta(days=12),
        stamp=stamp,
    )


def _write_memo(lane: Matter, plan: Plan) -> None:
    keep_policy_memo(
        lane,
        texts=MEMO,
        next_on=plan.end + timedelta(days=25),
        stamp=stamp_of(DIRECTOR, plan.now - timedelta(days=3)),
    )


def _say_all(policy: Matter, heard_on: date, numbers: dict[str, int], plan: Plan) -> None:
    for tenor, number in numbers.items():
        for n in range(number):
            text = SAID[tenor][(n + heard_on.toordinal()) % len(SAID[tenor])]
            _say(policy, "5", tenor, text, heard_on, plan)


def _say(policy: Matter, ward: str, tenor: str, text: str, heard_on: date, plan: Plan) -> None:
    days = (plan.end - heard_on).days
    ways = sorted(WAYS_HEARD)
    note_policy_entry(
        policy,
        ward_code=ward,
        tenor=tenor,
        text=text,
        channel=ways[(days + len(text) + list(TENORS).index(tenor)) % len(ways)],
        heard_on=heard_on,
        about=next((about for word, about in ABOUT.items() if word in text), ""),
        stamp=stamp_of(LIAISON, plan.now - timedelta(days=days)),
    )
