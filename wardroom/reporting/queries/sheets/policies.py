"""The memo on a policy: what was said, ward by ward, and the lines it rests on."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.engagement.queries.policies import PolicyFile, policy_file
from wardroom.engagement.rules.policies import POLICY_SIGNAL, TENORS, WAYS_HEARD
from wardroom.reporting.rules.sheets import POLICY, Part, Sheet, shortened
from wardroom.reporting.rules.wording import day_words, how_many

MOST_SOURCES, MOST_ABOUTS = 10, 8


def policy_memo(key: int, actor: Actor, *, at: datetime) -> tuple[Sheet, str]:
    """What was said about a policy within reach, as of now; it is of no one ward."""
    today = localdate(at)
    file = policy_file(key, actor, on=today)
    made = Sheet(
        kind=POLICY,
        key=key,
        title=file.title,
        about=("What people said as it reached us: no survey, and no share of all residents",),
        as_of=today,
        parts=(
            Part("What we take from it", ask="One line for each sentence."),
            Part("What we recommend", ask="What to change, and who should do it."),
            _counts(file),
            _words(file),
            _abouts(file),
            _channels(file),
            _lines(file),
            _meant(),
        ),
    )
    return made, ""


def _counts(file: PolicyFile) -> Part:
    rows = tuple(
        (f"Ward {ward.ward_code}", *(f"{ward.counts[tenor]:,}" for tenor in TENORS))
        for ward in file.wards
    )
    head = ("Ward", *TENORS.values())
    none = "Nothing was written down yet."
    lines = (f"{how_many(file.total, 'entry', 'entries')} in all.",) if rows else ()
    return Part("What was said", lines=lines, head=head, rows=rows, none=none, fixed=True)


def _abouts(file: PolicyFile) -> Part:
    """What it was about, ward by ward; nothing where nobody summed anything up."""
    if not any(row.about for row in file.abouts):
        return Part("What it is about", fixed=True)
    rows = [
        (
            row.about or "Not summed up",
            ", ".join(f"Ward {ward}: {n:,}" for ward, n in row.wards.items()),
            f"{row.total:,}",
            ", ".join(f"{TENORS[t].lower()}: {row.tenors[t]:,}" for t in TENORS if row.tenors[t]),
        )
        for row in file.abouts
    ]
    head = ("What about", "Where", "How many", "What it was")
    shown = shortened(rows, MOST_ABOUTS, lambda left: (f"And {left} more", "", "", ""))
    return Part("What it is about", head=head, rows=shown, fixed=True)


def _words(file: PolicyFile) -> Part:
    lines = tuple(f"Ward {ward.ward_code}. {ward.words}" for ward in file.wards)
    return Part("Against each ward's own weeks", lines=lines, fixed=True)


def _channels(file: PolicyFile) -> Part:
    lines = tuple(
        f"{words.capitalize()}: {file.channels[code]:,}"
        for code, words in WAYS_HEARD.items()
        if file.channels.get(code)
    )
    return Part("How it reached us", lines=lines, fixed=True)


def _lines(file: PolicyFile) -> Part:
    rows = tuple(
        (
            f"Ward {line.ward_code}",
            line.text,
            TENORS[line.tenor],
            f"{WAYS_HEARD[line.channel].capitalize()}, {day_words(line.heard_on.isoformat())}",
        )
        for line in file.said.rows
    )
    more = file.total - min(len(rows), MOST_SOURCES)
    head = ("Where", "What was said", "What it was", "Source")
    rows = shortened(rows, MOST_SOURCES, lambda _: ("", f"And {more:,} more.", "", ""))
    return Part("The newest entries it rests on", head=head, rows=rows, fixed=True)


def _meant() -> Part:
    return Part(
        "What this says", lines=(str(POLICY_SIGNAL), f"{POLICY_SIGNAL.source}."), fixed=True
    )
