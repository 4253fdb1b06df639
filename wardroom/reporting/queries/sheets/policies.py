"""The memo on a policy: what was said, ward by ward, and the lines it rests on."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.engagement.queries import PolicyFile, policy_file
from wardroom.engagement.rules import AGAINST, CONFUSED, FOR, TENORS
from wardroom.reporting.rules.sheets import POLICY, Part, Sheet
from wardroom.reporting.rules.wording import day_words, how_many


def policy_memo(key: int, actor: Actor, *, at: datetime) -> tuple[Sheet, str]:
    """What was said about a policy within reach, as of now."""
    today = localdate(at)
    file = policy_file(key, actor, on=today)
    return (
        Sheet(
            kind=POLICY,
            key=key,
            title=file.title,
            about=(
                f"{how_many(file.total, 'line')} in the wards that you see, no name beside any",
                "What people said, as it reached us: no survey, and no share of all residents",
            ),
            as_of=today,
            parts=(_counts(file), _words(file), _sources(file)),
        ),
        "",
    )


def _counts(file: PolicyFile) -> Part:
    rows = tuple(
        (f"Ward {w.ward_code}", *(f"{w.counts[tenor]:,}" for tenor in (FOR, AGAINST, CONFUSED)))
        for w in file.wards
    )
    head = ("Ward", TENORS[FOR], TENORS[AGAINST], TENORS[CONFUSED])
    return Part("What was said", head=head, rows=rows, none="Nothing was said yet.")


def _words(file: PolicyFile) -> Part:
    lines = tuple(f"Ward {w.ward_code}: {w.words}" for w in file.wards)
    return Part("Against each ward's own weeks", lines=lines)


def _sources(file: PolicyFile) -> Part:
    rows = tuple(
        (f"Ward {s.ward_code}", day_words(s.heard_on.isoformat()), TENORS[s.tenor], s.text)
        for s in file.last
    )
    head = ("Where", "When", "What it was", "What was said")
    return Part("The newest lines", head=head, rows=rows, none="None.")
